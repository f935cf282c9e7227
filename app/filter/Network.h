// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace octotrail::filter {

/// An IPv4 or IPv6 network. Only the usual spellings are addresses: four decimal numbers, or RFC 4291's text.
/// ::ffff:a.b.c.d is the IPv4 address in it, since the log writes either for the same client.
class Network
{
public:
    /// "10.0.0.0/8", "2001:db8::/32" or one address; bits behind the prefix do not matter.
    static std::optional<Network> parse(std::string_view text);

    bool contains(std::string_view address) const;

private:
    struct Address
    {
        std::array<std::uint8_t, 16> bytes{}; ///< IPv4 in the first four
        bool isV4 = false;
    };
    static std::optional<Address> parseAddress(std::string_view text);

    Address m_address;
    int m_prefix = 0;
};

} // namespace octotrail::filter
