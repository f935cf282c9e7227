// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Text.h"
#include "filter/Expression.h"
#include "filter/Literals.h"
#include "filter/Numbers.h"
#include "filter/Operators.h"
#include "filter/Scanner.h"
#include "filter/Tree.h"

#include <QObject>

namespace octotrail::filter {

namespace {

/// Brackets, nots and value paths inside each other. Keeps every later walk of the tree, and DuckDB's own limit of
/// 1,000 levels, out of danger.
constexpr int maxNesting = 100;

/// Whether the path ends in the profile of a user or device, as actor.profile does.
bool isProfile(const event::FieldPath &path, std::size_t at, bool isElsewhere)
{
    const auto &segments = path.segments();
    return !isElsewhere && segments.size() == at + 1 && segments[at] == "profile";
}

/// Recursive descent: or, and, not, then brackets and comparisons. A null pointer means that the scanner has failed.
class Parser
{
public:
    Parser(std::string_view text, Schema schema)
        : m_scanner(text)
        , m_isEventSchema(schema == Schema::SystemLog)
    { }

    event::Result<Expression> parse();

private:
    /// Whose members a path names.
    enum class Scope { Event, Target, Other };

    NodePtr parseOr(Scope scope);
    NodePtr parseAnd(Scope scope);
    NodePtr parseTerm(Scope scope);
    NodePtr parseNot(Scope scope, std::size_t offset);
    NodePtr parseGroup(Scope scope, std::size_t open, char close);
    NodePtr parseAttribute(Scope scope);
    NodePtr parseElement(event::FieldPath path, Scope scope);
    NodePtr parseComparison(event::FieldPath path, Scope scope, Reach reach);
    bool parseOtherField(Comparison &comparison, Scope scope);
    std::optional<event::FieldPath> parsePath(bool isBehindDot);
    bool parseSegment(std::vector<std::string> &segments, bool isBehindDot);
    std::optional<Operator> parseOperator(const event::FieldPath &path);
    bool parseLiterals(Comparison &comparison, std::vector<std::size_t> &offsets);

    bool takeWord(std::string_view word);
    NodePtr fail(std::size_t offset, const QString &sentence);
    void failAtLeftover();
    bool enter(std::size_t offset);

