// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Tree.h"

#include "filter/Operators.h"

#include <algorithm>
#include <utility>

namespace octotrail::filter::tree {

namespace {

template <class Junction>
void appendTo(Junction &junction, NodePtr term)
{
    if (const auto *same = std::get_if<Junction>(&term->value)) {
        junction.terms.insert(junction.terms.end(), same->terms.begin(), same->terms.end());
    } else {
        junction.terms.push_back(std::move(term));
    }
}

template <class Junction>
NodePtr makeJunction(Junction junction)
{
    if (junction.terms.size() == 1) {
        return std::move(junction.terms.front());
    }
    return std::make_shared<const Node>(Node{std::move(junction)});
}

int nestingOf(const std::vector<NodePtr> &terms, bool inAnd)
{
    int deepest = 0;
    for (const NodePtr &term : terms) {
        const bool inBrackets = inAnd && std::holds_alternative<Or>(term->value);
        deepest = std::max(deepest, nesting(*term) + (inBrackets ? 1 : 0));
    }
    return deepest;
}

bool areAllEqual(const std::vector<NodePtr> &a, const std::vector<NodePtr> &b)
{
    return std::ranges::equal(a, b, areEqual);
}

} // namespace

NodePtr make(And terms)
{
    return makeJunction(std::move(terms));
}

NodePtr make(Or terms)
{
    return makeJunction(std::move(terms));
}

void append(And &terms, NodePtr term)
{
    appendTo(terms, std::move(term));
}

void append(Or &terms, NodePtr term)
{
    appendTo(terms, std::move(term));
}

int nesting(const Node &node)
{
    if (const auto *element = std::get_if<ElementMatch>(&node.value)) {
        return 1 + nesting(*element->inner);
    }
    if (const auto *terms = std::get_if<And>(&node.value)) {
        return nestingOf(terms->terms, true);
    }
    if (const auto *terms = std::get_if<Or>(&node.value)) {
        return nestingOf(terms->terms, false);
    }
    if (const auto *negation = std::get_if<Not>(&node.value)) {
        return 1 + nesting(*negation->term);
    }
    return 0;
}

bool areEqual(const NodePtr &a, const NodePtr &b)
{
    if (a == b) {
        return true;
    }
    if (!a || !b || a->value.index() != b->value.index()) {
        return false;
    }
    if (const auto *comparison = std::get_if<Comparison>(&a->value)) {
        return *comparison == std::get<Comparison>(b->value);
    }
    if (const auto *element = std::get_if<ElementMatch>(&a->value)) {
        const auto &other = std::get<ElementMatch>(b->value);
        return element->path == other.path && areEqual(element->inner, other.inner);
    }
    if (const auto *terms = std::get_if<And>(&a->value)) {
        return areAllEqual(terms->terms, std::get<And>(b->value).terms);
    }
    if (const auto *terms = std::get_if<Or>(&a->value)) {
        return areAllEqual(terms->terms, std::get<Or>(b->value).terms);
    }
    return areEqual(std::get<Not>(a->value).term, std::get<Not>(b->value).term);
}

bool recogniseTargetMember(event::FieldPath &path, std::size_t index)
{
    auto segments = path.segments();
    if (segments.size() != index + 1) {
        return false;
    }
    const std::string name = operators::lower(segments[index]);
    const auto member = std::ranges::find_if(
        event::targetMembers, [&](auto candidate) { return operators::lower(candidate) == name; });
    if (member == event::targetMembers.end()) {
        return false;
    }
    segments[index] = *member;
    path = event::FieldPath(std::move(segments));
    return true;
}

std::optional<std::size_t> timePart(const event::FieldPath &path)
{
    const auto &segments = path.segments();
    if (segments.size() != 2 || operators::lower(segments.front()) != "published") {
        return std::nullopt;
    }
    const auto name = std::ranges::find(timePartNames, operators::lower(segments.back()));
    if (name == timePartNames.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(name - timePartNames.begin());
}

void recogniseField(Comparison &comparison)
{
    if (comparison.reach == Reach::Anywhere) {
        return;
    }
    const auto &segments = comparison.path.segments();
    const auto hasDot = [](const std::string &segment) { return segment.find('.') != std::string::npos; };
    if (std::ranges::any_of(segments, hasDot)) {
        return; // a."b.c" is not a.b.c
    }
    if (const auto part = timePart(comparison.path)) {
        comparison.path = event::FieldPath(std::vector<std::string>{"published", std::string(timePartNames[*part])});
        return;
    }
    comparison.field = event::fieldByPath(comparison.path.toString());
    if (comparison.field) {
        comparison.path = event::FieldPath(event::fields()[*comparison.field].path);
    } else if (segments.size() == 2 && operators::lower(segments.front()) == "target"
        && recogniseTargetMember(comparison.path, 1)) {
        comparison.path = event::FieldPath(std::vector<std::string>{"target", comparison.path.segments().back()});
    }
}

NodePtr attachToElement(const event::FieldPath &path, NodePtr condition, Comparison comparison)
{
    const auto element = [&](Comparison inner) {
        And both;
        append(both, condition);
        both.terms.push_back(make(std::move(inner)));
        return make(ElementMatch{path, make(std::move(both))});
    };
    // What is said of values that are not there has to be said of the element as a whole.
    const bool isNe = comparison.op == Operator::Ne;
    if (isNe) {
        comparison.op = Operator::Eq;
    }
    const auto isNull = [](const Literal &literal) { return std::holds_alternative<std::nullptr_t>(literal); };
    const bool hasNull = std::ranges::any_of(comparison.literals, isNull);
    Or any;
    if (hasNull) {
        std::erase_if(comparison.literals, isNull);
        Comparison presence{comparison.path, comparison.field, Operator::Pr, {}};
        any.terms.push_back(make(Not{element(std::move(presence))}));
    }
    if (!hasNull || !comparison.literals.empty()) {
        any.terms.push_back(element(std::move(comparison)));
    }
    NodePtr node = make(std::move(any));
    if (!isNe) {
        return node;
    }
    const auto *negation = std::get_if<Not>(&node->value);
    return negation ? negation->term : make(Not{std::move(node)});
}

} // namespace octotrail::filter::tree
