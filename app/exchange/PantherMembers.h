// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace octotrail::exchange {

/// A JSON object without the members that Panther adds to events (p_log_type and others that begin with p_), every
/// other byte as it was.
std::string withoutPantherMembers(std::string_view json);

} // namespace octotrail::exchange
