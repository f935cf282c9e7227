// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScriptedLog.h"

#include <QUrlQuery>
#include <algorithm>

namespace octotrail::tests {

ScriptedLog::ScriptedLog(Pages pages)
    : m_pages(std::move(pages))
    , m_server([this](const HttpRequest &request) {
        if (request.path == "/.well-known/okta-organization") {
            return reply(200, R"({"id":"00o1","pipeline":"idx"})", {dateHeader(m_clockOffset)});
        }
        return m_pages(request.path);
    })
{ }

QList<QByteArray> ScriptedLog::asked() const
{
    QList<QByteArray> paths;
    for (const HttpRequest &request : m_server.requests()) {
        if (request.path.startsWith("/api/v1/logs")) {
            paths.append(request.path);
        }
    }
    return paths;
}

event::Timestamp ScriptedLog::published(int number)
{
    static const event::Timestamp first
        = std::chrono::floor<std::chrono::seconds>(event::now()) - std::chrono::hours(24);
    return first + std::chrono::seconds(number);
}

std::optional<event::Timestamp> ScriptedLog::sinceOf(const QByteArray &path)
{
    const QUrlQuery query(QUrl::fromEncoded(path));
    return event::parseTimestamp(query.queryItemValue(QStringLiteral("since"), QUrl::FullyDecoded).toStdString());
}

int ScriptedLog::firstSince(event::Timestamp since)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(since - published(0)).count();
    return static_cast<int>(std::max<std::int64_t>(0, seconds));
}

std::string ScriptedLog::event(int number)
{
    return R"({"uuid":"u)" + std::to_string(number) + R"(","published":")" + event::formatTimestamp(published(number))
        + R"(","eventType":"user.session.start","version":"0","target":null})";
}

QByteArray ScriptedLog::page(int first, int count)
{
    QByteArray body = "[";
    for (int i = first; i < first + count; ++i) {
        body += (i > first ? "," : "") + QByteArray::fromStdString(event(i));
    }
    return body + "]";
}

HttpReply ScriptedLog::pageTo(int first, int count, const QByteArray &next) const
{
    QList<QByteArray> headers{dateHeader(m_clockOffset), "Link: <" + link("/self") + ">; rel=\"self\""};
    if (!next.isEmpty()) {
        headers.append("Link: <" + next + ">; rel=\"next\"");
    }
    return reply(200, page(first, count), headers);
}

} // namespace octotrail::tests
