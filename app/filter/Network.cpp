// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Network.h"

#include <algorithm>
#include <charconv>

namespace octotrail::filter {

namespace {

/// A number of at most maxDigits digits that is all of the text.
std::optional<unsigned> number(std::string_view text, int base, std::size_t maxDigits)
{
    unsigned value = 0;
    if (text.empty() || text.size() > maxDigits) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// Decimal without leading zeros, which some programs read as octal.
std::optional<unsigned> decimal(std::string_view text, unsigned max)
{
    if (text.size() > 1 && text.front() == '0') {
        return std::nullopt;
    }
    const auto value = number(text, 10, 3);
    return value && *value <= max ? value : std::nullopt;
}

bool parseV4(std::string_view text, std::uint8_t *bytes)
{
    for (int i = 0; i < 4; ++i) {
        const auto dot = i < 3 ? text.find('.') : text.size();
        if (dot == std::string_view::npos) {
            return false;
        }
        const auto value = decimal(text.substr(0, dot), 255);
        if (!value) {
            return false;
        }
        bytes[i] = static_cast<std::uint8_t>(*value);
        text.remove_prefix(i < 3 ? dot + 1 : dot);
    }
    return true;
}

/// The groups between colons, at most count bytes of them; how many bytes were written, or -1.
int parseGroups(std::string_view text, std::uint8_t *bytes, int count)
{
    int written = 0;
    while (!text.empty()) {
        const auto colon = text.find(':');
        const auto group = text.substr(0, colon);
        if (colon == std::string_view::npos && group.find('.') != std::string_view::npos) {
            return written + 4 <= count && parseV4(group, bytes + written) ? written + 4 : -1;
        }
        const auto value = number(group, 16, 4);
        if (!value || written + 2 > count) {
            return -1;
        }
        bytes[written++] = static_cast<std::uint8_t>(*value >> 8);
        bytes[written++] = static_cast<std::uint8_t>(*value & 0xff);
        if (colon == std::string_view::npos) {
            break;
        }
        text.remove_prefix(colon + 1);
        if (text.empty()) {
            return -1;
        }
    }
    return written;
}

bool parseV6(std::string_view text, std::array<std::uint8_t, 16> &bytes)
{
    const auto gap = text.find("::");
    if (gap == std::string_view::npos) {
        return parseGroups(text, bytes.data(), 16) == 16;
    }
    const auto head = text.substr(0, gap);
    if (head.find('.') != std::string_view::npos) {
        return false;
    }
    const int front = parseGroups(head, bytes.data(), 14);
    std::array<std::uint8_t, 16> tail{};
    const int back = front < 0 ? -1 : parseGroups(text.substr(gap + 2), tail.data(), 14 - front);
    if (back < 0) {
        return false;
    }
    std::copy_n(tail.begin(), back, bytes.end() - back);
    return true;
}

constexpr std::array<std::uint8_t, 12> mappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

} // namespace

std::optional<Network::Address> Network::parseAddress(std::string_view text)
{
    Address address;
    if (text.find(':') == std::string_view::npos) {
        address.isV4 = true;
        return parseV4(text, address.bytes.data()) ? std::optional(address) : std::nullopt;
    }
    if (!parseV6(text, address.bytes)) {
        return std::nullopt;
    }
    if (std::equal(mappedPrefix.begin(), mappedPrefix.end(), address.bytes.begin())) {
        std::copy_n(address.bytes.begin() + 12, 4, address.bytes.begin());
        std::fill(address.bytes.begin() + 4, address.bytes.end(), std::uint8_t{0});
        address.isV4 = true;
    }
    return address;
}

std::optional<Network> Network::parse(std::string_view text)
{
    const auto slash = text.find('/');
    const auto address = parseAddress(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    Network network;
    network.m_address = *address;
    const unsigned bits = address->isV4 ? 32 : 128;
    network.m_prefix = static_cast<int>(bits);
    if (slash != std::string_view::npos) {
        const auto suffix = text.substr(slash + 1);
        const bool isMapped = address->isV4 && text.find(':') < slash;
        const auto prefix = decimal(suffix, isMapped ? 128 : bits);
        if (!prefix || (isMapped && *prefix < 96)) {
            return std::nullopt;
        }
        network.m_prefix = static_cast<int>(isMapped ? *prefix - 96 : *prefix);
    }
    return network;
}

bool Network::contains(std::string_view text) const
{
    const auto address = parseAddress(text);
    if (!address || address->isV4 != m_address.isV4) {
        return false;
    }
    const auto whole = static_cast<std::size_t>(m_prefix / 8);
    if (!std::equal(m_address.bytes.begin(), m_address.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
            address->bytes.begin())) {
        return false;
    }
    const int rest = m_prefix % 8;
    return rest == 0 || (m_address.bytes[whole] ^ address->bytes[whole]) >> (8 - rest) == 0;
}

} // namespace octotrail::filter
