// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/SigmaCondition.h"

#include "filter/Operators.h"
#include "filter/Tree.h"

#include <QObject>
#include <algorithm>

namespace octotrail::detect {

namespace {

using filter::NodePtr;
namespace tree = filter::tree;

/// Brackets and nots inside each other.
constexpr int maxNesting = 50;
/// A condition may name a large selection again and again; what it becomes stays bounded.
constexpr int maxTerms = 5000;

QString shown(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min<std::size_t>(text.size(), 100)));
}

bool hasPattern(std::string_view pattern, std::string_view name)
{
    // * is any text; there is nothing else.
    const auto star = pattern.find('*');
    if (star == std::string_view::npos) {
        return pattern == name;
    }
    if (!name.starts_with(pattern.substr(0, star))) {
        return false;
    }
    name.remove_prefix(star);
    pattern.remove_prefix(star + 1);
    for (auto next = pattern.find('*'); next != std::string_view::npos; next = pattern.find('*')) {
        const auto at = name.find(pattern.substr(0, next));
        if (at == std::string_view::npos) {
            return false;
        }
        name.remove_prefix(at + next);
        pattern.remove_prefix(next + 1);
    }
    return name.ends_with(pattern);
}

/// Recursive descent. A null pointer means that it has failed.
class ConditionParser
{
public:
    ConditionParser(std::string_view text, int line, const Selections &selections)
        : m_rest(text)
        , m_line(line)
        , m_selections(selections)
    {
        advance();
    }

    Checked<NodePtr> parse()
    {
        NodePtr node = parseOr();
        if (node && !m_token.empty()) {
            node = failAtToken();
        }
        if (!node) {
            return tl::unexpected(Problem{m_line, m_reason});
        }
        return node;
    }

private:
    static bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

    void advance()
    {
        while (!m_rest.empty() && isSpace(m_rest.front())) {
            m_rest.remove_prefix(1);
        }
        const auto isMark = [](char c) { return c == '(' || c == ')' || c == '|'; };
        std::size_t size = 0;
        if (!m_rest.empty() && isMark(m_rest.front())) {
            size = 1;
        } else {
            const auto end = std::ranges::find_if(m_rest, [&](char c) { return isSpace(c) || isMark(c); });
            size = static_cast<std::size_t>(end - m_rest.begin());
        }
        m_token = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        m_word = filter::operators::lower(m_token);
    }

    NodePtr fail(const QString &reason)
    {
        if (m_reason.isEmpty()) {
            m_reason = reason;
        }
        return nullptr;
    }

    NodePtr failAtToken()
    {
        if (m_token == "|") {
            return fail(QObject::tr("Conditions with a pipe (| count() …) are of old Sigma: write a correlation."));
        }
        if (m_token.empty()) {
            return fail(QObject::tr("The condition ends too early."));
        }
        return fail(QObject::tr("\"%1\" is not expected at this place of the condition.").arg(shown(m_token)));
    }

    NodePtr parseOr()
    {
        filter::Or any;
        while (true) {
            NodePtr term = parseAnd();
            if (!term) {
                return nullptr;
            }
            tree::append(any, std::move(term));
            if (m_word != "or") {
                return tree::make(std::move(any));
            }
            advance();
        }
    }

    NodePtr parseAnd()
    {
        filter::And all;
        while (true) {
            NodePtr term = parseNot();
            if (!term) {
                return nullptr;
            }
            tree::append(all, std::move(term));
            if (m_word != "and") {
                return tree::make(std::move(all));
            }
            advance();
        }
    }

    NodePtr parseNot()
    {
        if (++m_depth > maxNesting) {
            return fail(QObject::tr("The condition is nested too deeply: at most %1 levels.").arg(maxNesting));
        }
        NodePtr node;
        if (m_word == "not") {
            advance();
            node = parseNot();
            node = node ? tree::make(filter::Not{std::move(node)}) : nullptr;
        } else if (m_token == "(") {
            advance();
            node = parseOr();
            if (node && m_token != ")") {
                node = m_token.empty() ? fail(QObject::tr("A bracket of the condition is not closed.")) : failAtToken();
            } else if (node) {
                advance();
            }
        } else {
            node = parseName();
        }
        --m_depth;
        return node;
    }

    NodePtr parseName()
    {
        if (m_token.empty() || m_token == ")" || m_token == "|" || m_word == "and" || m_word == "or"
            || m_word == "of") {
            return failAtToken();
        }
        if (++m_terms > maxTerms) {
            return fail(QObject::tr("The condition is too long."));
        }
        const std::string name(m_token);
        const std::string word = m_word;
        advance();
        if (m_word == "of") {
            advance();
            return parseQuantity(name, word);
        }
        const auto selection = m_selections.find(name);
        if (selection == m_selections.end()) {
            return fail(
                QObject::tr("The condition names \"%1\", which the detection does not define.").arg(shown(name)));
        }
        return selection->second;
    }

    NodePtr parseQuantity(const std::string &quantity, const std::string &word)
    {
        const bool isAll = word == "all";
        if (!isAll && word != "1" && word != "any") {
            return fail(QObject::tr("\"%1 of\" is not known: it is 1, any or all of.").arg(shown(quantity)));
        }
        if (m_token.empty() || m_token == "(" || m_token == ")") {
            return failAtToken();
        }
        std::vector<NodePtr> terms;
        for (const auto &[name, node] : m_selections) {
            if (m_word == "them" ? !name.starts_with('_') : hasPattern(m_token, name)) {
                terms.push_back(node);
            }
        }
        if (terms.empty()) {
            return fail(QObject::tr("No selection of the detection goes by \"%1\".").arg(shown(m_token)));
        }
        m_terms += static_cast<int>(terms.size());
        if (m_terms > maxTerms) {
            return fail(QObject::tr("The condition is too long."));
        }
        advance();
        return isAll ? tree::make(filter::And{std::move(terms)}) : tree::make(filter::Or{std::move(terms)});
    }

    std::string_view m_rest;
    std::string_view m_token; ///< empty: the end
    std::string m_word; ///< the token in lower case
    int m_line;
    const Selections &m_selections;
    QString m_reason;
    int m_depth = 0;
    int m_terms = 0;
};

} // namespace

Checked<NodePtr> compileCondition(std::string_view text, int line, const Selections &selections)
{
    return ConditionParser(text, line, selections).parse();
}

} // namespace octotrail::detect
