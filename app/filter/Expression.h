// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/FieldCatalogue.h"
#include "event/Json.h"
#include "event/Result.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace octotrail::filter {

/// Okta's System Log filter language: SCIM (RFC 7644 section 3.4.2.2) with a documented superset (in, re, cidr,
/// field(), ~path, *, parts of published).
///
/// What it means, for Matcher and toSql alike (a property test holds them equal):
/// - A path names zero or more values (arrays are fanned out); a comparison holds if any of them matches.
///   ne is the negation of eq: it holds where no value equals, so also where there is none.
/// - pr holds if there is a value that is not empty (RFC 7644: non-empty, non-null).
/// - Text compares without regard to case (RFC 7643 section 2.2, caseExact false) by event::foldCase;
///   gt ge lt le on text compare bytes. re is RE2, unanchored, case-sensitive unless (?i).
/// - Beside a number literal, a value compares as a number if its whole text is a JSON number, else never matches.
///   Fields of type Integer, Number, Boolean and Time compare as such; co sw ew re cidr on them are errors.
/// - true, false: compare with the canonical text. null: eq null is not pr, ne null is pr.
/// - cidr: the value's text is an IPv4 or IPv6 address inside the network (one of the networks, if it is a list).
/// - Paths with a field (event::fieldByPath), and target with event::targetMembers, are recognised in any case; other
///   paths exactly as written. A segment with odd characters is quoted: debugContext.debugData."odd key".
/// - ~path is a path whose names are read in any case where there is none that is written exactly so, and whose last
///   names may be one key with dots in it. It is read from the bytes unless it has a field.
/// - * is every scalar value anywhere in the event: * co "word". In brackets, anywhere in the object at hand.
/// - path op field(other), for eq ne co sw ew, compares with the values of another path: it holds if any value of the
///   one goes with any of the other. In brackets both start at the object at hand.
/// - published.minute, .hour, .day (of the month), .week (ISO 8601), .month and .year are numbers, in UTC.
/// - path[inner].rest op value is short for path[inner and rest op value], with ne as the negation of eq around it.
enum class Operator { Eq, Ne, Co, Sw, Ew, Pr, Gt, Ge, Lt, Le, In, Re, Cidr };

struct Number
{
    double value = 0;
    std::string text; ///< as it was written
    bool operator==(const Number &) const = default;
};

using Literal = std::variant<std::nullptr_t, bool, Number, std::string>;

struct Node;
using NodePtr = std::shared_ptr<const Node>;

/// How a path names values.
enum class Reach {
    Exact,
    AnyCase, ///< ~path
    Anywhere, ///< *, whatever the path
};

/// path operator literal(s): one literal, none for Pr or with another field, one or more for In and Cidr.
struct Comparison
{
    event::FieldPath path;
    std::optional<event::FieldId> field; ///< set if the path has a column of its own
    Operator op = Operator::Eq;
    std::vector<Literal> literals;
    bool caseSensitive = false; ///< for Sigma's cased; the language writes it as re
    Reach reach = Reach::Exact;
    event::FieldPath other{}; ///< valid: field(other) in place of a literal, for Eq, Ne, Co, Sw and Ew
    bool operator==(const Comparison &) const = default;
};

/// path[inner]: some object that the path names matches inner, whose paths start at that object.
struct ElementMatch
{
    event::FieldPath path;
    NodePtr inner;
};

struct And
{
    std::vector<NodePtr> terms;
};

struct Or
{
    std::vector<NodePtr> terms;
};

struct Not
{
    NodePtr term;
};

struct Node
{
    std::variant<Comparison, ElementMatch, And, Or, Not> value;
};

/// A parsed expression: an immutable value, cheap to copy, safe to share between threads.
class Expression
{
public:
    /// The expression that every event matches.
    Expression() = default;
    explicit Expression(NodePtr root)
        : m_root(std::move(root))
    { }

    bool matchesAll() const { return !m_root; }
    const NodePtr &root() const { return m_root; }

    /// The expression in canonical spelling; parse(toString()) gives an equal tree.
    std::string toString() const;

    /// Whether the trees are equal, which is stricter than whether they mean the same.
    bool operator==(const Expression &other) const;

private:
    NodePtr m_root;
};

/// Which paths have fields of their own: System Log events have, profiles (users and devices) have not.
enum class Schema { SystemLog, Profile };

/// Parses an expression; blank input matches all. Nesting is bounded, so hostile input ends in an error, not in a
/// full stack. An error's column is 1-based, in code points.
event::Result<Expression> parse(std::string_view text, Schema schema = Schema::SystemLog);

/// What an analyst may type into one box: an expression, or else words (Okta's q).
struct Input
{
    Expression expression;
    std::vector<std::string> words; ///< all must occur, anywhere in the event's values, without regard to case
    bool isKeywordSearch() const { return !words.empty(); }
};

/// So long may input be, in characters as QString counts them: lists of thousands of addresses are pasted.
inline constexpr std::size_t longestInput = 200'000;

/// Input that is no expression is a keyword search; "quoted words" are one phrase. What is too long fails. Input that
/// can only be meant as an expression (an operator after the first word, brackets, a quote after an operator) and has
/// an error fails as parse() does.
event::Result<Input> parseInput(std::string_view text, Schema schema = Schema::SystemLog);

/// Words as typed after --search or in a keyword box: split at white space, "quoted words" are one phrase.
std::vector<std::string> splitWords(std::string_view text);

/// The path as the language writes it, with quotes around odd names.
std::string pathText(const event::FieldPath &path);

/// The path that somebody has written, as pathText() writes it; nothing if it is none.
std::optional<std::string> readPath(std::string_view text);

/// One comparison in the language, for "Filter to this value": actor.alternateId eq "bob@example.com".
/// A value of a field with a number or Boolean type is written bare.
std::string comparisonText(std::string_view path, Operator op, std::string_view value);
std::string comparisonText(const event::FieldPath &path, Operator op, std::string_view value);

/// "a and b" with the brackets that precedence needs; either may be blank.
std::string conjunctionText(std::string_view a, std::string_view b);

} // namespace octotrail::filter
