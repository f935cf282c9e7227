// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Leaf.h"

namespace octotrail::filter {

/// What is left of an expression if only the store's columns may be looked at.
struct Relaxation
{
    NodePtr node; ///< null: everything
    /// Whether node means the same; otherwise it holds wherever the expression does, and elsewhere too.
    bool isExact = true;
};

/// What columns cannot decide becomes true, below a not as well: nots are brought down to the comparisons first.
Relaxation relax(const NodePtr &root, Scope scope);

} // namespace octotrail::filter
