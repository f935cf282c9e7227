// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "simulator/Random.h"

#include <QString>
#include <optional>
#include <vector>

namespace octotrail::simulator {

/// What a request's answer suffers.
struct RequestFault
{
    enum class Kind {
        Status, ///< this status, with the body that Okta or its load balancer gives it
        BareStatus, ///< the same without rate-limit and Date headers
        DoubledHeaders, ///< a 429 whose rate-limit headers occur twice, with different values
        PastReset, ///< a 429 whose limit was reset a minute ago
        Concurrency, ///< a 429 for too many requests at once: limit and remaining are 0
        Drop, ///< the connection is closed without an answer
        Reset, ///< the connection is reset in the middle of the answer
        Truncate, ///< half the body, then the connection is closed
        BadJson, ///< a whole body that is no JSON array: the end of it is missing
        BadGzip, ///< a compressed body that does not decompress
        Html, ///< a page of HTML with status 200, as a captive portal sends it
        EmptyPage, ///< [] although there is more, next being the same request
        NoLink, ///< the page without its next link
        OtherHost, ///< next names another host
        OtherPort, ///< next names another port of this host
        SelfLink, ///< next is the request itself
        JoinedLinks, ///< both links in one header, next first
        LoopLink, ///< next is the first request of the poll again
        Redirect, ///< 302 to another host
        Hang, ///< no answer; the connection stays open until the client closes it
        Slow, ///< the answer trickles in over two seconds
        DeadCursor, ///< 400 for a request with after, which Okta no longer knows; other requests are served
    };
    Kind kind = Kind::Status;
    int status = 0;
};

/// How the log itself is made harder to collect. Shares of events, from 0 to 1.
struct LogFaults
{
    double late = 0; ///< persisted 2 to 30 minutes after they were published
    double veryLate = 0; ///< persisted 1 second to 2 hours after they were published
    double behind = 0; ///< seen 1 second to 2 hours after they were persisted, at their old place in the order
    double reorder = 0; ///< persisted some seconds late, so that neighbours change places
    double nullTarget = 0; ///< target is null
    double oddFields = 0; ///< numbers for strings, the text "null" for addresses, objects for texts, unknown members
    double badEvent = 0; ///< no JSON, though its brackets balance
};

enum class Endpoint { Logs, Users, Devices, Organization, Token, Identity };

/// Faults by a specification, a list of rules separated by commas:
///
///     [ENDPOINT:]NAME[@N][*COUNT][=SHARE]
///
/// ENDPOINT  logs (if none is named), users, devices, org, token (/oauth2/v1/token) or me (/api/v1/users/me).
/// @N        the Nth request to the endpoint, from 1. *COUNT: so many in a row from there on (*: all of them).
///           Without @N from the first; 500*3 is the first three, 500@5 the fifth, 500@5* all from the fifth on.
/// =SHARE    every request with this probability, e.g. 503=0.1. For late, very-late, behind, reorder, duplicate,
/// null-target,
///           odd-fields and bad-event the share of events; null-target and odd-fields alone mean a tenth.
/// NAME      for requests: a status from 400 to 599; 429-bare, 429-double, 429-past, 429-concurrent; unauthorized,
/// forbidden;
///           drop, reset, truncate, badjson, badgzip, html, empty-page, nolink, otherhost, otherport, selflink,
///           looplink, joined-links, redirect, hang, slow, dead-cursor;
///           for the log: late, very-late, behind (a poll that has passed them never serves them), reorder,
///           null-target, odd-fields, bad-event (not with a replayed file); for pages: duplicate=SHARE, events served a
///           second time within the next pages of a poll; clock=SECONDS: how far the server's clock (its Date header)
///           is ahead, negative if behind.
///
/// Example: 429*3,500@5,drop@7,truncate@9,late=0.02,duplicate=0.01,odd-fields
///
/// A fault never changes what the log holds: a correct collector ends with exactly Simulator::log().
class Faults
{
public:
    static event::Result<Faults> parse(const QString &specification, quint64 seed = 1);

    /// The fault of the number-th request to an endpoint. A rule for a certain request goes before one with a share.
    std::optional<RequestFault> forRequest(Endpoint endpoint, qint64 number);

    const LogFaults &log() const { return m_log; }
    double duplicateShare() const { return m_duplicates; }
    int clockOffsetSeconds() const { return m_clockOffset; }

private:
    struct Rule
    {
        Endpoint endpoint = Endpoint::Logs;
        RequestFault fault;
        qint64 first = 1;
        qint64 count = 1;
        double share = -1; ///< negative: by number
    };
    event::Status add(const QString &text);

    std::vector<Rule> m_rules;
    LogFaults m_log;
    double m_duplicates = 0;
    int m_clockOffset = 0;
    Random m_random{1};
};

} // namespace octotrail::simulator
