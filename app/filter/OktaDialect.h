// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <string>
#include <vector>

namespace octotrail::filter {

/// What Okta's own System Log can be asked of a filter.
struct OktaFilter
{
    std::string text; ///< in Okta's language; holds wherever the filter does
    std::vector<std::string> leftOut; ///< terms that Okta does not understand: without them there may be more events
};

/// Lists (in) become alternatives, which Okta has. Of what it has not (re, cidr, field(), ~path, *, parts of published,
/// profiles, conditions in brackets, null), whole terms are left out.
OktaFilter toOkta(const Expression &expression);

} // namespace octotrail::filter
