// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace octotrail::store {

/// The checksum that DuckDB puts before each page of its file and each entry of its log.
std::uint64_t fileChecksum(std::string_view bytes);

/// A number of eight bytes as these files have it, from the start of the text.
std::uint64_t littleEndian64(std::string_view bytes);
std::uint32_t littleEndian32(std::string_view bytes);

} // namespace octotrail::store