    Scanner m_scanner;
    bool m_isEventSchema;
    int m_depth = 0;
    std::string_view m_connective; ///< the and, or or not before the term that is being read
};

NodePtr Parser::fail(std::size_t offset, const QString &sentence)
{
    m_scanner.fail(offset, sentence);
    return nullptr;
}

bool Parser::enter(std::size_t offset)
{
    if (++m_depth > maxNesting) {
        fail(offset, QObject::tr("The expression is nested too deeply: at most %1 levels.").arg(maxNesting));
        return false;
    }
    return true;
}

/// Takes a word of the language, in any case, if it is the next one.
bool Parser::takeWord(std::string_view word)
{
    m_scanner.skipSpace();
    const auto name = m_scanner.peekName();
    if (operators::lower(name) != word) {
        return false;
    }
    m_scanner.moveTo(m_scanner.offset() + name.size());
    return true;
}

/// Says what is wrong with what follows a term but continues nothing.
void Parser::failAtLeftover()
{
    const auto offset = m_scanner.offset();
    if (m_scanner.isAt(')') || m_scanner.isAt(']')) {
        const QString close(QChar::fromLatin1(m_scanner.rest().front()));
        const QString open = close == QStringLiteral(")") ? QStringLiteral("(") : QStringLiteral("[");
        fail(offset, QObject::tr("There is no \"%1\" for this \"%2\".").arg(open, close));
        return;
    }
    const auto word = m_scanner.peekOperator();
    const auto guess = operators::guess(word);
    if (guess == "and" || guess == "or") {
        fail(offset, QObject::tr("Write \"%1\" for \"%2\".").arg(Scanner::shown(guess), Scanner::shown(word)));
        return;
    }
    fail(offset, QObject::tr("\"and\" or \"or\" is missing before \"%1\".").arg(Scanner::shown(m_scanner.peekRun())));
}

event::Result<Expression> Parser::parse()
{
    m_scanner.skipSpace();
    if (m_scanner.isAtEnd()) {
        return Expression();
    }
    NodePtr root = parseOr(Scope::Event);
    if (root) {
        m_scanner.skipSpace();
        if (!m_scanner.isAtEnd()) {
            failAtLeftover();
        }
    }
    if (m_scanner.hasFailed()) {
        return tl::unexpected(m_scanner.error());
    }
    return Expression(std::move(root));
}

NodePtr Parser::parseOr(Scope scope)
{
    Or alternatives;
    do {
        NodePtr term = parseAnd(scope);
        if (!term) {
            return nullptr;
        }
        tree::append(alternatives, std::move(term));
        m_connective = "or";
    } while (takeWord("or"));
    return tree::make(std::move(alternatives));
}

NodePtr Parser::parseAnd(Scope scope)
{
    And terms;
    do {
        NodePtr term = parseTerm(scope);
        if (!term) {
            return nullptr;
        }
        tree::append(terms, std::move(term));
        m_connective = "and";
    } while (takeWord("and"));
    return tree::make(std::move(terms));
}

NodePtr Parser::parseTerm(Scope scope)
{
    m_scanner.skipSpace();
    const auto offset = m_scanner.offset();
    if (m_scanner.isAtEnd() || m_scanner.isAt(')') || m_scanner.isAt(']')) {
        return fail(offset,
            m_connective.empty()
                ? QObject::tr("A comparison is missing here, such as eventType eq \"user.session.start\".")
                : QObject::tr("A comparison is missing after \"%1\".").arg(Scanner::shown(m_connective)));
    }
    if (m_scanner.take('(')) {
        return enter(offset) ? parseGroup(scope, offset, ')') : nullptr;
    }
    const auto name = m_scanner.peekName();
    const auto word = operators::lower(name);
    const bool isPath = m_scanner.rest().substr(name.size()).starts_with('.');
    if (!isPath && word == "not") {
        return parseNot(scope, offset);
    }
    if (!isPath && (word == "and" || word == "or")) {
        return fail(offset, QObject::tr("A comparison is missing before \"%1\".").arg(Scanner::shown(name)));
    }
    return parseAttribute(scope);
}

NodePtr Parser::parseNot(Scope scope, std::size_t offset)
{
    if (!enter(offset)) {
        return nullptr;
    }
    takeWord("not");
    m_connective = "not";
    m_scanner.skipSpace();
    // The bracket that RFC 7644 demands here is no level of its own.
    const auto open = m_scanner.offset();
    const bool isGroup = m_scanner.take('(');
    NodePtr term = isGroup ? parseGroup(scope, open, ')') : parseTerm(scope);
    if (!isGroup) {
        --m_depth;
    }
    return term ? tree::make(Not{std::move(term)}) : nullptr;
}

/// What stands between the brackets of which the first was taken; its level ends here.
NodePtr Parser::parseGroup(Scope scope, std::size_t open, char close)
{
    m_connective = {};
    NodePtr inner = parseOr(scope);
    if (!inner) {
        return nullptr;
    }
    m_scanner.skipSpace();
    if (m_scanner.isAtEnd()) {
        return fail(open,
            QObject::tr("This \"%1\" is not closed: \"%2\" is missing.")
                .arg(close == ')' ? QChar(u'(') : QChar(u'['), QChar::fromLatin1(close)));
    }
    if (!m_scanner.take(close)) {
        failAtLeftover();
        return nullptr;
    }
    --m_depth;
    return inner;
}

std::optional<event::FieldPath> Parser::parsePath(bool isBehindDot)
{
    std::vector<std::string> segments;
    do {
        if (!parseSegment(segments, isBehindDot)) {
            return std::nullopt;
        }
        isBehindDot = true;
    } while (m_scanner.take('.'));
    return event::FieldPath(std::move(segments));
}

bool Parser::parseSegment(std::vector<std::string> &segments, bool isBehindDot)
{
    const auto offset = m_scanner.offset();
    if (m_scanner.isAt('"')) {
        auto segment = m_scanner.takeString();
        if (!segment) {
            return false;
        }
        if (segment->empty()) {
            fail(offset, QObject::tr("A name in a field's path cannot be empty."));
            return false;
        }
        segments.push_back(std::move(*segment));
        return true;
    }
    const auto name = m_scanner.peekName();
    if (name.empty() && isBehindDot) {
        fail(offset,
            QObject::tr("A name is missing after the dot. Odd names are written in quotes: "
                        "debugContext.debugData.\"odd name\"."));
        return false;
    }
    const auto isNumeral = [](char c) { return c == '-' || (c >= '0' && c <= '9'); };
    if (name.empty() || (!isBehindDot && isNumeral(name.front()))) {
        fail(offset,
            QObject::tr("A field's path is expected here, such as eventType or actor.alternateId, not \"%1\".")
                .arg(Scanner::shown(m_scanner.peekRun())));
        return false;
    }
    m_scanner.moveTo(offset + name.size());
    if (operators::lower(name) == "urn" && m_scanner.isAt(':')) {
        fail(offset, QObject::tr("Write the path without its schema (urn:…): Okta's log uses none."));
        return false;
    }
    segments.emplace_back(name);
    return true;
}

NodePtr Parser::parseAttribute(Scope scope)
{
    if (m_scanner.take('*')) {
        m_scanner.skipSpace();
        return parseComparison(event::FieldPath("*"), scope, Reach::Anywhere);
    }
    const auto offset = m_scanner.offset();
    const Reach reach = m_scanner.take('~') ? Reach::AnyCase : Reach::Exact;
    auto path = parsePath(false);
    if (!path) {
        return nullptr;
    }
    m_scanner.skipSpace();
    if (m_scanner.isAt('[')) {
        if (reach != Reach::Exact) {
            return fail(
                offset, QObject::tr("\"~\" goes with a comparison, not with brackets: write it inside of them."));
        }
        return parseElement(std::move(*path), scope);
    }
    return parseComparison(std::move(*path), scope, reach);
}

NodePtr Parser::parseElement(event::FieldPath path, Scope scope)
{
    const auto open = m_scanner.offset();
    m_scanner.take('[');
    if (!enter(open)) {
        return nullptr;
    }
    const auto &segments = path.segments();
    const bool isTarget = m_isEventSchema && scope == Scope::Event && segments.size() == 1
        && operators::lower(segments.front()) == "target";
    if (isTarget) {
        path = event::FieldPath("target");
    }
    if (m_isEventSchema && isProfile(path, scope == Scope::Event ? 1 : 0, scope == Scope::Other)) {
        return fail(open,
            QObject::tr("Name the attribute of a profile with a dot, such as %1.department eq \"Finance\".")
                .arg(Scanner::shown(path.toString())));
    }
    m_scanner.skipSpace();
    if (const auto index = m_scanner.peekName();
        integer(index) && m_scanner.rest().substr(index.size()).starts_with(']')) {
        return fail(m_scanner.offset(),
            QObject::tr("Elements are chosen by a condition, not by a number, such as target[type eq \"User\"]."));
    }
    const Scope inner = isTarget ? Scope::Target : Scope::Other;
    NodePtr condition = parseGroup(inner, open, ']');
    if (!condition) {
        return nullptr;
    }
    if (!m_scanner.take('.')) {
        return tree::make(ElementMatch{std::move(path), std::move(condition)});
    }
    auto rest = parsePath(true);
    if (!rest) {
        return nullptr;
    }
    m_scanner.skipSpace();
    const auto offset = m_scanner.offset();
    const NodePtr comparison = parseComparison(std::move(*rest), inner, Reach::Exact);
    if (!comparison) {
        return nullptr;
    }
    NodePtr node = tree::attachToElement(path, std::move(condition), std::get<Comparison>(comparison->value));
    // Its spelling is deeper than what was read; an alternative may need brackets around it, too.
    const int depth = m_depth + tree::nesting(*node) + (std::holds_alternative<Or>(node->value) ? 1 : 0);
    if (depth > maxNesting) {
        return fail(offset, QObject::tr("The expression is nested too deeply: at most %1 levels.").arg(maxNesting));
    }
    return node;
}

/// field(path) in place of a literal, if that comes next. False if it is wrong.
bool Parser::parseOtherField(Comparison &comparison, Scope scope)
{
    m_scanner.skipSpace();
    const auto offset = m_scanner.offset();
    const auto name = m_scanner.peekName();
    if (operators::lower(name) != "field" || !m_scanner.rest().substr(name.size()).starts_with('(')) {
        return true;
    }
    if (!operators::comparesFields(comparison.op)) {
        fail(offset, QObject::tr("Fields are compared with eq, ne, co, sw or ew."));
        return false;
    }
    m_scanner.moveTo(offset + name.size() + 1);
    m_scanner.skipSpace();
    auto path = parsePath(false);
    if (!path) {
        return false;
    }
    m_scanner.skipSpace();
    if (!m_scanner.take(')')) {
        fail(m_scanner.offset(), QObject::tr("\")\" is missing after the field's path."));
        return false;
    }
    Comparison other;
    other.path = std::move(*path);
    if (m_isEventSchema && scope == Scope::Event) {
        tree::recogniseField(other);
    } else if (scope == Scope::Target) {
        tree::recogniseTargetMember(other.path, 0);
    }
    comparison.other = std::move(other.path);
    return true;
}

NodePtr Parser::parseComparison(event::FieldPath path, Scope scope, Reach reach)
{
    Comparison comparison;
    comparison.path = std::move(path);
    comparison.reach = reach;
    const auto operatorOffset = m_scanner.offset();
    const auto op = parseOperator(comparison.path);
    if (!op) {
        return nullptr;
    }
    comparison.op = *op;
    if (reach == Reach::Anywhere) {
        // names nothing
    } else if (m_isEventSchema && scope == Scope::Event) {
        tree::recogniseField(comparison);
    } else if (scope == Scope::Target) {
        tree::recogniseTargetMember(comparison.path, 0);
    }
    std::vector<std::size_t> offsets;
    if (*op != Operator::Pr) {
        if (!parseOtherField(comparison, scope)) {
            return nullptr;
        }
        if (comparison.other.isValid()) {
            return tree::make(std::move(comparison));
        }
        if (!parseLiterals(comparison, offsets)) {
            return nullptr;
        }
    }
    if (const auto problem = literals::check(comparison)) {
        return fail(problem->literal ? offsets[*problem->literal] : operatorOffset, problem->sentence);
    }
    return tree::make(std::move(comparison));
}

std::optional<Operator> Parser::parseOperator(const event::FieldPath &path)
{
    const auto offset = m_scanner.offset();
    const auto word = m_scanner.peekOperator();
    const QString names
        = QString::fromLatin1(operators::allNames().data(), static_cast<qsizetype>(operators::allNames().size()));
    if (word.empty() || std::string_view("()[],\"").find(word.front()) != std::string_view::npos) {
        fail(offset,
            QObject::tr("An operator is missing after \"%1\": %2.").arg(Scanner::shown(path.toString()), names));
        return std::nullopt;
    }
    if (const auto op = operators::fromName(word)) {
        m_scanner.moveTo(offset + word.size());
        return op;
    }
    const auto guess = operators::guess(word);
    if (operators::fromName(guess)) {
        fail(offset,
            QObject::tr("Unknown operator \"%1\"; did you mean \"%2\"? Known are %3.")
                .arg(Scanner::shown(word), Scanner::shown(guess), names));
    } else {
        fail(offset, QObject::tr("Unknown operator \"%1\"; expected %2.").arg(Scanner::shown(word), names));
    }
    return std::nullopt;
}

bool Parser::parseLiterals(Comparison &comparison, std::vector<std::size_t> &offsets)
{
    m_scanner.skipSpace();
    const bool mayBeList = comparison.op == Operator::In || comparison.op == Operator::Cidr;
    const auto open = m_scanner.offset();
    const bool isList = mayBeList && m_scanner.take('(');
    if (comparison.op == Operator::In && !isList) {
        fail(open, QObject::tr("A list in brackets must follow \"in\", such as in (\"SUCCESS\", \"ALLOW\")."));
        return false;
    }
    do {
        m_scanner.skipSpace();
        offsets.push_back(m_scanner.offset());
        auto literal = literals::take(m_scanner, comparison.op);
        if (!literal) {
            return false;
        }
        comparison.literals.push_back(std::move(*literal));
        m_scanner.skipSpace();
    } while (isList && m_scanner.take(','));
    if (!isList || m_scanner.take(')')) {
        return true;
    }
    if (m_scanner.isAtEnd()) {
        fail(open, QObject::tr("This \"(\" is not closed: \")\" is missing."));
    } else {
        fail(m_scanner.offset(),
            QObject::tr("\",\" or \")\" is missing before \"%1\".").arg(Scanner::shown(m_scanner.peekRun())));
    }
    return false;
}

} // namespace

event::Result<Expression> parse(std::string_view text, Schema schema)
{
    const std::string valid = event::toValidUtf8(text);
    return Parser(valid, schema).parse();
}

} // namespace octotrail::filter
