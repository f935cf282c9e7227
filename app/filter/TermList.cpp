// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/TermList.h"

#include "filter/Operators.h"
#include "filter/Tree.h"

#include <algorithm>
#include <span>

namespace octotrail::filter {

namespace {

constexpr std::string_view space = " \t\r\n\f\v";

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
        || c == '$';
}

std::string_view trimmed(std::string_view text)
{
    const auto start = text.find_first_not_of(space);
    return start == std::string_view::npos ? std::string_view()
                                           : text.substr(start, text.find_last_not_of(space) - start + 1);
}

/// The end of the string that begins at the quote.
std::size_t endOfString(std::string_view text, std::size_t quote)
{
    std::size_t i = quote + 1;
    while (i < text.size() && text[i] != '"') {
        i += text[i] == '\\' ? 2 : 1;
    }
    return std::min(i + 1, text.size());
}

/// Cuts a text that is an expression at the "and"s outside of brackets and strings; false if there is an "or" among
/// them. Which words are connectives is left to who compares the result with the whole.
bool cut(std::string_view text, std::vector<std::string_view> &pieces)
{
    int depth = 0;
    std::size_t start = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        if (c == '"') {
            i = endOfString(text, i);
            continue;
        }
        if (!isNameCharacter(c)) {
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < text.size() && isNameCharacter(text[i])) {
            ++i;
        }
        const bool isPartOfPath = (begin > 0 && text[begin - 1] == '.') || (i < text.size() && text[i] == '.');
        if (depth > 0 || isPartOfPath) {
            continue;
        }
        const std::string word = operators::lower(text.substr(begin, i - begin));
        if (word == "or") {
            return false;
        }
        if (word == "and") {
            pieces.push_back(trimmed(text.substr(start, begin - start)));
            start = i;
        }
    }
    pieces.push_back(trimmed(text.substr(start)));
    return true;
}

/// Without the brackets around the whole, if there are any.
std::string_view unbracketed(std::string_view text)
{
    if (!text.starts_with('(') || !text.ends_with(')')) {
        return text;
    }
    int depth = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '"') {
            i = endOfString(text, i);
            continue;
        }
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0 && i + 1 < text.size()) {
            return text; // these brackets are of two terms
        }
        ++i;
    }
    return trimmed(text.substr(1, text.size() - 2));
}

bool isConjunction(std::string_view text)
{
    const auto expression = parse(text);
    return expression && expression->root() && std::holds_alternative<And>(expression->root()->value);
}

void split(std::string_view text, std::vector<std::string> &terms)
{
    text = trimmed(text);
    if (!isConjunction(text)) {
        terms.emplace_back(text);
        return;
    }
    std::vector<std::string_view> pieces;
    if (!cut(text, pieces) || pieces.size() < 2) {
        const std::string_view inner = unbracketed(text);
        if (inner.size() == text.size()) {
            terms.emplace_back(text);
        } else {
            split(inner, terms);
        }
        return;
    }
    for (const std::string_view piece : pieces) {
        split(piece, terms);
    }
}

std::string join(const std::vector<std::string> &terms)
{
    std::string text;
    for (const std::string &term : terms) {
        text = conjunctionText(text, term);
    }
    return text;
}

/// The words as they stand in a text, phrases with their quotes.
std::vector<std::string> rawWords(std::string_view text)
{
    std::vector<std::string> words = splitWords(text);
    for (std::string &word : words) {
        if (word.find_first_of(space) != std::string::npos) {
            word.insert(0, 1, '"');
            word += '"';
        }
    }
    return words;
}

/// * co "word"
std::string wordComparison(std::string word)
{
    Comparison comparison;
    comparison.path = event::FieldPath("*");
    comparison.reach = Reach::Anywhere;
    comparison.op = Operator::Co;
    comparison.literals.emplace_back(std::move(word));
    return Expression(tree::make(std::move(comparison))).toString();
}

std::string asComparison(const Term &term)
{
    if (!term.isWord) {
        return term.text;
    }
    const auto words = splitWords(term.text);
    return wordComparison(words.empty() ? term.text : words.front());
}

event::Result<std::vector<Term>> termsOf(std::string_view text)
{
    const auto input = parseInput(text);
    if (!input) {
        return tl::unexpected(input.error());
    }
    std::vector<Term> terms;
    if (input->isKeywordSearch()) {
        for (std::string &word : rawWords(text)) {
            terms.push_back({std::move(word), true, true});
        }
    } else if (!input->expression.matchesAll()) {
        for (std::string &term : splitConjunction(text)) {
            terms.push_back({std::move(term)});
        }
    }
    return terms;
}

} // namespace

std::vector<std::string> splitConjunction(std::string_view expression)
{
    const auto whole = parse(expression);
    std::vector<std::string> terms;
    split(expression, terms);
    // Whatever the cutting has overlooked: together the terms must be what was cut.
    const auto together = parse(join(terms));
    if (!whole || !together || !(*whole == *together)) {
        return {std::string(trimmed(expression))};
    }
    return terms;
}

