// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlation.h"

#include <optional>
#include <string_view>

namespace octotrail::detect {

/// The event's field that a Sigma rule means: Okta's paths in any case, as rules of all ages write them
/// (eventtype, debugcontext.debugdata.url, target{}.displayName). A name that is not known is looked for in the event
/// as it is written, and else in any case. nullopt if it cannot be a path.
std::optional<FieldName> sigmaField(std::string_view name);

} // namespace octotrail::detect
