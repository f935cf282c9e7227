// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Possibility.h"

#include "filter/Leaf.h"

#include <algorithm>
#include <vector>

namespace octotrail::filter {

/// A leaf, or terms of which all or any must be possible.
struct Possibility::Term
{
    enum class Kind { All, Any, Value };

    Kind kind = Kind::Value;
    Leaf leaf;
    std::vector<std::shared_ptr<const Term>> terms;

    bool isGiven(const HasValue &hasValue) const
    {
        const auto isTermGiven = [&](const auto &term) { return term->isGiven(hasValue); };
        switch (kind) {
        case Kind::All:
            return std::ranges::all_of(terms, isTermGiven);
        case Kind::Any:
            return std::ranges::any_of(terms, isTermGiven);
        case Kind::Value:
            break;
        }
        return hasValue(leaf.path.segments().back(),
            [this](std::string_view value) { return leaf.tests.empty() ? !value.empty() : leaf.passes(value); });
    }
};

namespace {

using Term = Possibility::Term;
using TermPtr = std::shared_ptr<const Term>;

/// Null where values tell nothing: a comparison that holds where there is no value, too, is nearly always possible.
TermPtr termOf(Leaf leaf)
{
    // A name in another case may be of a key with dots in it, too.
    if (leaf.source != Leaf::Source::Json || leaf.isInAnyCase || leaf.other || !leaf.path.isValid()) {
        return nullptr;
    }
    const bool isPresence = leaf.tests.empty() && leaf.orEmpty && leaf.isNegated;
    const bool needsValue = !leaf.tests.empty() && !leaf.orEmpty && !leaf.isNegated;
    if (!isPresence && !needsValue) {
        return nullptr;
    }
    return std::make_shared<const Term>(Term{Term::Kind::Value, std::move(leaf), {}});
}

TermPtr termOf(const NodePtr &node, Scope scope)
{
    if (const auto *comparison = std::get_if<Comparison>(&node->value)) {
        return termOf(makeLeaf(*comparison, scope));
    }
    if (const auto *element = std::get_if<ElementMatch>(&node->value)) {
        return termOf(element->inner, elementScope(element->path, scope));
    }
    Term joined;
    if (const auto *all = std::get_if<And>(&node->value)) {
        joined.kind = Term::Kind::All;
        for (const NodePtr &term : all->terms) {
            if (TermPtr own = termOf(term, scope)) {
                joined.terms.push_back(std::move(own));
            }
        }
    } else if (const auto *any = std::get_if<Or>(&node->value)) {
        joined.kind = Term::Kind::Any;
        for (const NodePtr &term : any->terms) {
            TermPtr own = termOf(term, scope);
            if (!own) {
                return nullptr;
            }
            joined.terms.push_back(std::move(own));
        }
    }
    return joined.terms.empty() ? nullptr : std::make_shared<const Term>(std::move(joined));
}

} // namespace

Possibility::Possibility(const Expression &expression)
    : m_term(expression.root() ? termOf(expression.root(), Scope::Event) : nullptr)
{ }

bool Possibility::isGiven(const HasValue &hasValue) const
{
    return !m_term || m_term->isGiven(hasValue);
}

} // namespace octotrail::filter
