// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Sql.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// Values as SQL that people read writes them.
namespace octotrail::filter::sqltext {

std::string literal(const SqlValue &value);
/// 'text', or where it has NULs an expression with chr(0)
std::string quoted(std::string_view text);

/// The first and the last address of an IPv4 network as numbers; nullopt if it is none.
std::optional<std::pair<std::uint32_t, std::uint32_t>> rangeOfNetwork(std::string_view network);

} // namespace octotrail::filter::sqltext
