// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"
#include "okta/RateLimit.h"

#include <QByteArray>
#include <QString>
#include <QUrl>
#include <chrono>
#include <optional>
#include <tl/expected.hpp>

namespace octotrail::okta {

/// An answer of Okta's, whatever its status.
struct Response
{
    QUrl url; ///< that was asked for
    int status = 0;
    QByteArray body; ///< decompressed
    QByteArray location; ///< where a redirect leads
    std::optional<QByteArray> next; ///< Link with rel="next", verbatim
    QByteArray challenge; ///< WWW-Authenticate: why an access token was not taken
    QByteArray nonce; ///< DPoP-Nonce: what the next proof has to hold
    RateLimit rateLimit;
    std::optional<event::Timestamp> date; ///< the server's clock
    std::optional<std::chrono::milliseconds> clockSkew; ///< the server's clock minus ours, to about a second
    QByteArray requestId; ///< X-Okta-Request-Id: what Okta's support asks for
};

/// Why a request did not give what was asked for.
struct Fault
{
    event::Error error;
    int status = 0; ///< HTTP; 0 if there was no whole answer
    QString code; ///< Okta's, such as E0000011; empty if the answer has none
    RateLimit rateLimit;
    std::optional<event::Timestamp> date;
    std::optional<std::chrono::milliseconds> clockSkew;
    QByteArray requestId;
};

/// A response with status 200 and a JSON body, or why there is none.
using Answer = tl::expected<Response, Fault>;

} // namespace octotrail::okta
