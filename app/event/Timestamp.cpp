// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Timestamp.h"

#include <array>
#include <cstdio>

namespace octotrail::event {

namespace {

using namespace std::chrono;

/// Takes exactly count digits off the front of text.
std::optional<int> takeDigits(std::string_view &text, std::size_t count)
{
    if (text.size() < count) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : text.substr(0, count)) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<sys_days> takeDate(std::string_view &text)
{
    const auto y = takeDigits(text, 4);
    if (!y || !take(text, '-')) {
        return std::nullopt;
    }
    const auto m = takeDigits(text, 2);
    if (!m || !take(text, '-')) {
        return std::nullopt;
    }
    const auto d = takeDigits(text, 2);
    if (!d) {
        return std::nullopt;
    }
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    return sys_days{date};
}

/// hh:mm[:ss[.fraction]]
std::optional<microseconds> takeTimeOfDay(std::string_view &text)
{
    const auto h = takeDigits(text, 2);
    if (!h || *h > 23 || !take(text, ':')) {
        return std::nullopt;
    }
    const auto m = takeDigits(text, 2);
    if (!m || *m > 59) {
        return std::nullopt;
    }
    microseconds time = hours{*h} + minutes{*m};
    if (!take(text, ':')) {
        return time;
    }
    const auto s = takeDigits(text, 2);
    if (!s || *s > 60) {
        return std::nullopt; // 60 is a leap second: counted as the first second of the next minute
    }
    time += seconds{*s};
    if (take(text, '.') || take(text, ',')) {
        int scale = 100'000;
        std::size_t digits = 0;
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            time += microseconds{(text.front() - '0') * scale};
            scale /= 10;
            text.remove_prefix(1);
            ++digits;
        }
        if (digits == 0) {
            return std::nullopt;
        }
    }
    return time;
}

/// Z, +hh:mm, -hhmm or nothing: what to subtract to get UTC.
std::optional<microseconds> takeOffset(std::string_view &text)
{
    if (text.empty() || take(text, 'Z') || take(text, 'z')) {
        return microseconds{0};
    }
    const bool east = text.front() == '+';
    if (!east && text.front() != '-') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const auto h = takeDigits(text, 2);
    if (!h || *h > 23) {
        return std::nullopt;
    }
    take(text, ':');
    const auto m = text.empty() ? std::optional<int>{0} : takeDigits(text, 2);
    if (!m || *m > 59) {
        return std::nullopt;
    }
    const microseconds offset = hours{*h} + minutes{*m};
    return east ? offset : -offset;
}

} // namespace

std::optional<Timestamp> parseTimestamp(std::string_view text)
{
    const auto date = takeDate(text);
    if (!date) {
        return std::nullopt;
    }
    if (text.empty()) {
        return Timestamp{*date};
    }
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) {
        return std::nullopt;
    }
    const auto time = takeTimeOfDay(text);
    if (!time) {
        return std::nullopt;
    }
    const auto offset = takeOffset(text);
    if (!offset || !text.empty()) {
        return std::nullopt;
    }
    return Timestamp{*date} + *time - *offset;
}

std::string formatTimestamp(Timestamp t)
{
    const auto midnight = floor<days>(t);
    const year_month_day date{midnight};
    const hh_mm_ss time{t - midnight};
    const auto fraction = time.subseconds().count();
    std::array<char, 48> buffer{};
    const bool milliseconds = fraction % 1000 == 0;
    const int length = std::snprintf(buffer.data(), buffer.size(),
        milliseconds ? "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ" : "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), static_cast<int>(milliseconds ? fraction / 1000 : fraction));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

Timestamp now()
{
    return floor<microseconds>(system_clock::now());
}

} // namespace octotrail::event
