// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "HttpServer.h"
#include "event/Timestamp.h"

#include <QList>
#include <functional>
#include <optional>
#include <string>

namespace octotrail::tests {

/// An organization whose log is what a test says, page by page: link by link, if need be. Counts what runs at once.
class ScriptedLog
{
public:
    /// Given the path with its query, e.g. /api/v1/logs?after=2.
    using Pages = std::function<HttpReply(const QByteArray &path)>;

    explicit ScriptedLog(Pages pages);
    void setPages(Pages pages) { m_pages = std::move(pages); }

    QUrl origin() const { return m_server.origin(); }
    /// A link to here.
    QByteArray link(const QByteArray &path) const { return m_server.origin().toEncoded() + path; }
    /// What was asked for of the log.
    QList<QByteArray> asked() const;
    const QList<HttpRequest> &requests() const { return m_server.requests(); }
    /// Seconds that the server's clock is ahead of ours.
    void setClockOffset(qint64 seconds) { m_clockOffset = seconds; }
    qint64 clockOffset() const { return m_clockOffset; }

    /// [first, first + count) of made-up events, a second apart from a day ago on.
    static QByteArray page(int first, int count);
    static std::string event(int number);
    static event::Timestamp published(int number);
    /// What a request has for since, if it has.
    static std::optional<event::Timestamp> sinceOf(const QByteArray &path);
    /// The number of the first event published since then.
    static int firstSince(event::Timestamp since);
    /// A page with a next link, empty for none.
    HttpReply pageTo(int first, int count, const QByteArray &next) const;

private:
    qint64 m_clockOffset = 0;
    Pages m_pages;
    HttpServer m_server;
};

inline const QByteArray scriptedToken = "00tokenOfAScript";

/// The events of these numbers from 0.
inline std::vector<std::string> eventsUpTo(int count)
{
    std::vector<std::string> events;
    events.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        events.push_back(ScriptedLog::event(i));
    }
    return events;
}

/// An error as Okta words it.
inline QByteArray oktaError(const QByteArray &code, const QByteArray &summary)
{
    return R"({"errorCode":")" + code + R"(","errorSummary":")" + summary + R"(","errorCauses":[]})";
}

} // namespace octotrail::tests
