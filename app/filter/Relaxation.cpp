// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Relaxation.h"

#include "filter/Tree.h"

namespace octotrail::filter {

namespace {

Relaxation relax(const NodePtr &node, Scope scope, bool isNegated);

/// Of an exact part as it is, of others only what is left.
NodePtr negatedIf(bool isNegated, const NodePtr &node)
{
    return isNegated ? tree::make(Not{node}) : node;
}

/// All of the terms must hold: those that say nothing are left out.
Relaxation relaxAll(const std::vector<NodePtr> &terms, Scope scope, bool isNegated)
{
    Relaxation result;
    And left;
    for (const NodePtr &term : terms) {
        Relaxation part = relax(term, scope, isNegated);
        result.isExact = result.isExact && part.isExact;
        if (part.node) {
            left.terms.push_back(std::move(part.node));
        }
    }
    if (!left.terms.empty() || result.isExact) {
        result.node = tree::make(std::move(left));
    }
    return result;
}

/// One of the terms must hold: one that says nothing says it for all.
Relaxation relaxAny(const std::vector<NodePtr> &terms, Scope scope, bool isNegated)
{
    Relaxation result;
    Or left;
    for (const NodePtr &term : terms) {
        Relaxation part = relax(term, scope, isNegated);
        if (!part.node) {
            return {nullptr, false};
        }
        result.isExact = result.isExact && part.isExact;
        left.terms.push_back(std::move(part.node));
    }
    result.node = tree::make(std::move(left));
    return result;
}

Relaxation relaxElement(const NodePtr &node, const ElementMatch &element, Scope scope, bool isNegated)
{
    const Scope inside = elementScope(element.path, scope);
    if (inside != Scope::Target) {
        return {nullptr, false};
    }
    Relaxation inner = relax(element.inner, inside, false);
    if (inner.isExact) {
        return {negatedIf(isNegated, node), true};
    }
    if (isNegated || !inner.node) {
        return {nullptr, false};
    }
    return {tree::make(ElementMatch{element.path, std::move(inner.node)}), false};
}

Relaxation relax(const NodePtr &node, Scope scope, bool isNegated)
{
    if (const auto *comparison = std::get_if<Comparison>(&node->value)) {
        if (!makeLeaf(*comparison, scope).isInColumns()) {
            return {nullptr, false};
        }
        return {negatedIf(isNegated, node), true};
    }
    if (const auto *element = std::get_if<ElementMatch>(&node->value)) {
        return relaxElement(node, *element, scope, isNegated);
    }
    if (const auto *negation = std::get_if<Not>(&node->value)) {
        return relax(negation->term, scope, !isNegated);
    }
    const auto *all = std::get_if<And>(&node->value);
    const auto &terms = all ? all->terms : std::get<Or>(node->value).terms;
    return (all != nullptr) != isNegated ? relaxAll(terms, scope, isNegated) : relaxAny(terms, scope, isNegated);
}

} // namespace

Relaxation relax(const NodePtr &root, Scope scope)
{
    return root ? relax(root, scope, false) : Relaxation{};
}

} // namespace octotrail::filter
