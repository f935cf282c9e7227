// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Leaf.h"

#include "event/Text.h"
#include "filter/Literals.h"
#include "filter/Numbers.h"
#include "filter/Tree.h"

#include <algorithm>
#include <re2/re2.h>

namespace octotrail::filter {

namespace {

using event::FieldType;

template <class Value>
bool isOrdered(Operator op, const Value &value, const Value &reference)
{
    switch (op) {
    case Operator::Gt:
        return value > reference;
    case Operator::Ge:
        return value >= reference;
    case Operator::Lt:
        return value < reference;
    case Operator::Le:
        return value <= reference;
    default:
        return value == reference;
    }
}

/// A value's text as it is read for a test.
struct Value
{
    std::string_view text;
    FieldType type;

    std::optional<double> number() const
    {
        if (type == FieldType::Text) {
            return jsonNumber(text);
        }
        if (type == FieldType::Integer) {
            const auto whole = integer(text);
            return whole ? std::optional(static_cast<double>(*whole)) : std::nullopt;
        }
        return looseNumber(text);
    }
};

bool holds(const EqualsTest &test, const Value &value)
{
    if (test.texts.size() == 1) {
        return test.isCaseSensitive ? value.text == test.texts.front() : equalsFolded(value.text, test.texts.front());
    }
    if (test.isCaseSensitive) {
        return std::binary_search(test.texts.begin(), test.texts.end(), value.text);
    }
    return std::ranges::binary_search(test.texts, event::foldCase(value.text));
}

bool holds(const PartTest &test, const Value &value)
{
    const std::string &part = test.part.text();
    switch (test.op) {
    case Operator::Sw:
        return test.isCaseSensitive ? value.text.starts_with(part) : startsWithFolded(value.text, part);
    case Operator::Ew:
        return test.isCaseSensitive ? value.text.ends_with(part) : endsWithFolded(value.text, part);
    default:
        return test.isCaseSensitive ? value.text.find(part) != std::string_view::npos : test.part.isIn(value.text);
    }
}

bool holds(const OrderTest &test, const Value &value)
{
    return isOrdered<std::string_view>(test.op, value.text, test.text);
}

bool holds(const NumberTest &test, const Value &value)
{
    const auto number = value.number();
    return number && isOrdered(test.op, *number, test.value);
}

bool holds(const IntegerTest &test, const Value &value)
{
    const auto number = integer(value.text);
    return number && isOrdered(test.op, *number, test.value);
}

bool holds(const BooleanTest &test, const Value &value)
{
    return value.text == (test.value ? "true" : "false");
}

bool holds(const TimeTest &test, const Value &value)
{
    const auto time = event::parseTimestamp(value.text);
    return time && isOrdered(test.op, *time, test.value);
}

bool holds(const RegexTest &test, const Value &value)
{
    return RE2::PartialMatch(re2::StringPiece(value.text.data(), value.text.size()), *test.regex);
}

bool holds(const NetworkTest &test, const Value &value)
{
    return test.network.contains(value.text);
}

bool isEquality(Operator op)
{
    return op == Operator::Eq || op == Operator::Ne || op == Operator::In;
}

bool isOrder(Operator op)
{
    return op == Operator::Gt || op == Operator::Ge || op == Operator::Lt || op == Operator::Le;
}

/// The literal as text, for comparisons with text.
std::string textOf(const Literal &literal)
{
    if (const auto *text = std::get_if<std::string>(&literal)) {
        return event::toValidUtf8(*text);
    }
    if (const auto *truth = std::get_if<bool>(&literal)) {
        return *truth ? "true" : "false";
    }
    const auto *number = std::get_if<Number>(&literal);
    return number ? number->text : std::string();
}

std::optional<Test> makePatternTest(Operator op, const std::string &text)
{
    if (op == Operator::Cidr) {
        const auto network = Network::parse(text);
        return network ? std::optional<Test>(NetworkTest{text, *network}) : std::nullopt;
    }
    RE2::Options options;
    options.set_log_errors(false);
    auto regex = std::make_shared<const RE2>(text, options);
    return regex->ok() ? std::optional<Test>(RegexTest{text, std::move(regex)}) : std::nullopt;
}

std::optional<Test> makeTextTest(const Comparison &comparison, const Literal &literal)
{
    const Operator op = comparison.op;
    std::string text = textOf(literal);
    if (op == Operator::Re || op == Operator::Cidr) {
        return makePatternTest(op, text);
    }
    if (isOrder(op)) {
        return OrderTest{op, std::move(text)};
    }
    if (!comparison.caseSensitive) {
        text = event::foldCase(text);
    }
    if (isEquality(op)) {
        return EqualsTest{{std::move(text)}, comparison.caseSensitive};
    }
    return PartTest{op, FoldedSearch(std::move(text)), comparison.caseSensitive};
}

/// A test of a typed value, or nullopt if the literal or the operator is none for the type: then the text is asked.
std::optional<Test> makeTypedTest(Operator op, const Literal &literal, FieldType type)
{
    if (!isEquality(op) && !isOrder(op)) {
        return std::nullopt;
    }
    const auto fit = literals::fitted(literal, type);
    if (!fit) {
        return std::nullopt;
    }
    const Operator order = isOrder(op) ? op : Operator::Eq;
    if (const auto *number = std::get_if<Number>(&*fit)) {
        if (type == FieldType::Integer) {
            if (const auto whole = integer(number->text)) {
                return IntegerTest{order, *whole};
            }
        }
        return NumberTest{order, number->value};
    }
    if (type == FieldType::Boolean && isEquality(op)) {
        return BooleanTest{std::get<bool>(*fit)};
    }
    if (type == FieldType::Time) {
        return TimeTest{order, *event::parseTimestamp(std::get<std::string>(*fit))};
    }
    return std::nullopt;
}

void addTest(Leaf &leaf, Test test)
{
    if (auto *equals = std::get_if<EqualsTest>(&test)) {
        for (Test &known : leaf.tests) {
            if (auto *same = std::get_if<EqualsTest>(&known)) {
                same->texts.push_back(std::move(equals->texts.front()));
                return;
            }
        }
    }
    leaf.tests.push_back(std::move(test));
}

void addTests(Leaf &leaf, const Comparison &comparison)
{
    for (const Literal &literal : comparison.literals) {
        if (std::holds_alternative<std::nullptr_t>(literal)) {
            leaf.orEmpty = leaf.orEmpty || isEquality(comparison.op);
            continue;
        }
        auto test = makeTypedTest(comparison.op, literal, leaf.type);
        if (!test) {
            test = makeTextTest(comparison, literal);
        }
        if (test) {
            addTest(leaf, std::move(*test));
        }
    }
    for (Test &test : leaf.tests) {
        if (auto *equals = std::get_if<EqualsTest>(&test)) {
            auto &texts = equals->texts;
            std::sort(texts.begin(), texts.end());
            texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
        }
    }
}

std::optional<std::size_t> targetMember(std::string_view name)
{
    const auto member = std::ranges::find(event::targetMembers, name);
    if (member == event::targetMembers.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(member - event::targetMembers.begin());
}

void setSource(Leaf &leaf, Comparison comparison, Scope scope)
{
    if (scope == Scope::Event && !comparison.field) {
        tree::recogniseField(comparison);
    }
    leaf.path = comparison.path;
    if (comparison.reach == Reach::Anywhere) {
        leaf.source = Leaf::Source::Anywhere;
        return;
    }
    if (scope == Scope::Event) {
        leaf.timePart = tree::timePart(leaf.path);
    }
    if (leaf.timePart) {
        leaf.source = Leaf::Source::Field;
        leaf.field = event::field::Published;
        leaf.type = FieldType::Integer;
        return;
    }
    const auto &segments = leaf.path.segments();
    if (scope == Scope::Event && comparison.field) {
        leaf.source = Leaf::Source::Field;
        leaf.field = *comparison.field;
        leaf.type = event::fields()[leaf.field].type;
        return;
    }
    const auto profile = scope == Scope::Event ? profilePath(leaf.path)
        : scope == Scope::Target               ? profilePathOfTarget(leaf.path)
                                               : std::nullopt;
    if (profile) {
        leaf.source = Leaf::Source::Profile;
        leaf.profileOf = profile->of;
        leaf.path = profile->path;
        if (profile->of != ProfilePath::Of::Target) {
            leaf.field = profile->idField();
        }
        return;
    }
    const bool isMember = scope == Scope::Target
        ? segments.size() == 1
        : scope == Scope::Event && segments.size() == 2 && segments[0] == "target";
    if (const auto member = isMember ? targetMember(segments.back()) : std::nullopt) {
        leaf.source = Leaf::Source::TargetMember;
        leaf.member = *member;
        return;
    }
    leaf.isInAnyCase = comparison.reach == Reach::AnyCase;
    if (!leaf.isInAnyCase && scope == Scope::Event && segments.size() == 3 && segments[0] == "debugContext"
        && segments[1] == "debugData") {
        leaf.source = Leaf::Source::DebugData;
        leaf.key = segments[2];
    }
}

} // namespace

bool Leaf::isInColumns() const
{
    if (source == Source::Json || source == Source::Anywhere) {
        return false;
    }
    if (other) {
        const bool isOfTargets = source == Source::TargetMember && other->source == Source::TargetMember;
        const bool isOfProfile = source == Source::Profile || other->source == Source::Profile;
        return type == FieldType::Text && other->type == FieldType::Text && other->isInColumns() && !isOfProfile
            && !(isOfTargets && isOfEvent);
    }
    return std::ranges::all_of(tests, [this](const Test &test) {
        switch (type) {
        case FieldType::Text:
            return true;
        case FieldType::Integer:
            return std::holds_alternative<IntegerTest>(test) || std::holds_alternative<NumberTest>(test);
        case FieldType::Number:
            return std::holds_alternative<NumberTest>(test);
        case FieldType::Boolean:
            return std::holds_alternative<BooleanTest>(test);
        case FieldType::Time:
            return std::holds_alternative<TimeTest>(test);
        }
        return false;
    });
}

bool Leaf::passes(std::string_view text) const
{
    const Value value{text, type};
    return std::ranges::any_of(
        tests, [&](const Test &test) { return std::visit([&](const auto &t) { return holds(t, value); }, test); });
}

bool FieldTest::passes(std::string_view value, std::string_view otherValue) const
{
    const std::string text = isCaseSensitive ? std::string(value) : event::foldCase(value);
    const std::string part = isCaseSensitive ? std::string(otherValue) : event::foldCase(otherValue);
    switch (op) {
    case Operator::Co:
        return text.find(part) != std::string::npos;
    case Operator::Sw:
        return text.starts_with(part);
    case Operator::Ew:
        return text.ends_with(part);
    default:
        return text == part;
    }
}

Leaf makeLeaf(const Comparison &comparison, Scope scope)
{
    Leaf leaf;
    leaf.isOfEvent = scope == Scope::Event;
    setSource(leaf, comparison, scope);
    if (comparison.other.isValid()) {
        leaf.isNegated = comparison.op == Operator::Ne;
        leaf.pairTest = {leaf.isNegated ? Operator::Eq : comparison.op, comparison.caseSensitive};
        Comparison other;
        other.path = comparison.other;
        other.reach = comparison.reach == Reach::AnyCase ? Reach::AnyCase : Reach::Exact;
        Leaf otherLeaf;
        otherLeaf.isOfEvent = leaf.isOfEvent;
        setSource(otherLeaf, std::move(other), scope);
        leaf.other = std::make_shared<const Leaf>(std::move(otherLeaf));
        return leaf;
    }
    if (comparison.op == Operator::Pr) {
        leaf.orEmpty = true;
        leaf.isNegated = true;
        return leaf;
    }
    leaf.isNegated = comparison.op == Operator::Ne;
    addTests(leaf, comparison);
    return leaf;
}

Scope elementScope(const event::FieldPath &path, Scope scope)
{
    const auto &segments = path.segments();
    return scope == Scope::Event && segments.size() == 1 && segments.front() == "target" ? Scope::Target : Scope::Other;
}

} // namespace octotrail::filter
