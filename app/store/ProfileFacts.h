// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octotrail::store {

/// A user's or a device's fields, by path, in the order in which they are written. Lists are one text; links and empty
/// values are left out; the users of a device are one field, "users". Any thread.
std::vector<std::pair<std::string, std::string>> profileFacts(std::string_view json);

/// The same for telling what changed: without what moves with every sign-in.
std::map<std::string, std::string> comparableFacts(std::string_view json);

/// The ids of the users of a device, as its listing with expand tells them.
std::vector<std::string> userIdsOf(std::string_view device);

} // namespace octotrail::store