std::string expressionText(std::string_view input, Schema schema)
{
    const auto read = parseInput(input, schema);
    if (!read || !read->isKeywordSearch()) {
        return std::string(trimmed(input));
    }
    std::string text;
    for (const std::string &word : read->words) {
        text += (text.empty() ? "" : " and ") + wordComparison(word);
    }
    return text;
}

std::string negationText(std::string_view text)
{
    const auto expression = parse(text);
    if (!expression || !expression->root()) {
        return std::string(text);
    }
    const Node &root = *expression->root();
    if (const auto *negation = std::get_if<Not>(&root.value)) {
        return Expression(negation->term).toString();
    }
    if (const auto *comparison = std::get_if<Comparison>(&root.value);
        comparison && (comparison->op == Operator::Eq || comparison->op == Operator::Ne)) {
        Comparison opposite = *comparison;
        opposite.op = comparison->op == Operator::Eq ? Operator::Ne : Operator::Eq;
        return Expression(tree::make(std::move(opposite))).toString();
    }
    return Expression(tree::make(Not{expression->root()})).toString();
}

event::Result<TermList> TermList::read(std::string_view text, const std::vector<Disabled> &disabled)
{
    auto terms = termsOf(text);
    if (!terms) {
        return tl::unexpected(terms.error());
    }
    TermList list;
    list.m_terms = std::move(*terms);
    for (const Disabled &each : disabled) {
        const auto place = std::min(each.place, list.m_terms.size());
        list.m_terms.insert(
            list.m_terms.begin() + static_cast<std::ptrdiff_t>(place), Term{each.text, false, each.isWord});
    }
    return list;
}

std::string TermList::text() const
{
    std::vector<std::string> words;
    std::vector<std::string> terms;
    bool onlyWords = true;
    for (const Term &term : m_terms) {
        if (term.isEnabled) {
            onlyWords = onlyWords && term.isWord;
            words.push_back(term.text);
            terms.push_back(asComparison(term));
        }
    }
    if (onlyWords) {
        std::string text;
        for (const std::string &word : words) {
            text += (text.empty() ? "" : " ") + word;
        }
        // Words may read as something else once others are gone from between them.
        const auto input = parseInput(text);
        if (words.empty() || (input && input->isKeywordSearch() && rawWords(text) == words)) {
            return text;
        }
    }
    // An alternative that stands alone needs no brackets.
    return join(terms);
}

std::vector<TermList::Disabled> TermList::disabled() const
{
    std::vector<Disabled> disabled;
    for (std::size_t i = 0; i < m_terms.size(); ++i) {
        if (!m_terms[i].isEnabled) {
            disabled.push_back({i, m_terms[i].text, m_terms[i].isWord});
        }
    }
    return disabled;
}

event::Status TermList::setText(std::string_view text)
{
    auto terms = termsOf(text);
    if (!terms) {
        return tl::unexpected(terms.error());
    }
    std::size_t enabledBefore = 0;
    std::size_t inserted = 0;
    for (const Term &old : m_terms) {
        if (old.isEnabled) {
            ++enabledBefore;
            continue;
        }
        const auto place = std::min(enabledBefore + inserted++, terms->size());
        terms->insert(terms->begin() + static_cast<std::ptrdiff_t>(place), old);
    }
    m_terms = std::move(*terms);
    return {};
}

event::Status TermList::insert(std::size_t place, std::string_view text)
{
    if (const auto expression = parse(text); !expression) {
        return tl::unexpected(expression.error());
    }
    auto at = m_terms.begin() + static_cast<std::ptrdiff_t>(std::min(place, m_terms.size()));
    for (std::string &term : splitConjunction(text)) {
        if (!term.empty()) {
            at = m_terms.insert(at, Term{std::move(term)}) + 1;
        }
    }
    return {};
}

event::Status TermList::replace(std::size_t place, std::string_view text)
{
    const Term old = m_terms[place];
    TermList changed = *this;
    changed.remove(place);
    const std::size_t before = changed.m_terms.size();
    if (event::Status inserted = changed.insert(place, text); !inserted) {
        return inserted;
    }
    for (std::size_t i = place; i < place + changed.m_terms.size() - before; ++i) {
        changed.m_terms[i].isEnabled = old.isEnabled;
    }
    *this = std::move(changed);
    return {};
}

void TermList::remove(std::size_t place)
{
    m_terms.erase(m_terms.begin() + static_cast<std::ptrdiff_t>(place));
}

void TermList::move(std::size_t from, std::size_t to)
{
    const auto begin = m_terms.begin();
    const auto at = [&](std::size_t place) { return begin + static_cast<std::ptrdiff_t>(place); };
    if (from < to) {
        std::rotate(at(from), at(from + 1), at(to + 1));
    } else {
        std::rotate(at(to), at(from), at(from + 1));
    }
}

void TermList::setEnabled(std::size_t place, bool isEnabled)
{
    m_terms[place].isEnabled = isEnabled;
}

void TermList::negate(std::size_t place)
{
    Term &term = m_terms[place];
    term.text = negationText(asComparison(term));
    term.isWord = false;
}

} // namespace octotrail::filter
