// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace octotrail::filter {

/// A set of texts as bytes, so that SQL can carry it as a parameter and a function can look into it without having to
/// unpack it. Of this process only: another one may hash otherwise.
std::string packIds(std::span<const std::string_view> ids);

/// Whether the text is in the set; false for bytes that are none.
bool isInIds(std::string_view id, std::string_view packed);

} // namespace octotrail::filter
