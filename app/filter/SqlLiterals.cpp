// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/SqlLiterals.h"

#include <array>
#include <charconv>

namespace octotrail::filter::sqltext {

namespace {

std::string literalOf(double value)
{
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return "CAST('" + std::string(buffer.data(), end) + "' AS DOUBLE)"; // 1e400 and the like have no other form
}

} // namespace

std::string quoted(std::string_view text)
{
    std::string written(1, '\'');
    for (const char c : text) {
        if (c == '\0') { // would end the statement
            written += "' || chr(0) || '";
            continue;
        }
        written += c;
        if (c == '\'') {
            written += c;
        }
    }
    written += '\'';
    return text.find('\0') != std::string_view::npos ? "(" + written + ")" : written;
}

std::string literal(const SqlValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value)) {
        return quoted(*text);
    }
    if (const auto *integer = std::get_if<std::int64_t>(&value)) {
        return std::to_string(*integer);
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return literalOf(*number);
    }
    if (const auto *truth = std::get_if<bool>(&value)) {
        return *truth ? "true" : "false";
    }
    if (const auto *time = std::get_if<event::Timestamp>(&value)) {
        std::string written = event::formatTimestamp(*time);
        written.pop_back(); // the Z: columns are in UTC and know no zones
        return "TIMESTAMP '" + written + "'";
    }
    return "NULL"; // bytes are never asked for in plain text
}

std::optional<std::pair<std::uint32_t, std::uint32_t>> rangeOfNetwork(std::string_view network)
{
    std::uint32_t address = 0;
    const char *at = network.data();
    const char *const end = network.data() + network.size();
    for (int octet = 0; octet < 4; ++octet) {
        std::uint32_t value = 256;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc() || value > 255 || (octet < 3 && (next == end || *next != '.'))) {
            return std::nullopt;
        }
        address = address << 8 | value;
        at = octet < 3 ? next + 1 : next;
    }
    std::uint32_t prefix = 32;
    if (at != end && (*at != '/' || std::from_chars(at + 1, end, prefix).ec != std::errc() || prefix > 32)) {
        return std::nullopt;
    }
    const std::uint32_t mask = prefix == 0 ? 0 : ~std::uint32_t{0} << (32 - prefix);
    return std::pair(address & mask, address | ~mask);
}

} // namespace octotrail::filter::sqltext
