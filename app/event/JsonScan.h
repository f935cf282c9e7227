// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace octotrail::event {

// For what takes pieces out of JSON and leaves every other byte as it was: only brackets and strings are looked at.
// Any thread.

/// The position behind the string whose quote is at that position; the text's size if it is not closed.
std::size_t afterJsonString(std::string_view json, std::size_t at);

/// The position of the comma or bracket behind the value that starts at that position, or before which only space is;
/// the text's size if nothing follows.
std::size_t afterJsonValue(std::string_view json, std::size_t at);

} // namespace octotrail::event
