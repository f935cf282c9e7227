// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Expression.h"

#include "event/Text.h"
#include "filter/Literals.h"
#include "filter/Operators.h"
#include "filter/Tree.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <re2/re2.h>

namespace octotrail::filter {

namespace {

/// What stands for a conjunction and for an alternative of nothing, which only trees built by hand hold.
constexpr std::string_view always = "(id pr or not (id pr))";
constexpr std::string_view never = "(id pr and not (id pr))";

bool isPlainName(std::string_view name, bool isFirst)
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'
            || c == '$';
    };
    if (name.empty() || !std::ranges::all_of(name, isPlain)) {
        return false;
    }
    if (!isFirst) {
        return true;
    }
    const std::string word = operators::lower(name);
    const bool isWord = word == "and" || word == "or" || word == "not";
    return !isWord && name.front() != '-' && (name.front() < '0' || name.front() > '9');
}

/// Text of trees built by hand may be anything.
std::string quoted(std::string_view text)
{
    return event::quoteJson(event::toValidUtf8(text));
}

void writePath(std::string &out, const event::FieldPath &path)
{
    bool isFirst = true;
    for (const auto &segment : path.segments()) {
        if (!isFirst) {
            out += '.';
        }
        out += isPlainName(segment, isFirst) ? segment : quoted(segment);
        isFirst = false;
    }
}

std::string numberText(const Number &number)
{
    if (!number.text.empty()) {
        return number.text;
    }
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number.value);
    return {buffer.data(), result.ptr};
}

void writeLiteral(std::string &out, const Literal &literal)
{
    if (const auto *text = std::get_if<std::string>(&literal)) {
        out += quoted(*text);
    } else if (const auto *number = std::get_if<Number>(&literal)) {
        out += numberText(*number);
    } else if (const auto *truth = std::get_if<bool>(&literal)) {
        out += *truth ? "true" : "false";
    } else {
        out += "null";
    }
}

/// The regular expression that says the same with regard to case.
std::string caseSensitivePattern(Operator op, const Comparison &comparison)
{
    const bool atStart = op != Operator::Co && op != Operator::Ew;
    const bool atEnd = op != Operator::Co && op != Operator::Sw;
    std::string pattern;
    for (const Literal &literal : comparison.literals) {
        const auto *text = std::get_if<std::string>(&literal);
        if (!text) {
            return {};
        }
        pattern += pattern.empty() ? "" : "|";
        pattern += (atStart ? "\\A" : "") + RE2::QuoteMeta(event::toValidUtf8(*text)) + (atEnd ? "\\z" : "");
    }
    return pattern;
}

/// What stands before the operator.
void writeSubject(std::string &out, const Comparison &comparison)
{
    if (comparison.reach == Reach::Anywhere) {
        out += '*';
        return;
    }
    out += comparison.reach == Reach::AnyCase ? "~" : "";
    writePath(out, comparison.path);
}

void writeComparison(std::string &out, const Comparison &comparison)
{
    const Operator op = comparison.op;
    const bool hasCase
        = op == Operator::Eq || op == Operator::Co || op == Operator::Sw || op == Operator::Ew || op == Operator::In;
    const std::string pattern = comparison.caseSensitive && (hasCase || op == Operator::Ne)
        ? caseSensitivePattern(op, comparison)
        : std::string();
    if (!pattern.empty()) {
        out += op == Operator::Ne ? "not (" : "";
        writeSubject(out, comparison);
        out += " re " + quoted(pattern);
        out += op == Operator::Ne ? ")" : "";
        return;
    }
    writeSubject(out, comparison);
    out += ' ';
    out += operators::name(op);
    if (op == Operator::Pr) {
        return;
    }
    if (comparison.other.isValid()) {
        out += " field(";
        writePath(out, comparison.other);
        out += ')';
        return;
    }
    const bool isList = op == Operator::In || comparison.literals.size() > 1;
    out += isList ? " (" : " ";
    bool isFirst = true;
    for (const Literal &literal : comparison.literals) {
        out += isFirst ? "" : ", ";
        writeLiteral(out, literal);
        isFirst = false;
    }
    out += isList ? ")" : "";
}

void write(std::string &out, const Node &node);

