// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <array>

/// Building and measuring trees.
namespace octotrail::filter::tree {

template <class Value>
NodePtr make(Value value)
{
    return std::make_shared<const Node>(Node{std::move(value)});
}

/// One term stands for itself.
NodePtr make(And terms);
NodePtr make(Or terms);

/// Adds a term; those of a conjunction in a conjunction (of an or in an or) become its own.
void append(And &terms, NodePtr term);
void append(Or &terms, NodePtr term);

/// How many brackets, nots and value paths the node's canonical spelling nests.
int nesting(const Node &node);

bool areEqual(const NodePtr &a, const NodePtr &b);

/// The parts of published that can be compared, as DuckDB names them, too.
inline constexpr std::array<std::string_view, 6> timePartNames{"minute", "hour", "day", "week", "month", "year"};
/// The index into timePartNames if the path, which starts at an event, names one of them; ASCII case does not matter.
std::optional<std::size_t> timePart(const event::FieldPath &path);

/// Brings a path that has a field, or a target's member, into Okta's spelling, and sets the field.
void recogniseField(Comparison &comparison);
/// The same for the name of a target's member, as the path's last segment at this index.
bool recogniseTargetMember(event::FieldPath &path, std::size_t index);

/// path[condition].rest op value, where the comparison holds rest op value.
NodePtr attachToElement(const event::FieldPath &path, NodePtr condition, Comparison comparison);

} // namespace octotrail::filter::tree
