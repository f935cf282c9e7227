// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace octotrail::store {

/// The JSON object without the member of this name, every other byte as it was. The text itself if it is no object.
std::string withoutMember(std::string_view json, std::string_view name);

/// The same for members of this name at any depth within the member _embedded.
std::string withoutEmbedded(std::string_view json, std::string_view name);

} // namespace octotrail::store