/// A conjunction or an alternative; an alternative inside a conjunction is bracketed, and the same in the same.
template <class Junction>
void writeTerms(std::string &out, const std::vector<NodePtr> &terms, std::string_view word)
{
    bool isFirst = true;
    for (const NodePtr &term : terms) {
        if (!isFirst) {
            out += word;
        }
        isFirst = false;
        const bool inBrackets = terms.size() > 1
            && (std::holds_alternative<Or>(term->value) || std::holds_alternative<Junction>(term->value));
        out += inBrackets ? "(" : "";
        write(out, *term);
        out += inBrackets ? ")" : "";
    }
}

void write(std::string &out, const Node &node)
{
    if (const auto *comparison = std::get_if<Comparison>(&node.value)) {
        writeComparison(out, *comparison);
    } else if (const auto *element = std::get_if<ElementMatch>(&node.value)) {
        writePath(out, element->path);
        out += '[';
        write(out, *element->inner);
        out += ']';
    } else if (const auto *negation = std::get_if<Not>(&node.value)) {
        out += "not (";
        write(out, *negation->term);
        out += ')';
    } else if (const auto *all = std::get_if<And>(&node.value)) {
        if (all->terms.empty()) {
            out += always;
        }
        writeTerms<And>(out, all->terms, " and ");
    } else if (const auto *any = std::get_if<Or>(&node.value)) {
        if (any->terms.empty()) {
            out += never;
        }
        writeTerms<Or>(out, any->terms, " or ");
    }
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// The text, in brackets if it would fall apart beside an "and".
std::string asTerm(std::string_view text)
{
    const auto expression = parse(text);
    const bool holdsTogether
        = expression && expression->root() && !std::holds_alternative<Or>(expression->root()->value);
    return holdsTogether ? std::string(text) : '(' + std::string(text) + ')';
}

/// A path as columns and headers spell it. Behind debugData everything that is odd is one key, dots and all: keys such
/// as "Zone (legacy)" are common there, objects are rare.
event::FieldPath pathFromText(std::string_view path)
{
    const auto prefix = event::debugDataPrefix;
    event::FieldPath plain(path);
    const bool hasQuotes = path.find('"') != std::string_view::npos;
    if (!path.starts_with(prefix) || (hasQuotes && plain.isValid())) {
        return plain;
    }
    const auto isOdd = [](const std::string &segment) { return !isPlainName(segment, false); };
    if (plain.isValid() && std::ranges::none_of(plain.segments(), isOdd)) {
        return plain;
    }
    return event::FieldPath({"debugContext", "debugData", std::string(path.substr(prefix.size()))});
}

} // namespace

std::string Expression::toString() const
{
    std::string text;
    if (m_root) {
        write(text, *m_root);
    }
    return text;
}

bool Expression::operator==(const Expression &other) const
{
    return tree::areEqual(m_root, other.m_root);
}

std::string pathText(const event::FieldPath &path)
{
    std::string text;
    writePath(text, path);
    return text;
}

std::optional<std::string> readPath(std::string_view text)
{
    const auto presence = parse(std::string(text) + " pr");
    const auto *comparison = presence && presence->root() ? std::get_if<Comparison>(&presence->root()->value) : nullptr;
    return comparison && comparison->reach == Reach::Exact ? std::optional(pathText(comparison->path)) : std::nullopt;
}

std::string comparisonText(const event::FieldPath &path, Operator op, std::string_view value)
{
    Comparison comparison;
    comparison.path = path;
    comparison.op = op;
    tree::recogniseField(comparison);
    if (op != Operator::Pr) {
        const auto type = comparison.field ? event::fields()[*comparison.field].type : event::FieldType::Text;
        const Literal text = std::string(value);
        comparison.literals.push_back(literals::fitted(text, type).value_or(text));
    }
    return Expression(tree::make(std::move(comparison))).toString();
}

std::string comparisonText(std::string_view path, Operator op, std::string_view value)
{
    return comparisonText(pathFromText(path), op, value);
}

std::string conjunctionText(std::string_view a, std::string_view b)
{
    if (isBlank(a) || isBlank(b)) {
        return std::string(isBlank(a) ? b : a);
    }
    return asTerm(a) + " and " + asTerm(b);
}

} // namespace octotrail::filter
