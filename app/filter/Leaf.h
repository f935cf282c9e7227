// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "filter/Expression.h"
#include "filter/Folding.h"
#include "filter/Network.h"
#include "filter/ProfilePath.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace re2 {
class RE2;
}

namespace octotrail::filter {

/// Some text equals the value. Sorted; folded unless isCaseSensitive.
struct EqualsTest
{
    std::vector<std::string> texts;
    bool isCaseSensitive = false;
};

struct PartTest
{
    Operator op = Operator::Co; ///< Co, Sw or Ew
    FoldedSearch part;
    bool isCaseSensitive = false;
};

/// gt, ge, lt, le by bytes.
struct OrderTest
{
    Operator op = Operator::Gt;
    std::string text;
};

/// Eq and the orders. Of text only JSON numbers take part.
struct NumberTest
{
    Operator op = Operator::Eq;
    double value = 0;
};

/// For fields of type Integer.
struct IntegerTest
{
    Operator op = Operator::Eq;
    std::int64_t value = 0;
};

/// For fields of type Boolean.
struct BooleanTest
{
    bool value = false;
};

/// For fields of type Time.
struct TimeTest
{
    Operator op = Operator::Eq;
    event::Timestamp value;
};

struct RegexTest
{
    std::string pattern;
    std::shared_ptr<const re2::RE2> regex;
};

struct NetworkTest
{
    std::string text;
    Network network;
};

/// How the values of two fields go together.
struct FieldTest
{
    Operator op = Operator::Eq; ///< Eq, Co, Sw or Ew
    bool isCaseSensitive = false;

    bool passes(std::string_view value, std::string_view otherValue) const;
};

using Test = std::variant<EqualsTest, PartTest, OrderTest, NumberTest, IntegerTest, BooleanTest, TimeTest, RegexTest,
    NetworkTest>;

/// What the paths of a comparison start at.
enum class Scope {
    Event,
    Target, ///< an element of target
    Other, ///< another object, of which the store has no columns
};

/// A comparison made ready: what Matcher computes and toSql spells, so that they cannot differ in what they mean.
struct Leaf
{
    enum class Source {
        Field,
        TargetMember, ///< of any target in Scope::Event, of the one at hand in Scope::Target
        DebugData, ///< an entry of LogEvent::debugData()
        Profile, ///< of a user or device whom the event names by id; path is in their JSON
        Json, ///< in the bytes alone
        Anywhere, ///< every scalar value of the bytes
    };

    Source source = Source::Json;
    event::FieldPath path;
    event::FieldId field = 0;
    std::size_t member = 0; ///< into event::targetMembers
    std::string key; ///< of debugData
    ProfilePath::Of profileOf = ProfilePath::Of::Actor;
    event::FieldType type = event::FieldType::Text;
    std::optional<std::size_t> timePart; ///< of the field, which is published: into tree::timePartNames
    bool isInAnyCase = false; ///< the path's names, in Json
    bool isOfEvent = false; ///< the path starts at an event

    /// It holds if a value passes one of the tests, or if orEmpty and there is no value that is not empty.
    std::vector<Test> tests;
    bool orEmpty = false;
    bool isNegated = false; ///< the contrary of all this

    /// Set: it holds if a value of this leaf and one of the other one go together; there are no tests then.
    std::shared_ptr<const Leaf> other;
    FieldTest pairTest;

    /// Whether the store's columns, with the profiles of whom they name, hold what decides.
    bool isInColumns() const;
    bool passes(std::string_view value) const;
};

Leaf makeLeaf(const Comparison &comparison, Scope scope);

/// The scope inside path[...].
Scope elementScope(const event::FieldPath &path, Scope scope);

} // namespace octotrail::filter
