// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <QByteArrayView>
#include <chrono>
#include <optional>

namespace octotrail::okta {

/// What an answer says of the rate limit. Okta may send each header several times, once for each bucket that the
/// request counted in; then the smallest limit and remainder and the latest reset are kept.
/// https://developer.okta.com/docs/reference/rl-best-practices/
struct RateLimit
{
    std::optional<int> limit; ///< X-Rate-Limit-Limit: requests in a window
    std::optional<int> remaining; ///< X-Rate-Limit-Remaining: what is left of them
    std::optional<event::Timestamp> reset; ///< X-Rate-Limit-Reset: when the window ends, by Okta's clock
    bool operator==(const RateLimit &) const = default;
};

/// Reads the values of the three headers, each with all its values joined by commas.
RateLimit parseRateLimit(QByteArrayView limit, QByteArrayView remaining, QByteArrayView reset);

/// How long to wait after a 429: until the reset by the server's clock and a second more, a minute if the answer does
/// not tell, never under a second and never over five minutes.
std::chrono::seconds waitAfter(const RateLimit &limit, const std::optional<event::Timestamp> &serverDate);

/// Reads a Date header (RFC 9110 section 5.6.7, IMF-fixdate). Of several joined ones the first counts.
std::optional<event::Timestamp> parseHttpDate(QByteArrayView text);

} // namespace octotrail::okta
