// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/OktaDialect.h"

#include "filter/ProfilePath.h"
#include "filter/Tree.h"

#include <algorithm>

namespace octotrail::filter {

namespace {

/// The same in Okta's words, or null.
NodePtr translate(const NodePtr &node);

NodePtr translate(const NodePtr &node, const Comparison &comparison)
{
    const bool isKnown = comparison.reach == Reach::Exact && !comparison.other.isValid() && !comparison.caseSensitive
        && comparison.op != Operator::Re && comparison.op != Operator::Cidr && !tree::timePart(comparison.path)
        && !profilePath(comparison.path) && std::ranges::none_of(comparison.literals, [](const Literal &literal) {
               return std::holds_alternative<std::nullptr_t>(literal);
           });
    if (!isKnown) {
        return nullptr;
    }
    if (comparison.op != Operator::In) {
        return node;
    }
    Or alternatives;
    for (const Literal &literal : comparison.literals) {
        Comparison one = comparison;
        one.op = Operator::Eq;
        one.literals = {literal};
        alternatives.terms.push_back(tree::make(std::move(one)));
    }
    return tree::make(std::move(alternatives));
}

template <class Junction>
NodePtr translateTerms(const std::vector<NodePtr> &terms)
{
    Junction junction;
    for (const NodePtr &term : terms) {
        NodePtr translated = translate(term);
        if (!translated) {
            return nullptr;
        }
        tree::append(junction, std::move(translated));
    }
    return tree::make(std::move(junction));
}

NodePtr translate(const NodePtr &node)
{
    if (const auto *comparison = std::get_if<Comparison>(&node->value)) {
        return translate(node, *comparison);
    }
    if (const auto *negation = std::get_if<Not>(&node->value)) {
        NodePtr inner = translate(negation->term);
        return inner ? tree::make(Not{std::move(inner)}) : nullptr;
    }
    if (const auto *all = std::get_if<And>(&node->value)) {
        return translateTerms<And>(all->terms);
    }
    if (const auto *any = std::get_if<Or>(&node->value)) {
        return translateTerms<Or>(any->terms);
    }
    return nullptr; // path[...]
}

} // namespace

OktaFilter toOkta(const Expression &expression)
{
    OktaFilter result;
    if (!expression.root()) {
        return result;
    }
    std::vector<NodePtr> terms{expression.root()};
    if (const auto *all = std::get_if<And>(&expression.root()->value)) {
        terms = all->terms;
    }
    And kept;
    for (const NodePtr &term : terms) {
        if (NodePtr translated = translate(term)) {
            tree::append(kept, std::move(translated));
        } else {
            result.leftOut.push_back(Expression(term).toString());
        }
    }
    if (!kept.terms.empty()) {
        result.text = Expression(tree::make(std::move(kept))).toString();
    }
    return result;
}

} // namespace octotrail::filter
