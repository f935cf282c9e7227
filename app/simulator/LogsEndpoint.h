// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/EventLog.h"
#include "simulator/LogFilter.h"
#include "simulator/Random.h"
#include "simulator/Reply.h"

#include <QByteArray>
#include <QUrlQuery>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace octotrail::simulator {

/// GET /api/v1/logs: polling and bounded requests over an EventLog.
///
/// A request is polling if it has no until and is ascending: then the order is that of persistence and there is
/// always a next page, though it may be empty. Any other is bounded: ordered by published, and its last page has no
/// next. Lives in the server's thread.
class LogsEndpoint
{
public:
    /// duplicates: the share of events that are served again within the next pages of a poll.
    LogsEndpoint(const EventLog &log, double duplicates, quint64 seed);

    struct Page
    {
        std::vector<std::string_view> lines;
        QByteArray nextQuery; ///< the encoded query of the next request; empty if there is none
    };

    /// query as it was sent, encoded. now: the organization's time, against which defaults are reckoned.
    tl::expected<Page, Reply> page(const QByteArray &query, event::Timestamp now);

    static QByteArray body(const Page &page);

private:
    struct Request
    {
        event::Timestamp now;
        event::Timestamp since;
        event::Timestamp until;
        std::optional<std::pair<qint64, std::uint32_t>> after; ///< microseconds and index of the last event served
        int limit = 100;
        bool descending = false;
        bool polling = false;
        LogFilter filter;
    };
    tl::expected<Request, Reply> read(const QUrlQuery &query, event::Timestamp now) const;
    Page pollingPage(const Request &request, const QUrlQuery &query);
    Page boundedPage(const Request &request, const QUrlQuery &query);
    bool matches(const Request &request, std::size_t index);

    const EventLog &m_log;
    double m_duplicates;
    Random m_random;
    event::EventReader m_reader;
};

} // namespace octotrail::simulator
