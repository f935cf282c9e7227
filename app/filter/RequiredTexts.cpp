// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/RequiredTexts.h"

#include "event/Text.h"
#include "filter/Leaf.h"
#include "filter/Words.h"

#include <algorithm>
#include <optional>

namespace octotrail::filter {

namespace {

using AnyOf = RequiredTexts::AnyOf;

/// Shorter texts are nearly everywhere.
constexpr std::size_t leastLength = 3;

/// Adds what the text makes necessary; false if that is nothing worth looking for.
bool addText(AnyOf &list, const std::string &text)
{
    FoldedSearch part(plainPart(event::foldCase(text)));
    const bool isTelling = part.text().size() >= leastLength;
    list.push_back(std::move(part));
    return isTelling;
}

/// Only what compares the text of values as they stand in the bytes says something about these.
bool isOfBytes(const Leaf &leaf)
{
    const bool isRead = leaf.source == Leaf::Source::Json || leaf.source == Leaf::Source::Anywhere;
    return isRead && leaf.type == event::FieldType::Text && !leaf.isNegated && !leaf.orEmpty && !leaf.other;
}

std::optional<AnyOf> ofLeaf(const Leaf &leaf)
{
    if (!isOfBytes(leaf) || leaf.tests.empty()) {
        return std::nullopt;
    }
    AnyOf list;
    for (const Test &test : leaf.tests) {
        if (const auto *part = std::get_if<PartTest>(&test)) {
            if (!addText(list, part->part.text())) {
                return std::nullopt;
            }
        } else if (const auto *equals = std::get_if<EqualsTest>(&test)) {
            if (!std::ranges::all_of(equals->texts, [&](const std::string &text) { return addText(list, text); })) {
                return std::nullopt;
            }
        } else {
            return std::nullopt;
        }
    }
    return list;
}

std::size_t shortestIn(const AnyOf &list)
{
    return std::ranges::min_element(list, {}, [](const FoldedSearch &search) { return search.text().size(); })
        ->text()
        .size();
}

void collect(const NodePtr &node, Scope scope, std::vector<AnyOf> &lists);

/// One of the terms holds: each gives the list that tells most, or nothing is known.
void collectAny(const std::vector<NodePtr> &terms, Scope scope, std::vector<AnyOf> &lists)
{
    AnyOf joined;
    for (const NodePtr &term : terms) {
        std::vector<AnyOf> own;
        collect(term, scope, own);
        if (own.empty()) {
            return;
        }
        const auto best = std::ranges::max_element(own, {}, shortestIn);
        joined.insert(joined.end(), best->begin(), best->end());
    }
    if (!joined.empty()) {
        lists.push_back(std::move(joined));
    }
}

void collect(const NodePtr &node, Scope scope, std::vector<AnyOf> &lists)
{
    if (const auto *comparison = std::get_if<Comparison>(&node->value)) {
        if (auto list = ofLeaf(makeLeaf(*comparison, scope))) {
            lists.push_back(std::move(*list));
        }
    } else if (const auto *element = std::get_if<ElementMatch>(&node->value)) {
        collect(element->inner, elementScope(element->path, scope), lists);
    } else if (const auto *all = std::get_if<And>(&node->value)) {
        for (const NodePtr &term : all->terms) {
            collect(term, scope, lists);
        }
    } else if (const auto *any = std::get_if<Or>(&node->value)) {
        collectAny(any->terms, scope, lists);
    }
}

} // namespace

RequiredTexts::RequiredTexts(const Expression &expression, const std::vector<std::string> &words)
{
    for (const std::string &word : words) {
        AnyOf list;
        if (addText(list, event::toValidUtf8(word))) {
            m_lists.push_back(std::move(list));
        }
    }
    if (expression.root()) {
        collect(expression.root(), Scope::Event, m_lists);
    }
    // Long texts are rare.
    std::ranges::stable_sort(m_lists, std::ranges::greater(), shortestIn);
}

bool RequiredTexts::mayMatch(std::string_view json) const
{
    const auto occurs = [&](const AnyOf &list) {
        return std::ranges::any_of(list, [&](const FoldedSearch &search) { return search.isInBytes(json); });
    };
    return std::ranges::all_of(m_lists, occurs) || mayHideAscii(json);
}

} // namespace octotrail::filter
