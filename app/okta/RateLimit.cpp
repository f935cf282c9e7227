// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/RateLimit.h"

#include <QByteArray>
#include <QList>
#include <algorithm>
#include <array>

namespace octotrail::okta {

using namespace std::chrono_literals;

namespace {

constexpr auto waitIfUntold = 60s;
constexpr auto shortestWait = 1s;
constexpr auto longestWait = std::chrono::seconds(5min);

QList<qint64> numbers(QByteArrayView values)
{
    QList<qint64> found;
    const QByteArray joined = values.toByteArray().replace('\n', ',');
    for (const QByteArray &value : joined.split(',')) {
        bool isNumber = false;
        const qint64 number = value.trimmed().toLongLong(&isNumber);
        if (isNumber && number >= 0) {
            found.append(number);
        }
    }
    return found;
}

std::optional<int> smallest(QByteArrayView values)
{
    const auto found = numbers(values);
    if (found.isEmpty()) {
        return std::nullopt;
    }
    constexpr qint64 most = std::numeric_limits<int>::max();
    return static_cast<int>(std::min(most, *std::min_element(found.begin(), found.end())));
}

} // namespace

RateLimit parseRateLimit(QByteArrayView limit, QByteArrayView remaining, QByteArrayView reset)
{
    RateLimit parsed{smallest(limit), smallest(remaining), std::nullopt};
    const auto resets = numbers(reset);
    if (!resets.isEmpty()) {
        constexpr qint64 lastOfTime = 253'402'300'799; // 9999-12-31: beyond, the header is nonsense
        const qint64 latest = *std::max_element(resets.begin(), resets.end());
        if (latest <= lastOfTime) {
            parsed.reset = event::Timestamp(std::chrono::seconds(latest));
        }
    }
    return parsed;
}

std::chrono::seconds waitAfter(const RateLimit &limit, const std::optional<event::Timestamp> &serverDate)
{
    if (!limit.reset || !serverDate) {
        return waitIfUntold;
    }
    const auto wait = std::chrono::ceil<std::chrono::seconds>(*limit.reset - *serverDate) + 1s;
    return std::clamp<std::chrono::seconds>(wait, shortestWait, longestWait);
}

std::optional<event::Timestamp> parseHttpDate(QByteArrayView text)
{
    // "Sun, 06 Nov 1994 08:49:37 GMT": the comma is the date's own, so that joined values cannot be split at it.
    static constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const QList<QByteArray> parts = text.toByteArray().simplified().split(' ');
    if (parts.size() < 6 || !parts[5].startsWith("GMT") || parts[4].size() != 8) {
        return std::nullopt;
    }
    const auto month = std::find(months.begin(), months.end(), parts[2]);
    const QList<QByteArray> time = parts[4].split(':');
    if (month == months.end() || time.size() != 3 || parts[1].size() != 2 || parts[3].size() != 4) {
        return std::nullopt;
    }
    const auto monthNumber = std::distance(months.begin(), month) + 1;
    const QByteArray rfc3339 = parts[3] + '-' + QByteArray::number(monthNumber).rightJustified(2, '0') + '-' + parts[1]
        + 'T' + parts[4] + 'Z';
    return event::parseTimestamp(std::string_view(rfc3339.constData(), static_cast<std::size_t>(rfc3339.size())));
}

} // namespace octotrail::okta
