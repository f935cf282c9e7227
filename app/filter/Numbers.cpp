// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Numbers.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace octotrail::filter {

namespace {

/// Takes digits off the front of text; whether there was one.
bool takeDigits(std::string_view &text)
{
    const auto end = text.find_first_not_of("0123456789");
    const auto count = end == std::string_view::npos ? text.size() : end;
    text.remove_prefix(count);
    return count > 0;
}

bool take(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// Whether a number that no double holds is too large for it, and not too small.
bool isHuge(std::string_view text)
{
    const auto mantissa = text.substr(0, text.find_first_of("eE"));
    auto exponent = text.substr(mantissa.size());
    long scale = 0;
    if (!exponent.empty()) {
        exponent.remove_prefix(1);
        take(exponent, '+');
        if (std::from_chars(exponent.data(), exponent.data() + exponent.size(), scale).ec != std::errc{}) {
            return exponent.front() != '-'; // more than any mantissa could make good
        }
    }
    const auto first = mantissa.find_first_of("123456789");
    const auto point = std::min(mantissa.find('.'), mantissa.size());
    return static_cast<long>(point) - static_cast<long>(first) + scale > 0;
}

} // namespace

bool isJsonNumber(std::string_view text)
{
    take(text, '-');
    if (!take(text, '0') && !takeDigits(text)) {
        return false;
    }
    if (take(text, '.') && !takeDigits(text)) {
        return false;
    }
    if (take(text, 'e') || take(text, 'E')) {
        if (!take(text, '-')) {
            take(text, '+');
        }
        if (!takeDigits(text)) {
            return false;
        }
    }
    return text.empty();
}

std::optional<double> jsonNumber(std::string_view text)
{
    // Most texts are no numbers, and most of those show it at once.
    if (text.empty() || (text.front() != '-' && (text.front() < '0' || text.front() > '9')) || !isJsonNumber(text)) {
        return std::nullopt;
    }
    return looseNumber(text);
}

std::optional<double> looseNumber(std::string_view text)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()) {
        return std::nullopt;
    }
    if (error == std::errc::result_out_of_range) {
        const double magnitude = isHuge(text) ? std::numeric_limits<double>::infinity() : 0;
        return text.front() == '-' ? -magnitude : magnitude;
    }
    return error == std::errc{} ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> integer(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

} // namespace octotrail::filter
