// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Numbers in as few bytes as they need: seven bits a byte, the lowest first; the eighth tells that more follow.
namespace octotrail::store::varint {

inline void put(std::string &out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7) {
        out += static_cast<char>(value | 0x80);
    }
    out += static_cast<char>(value);
}

/// Takes a number from the front; nullopt if there is none.
inline std::optional<std::uint64_t> take(std::string_view &in)
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64 && !in.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace octotrail::store::varint
