// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/LogsEndpoint.h"

#include <algorithm>

namespace octotrail::simulator {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using event::Timestamp;

namespace {

constexpr int maxLimit = 1000;
constexpr std::chrono::days defaultSpan{7};
constexpr std::chrono::days oldestSince{180};
constexpr std::size_t duplicateReach = 1500; // farther than a page, so that duplicates also come on the next one

std::optional<Timestamp> timeOf(const QString &text)
{
    return event::parseTimestamp(text.toStdString());
}

QString decoded(const QUrlQuery &query, const QString &key)
{
    return query.queryItemValue(key, QUrl::FullyDecoded);
}

/// A plus is a space here; in times it is the sign of an offset.
QString decodedWords(const QUrlQuery &query, const QString &key)
{
    QString text = query.queryItemValue(key, QUrl::FullyEncoded);
    text.replace(u'+', u' ');
    return QUrl::fromPercentEncoding(text.toUtf8());
}

QByteArray withCursor(QUrlQuery query, qint64 first, std::uint64_t second)
{
    query.removeAllQueryItems(u"after"_s);
    query.addQueryItem(u"after"_s, u"%1_%2"_s.arg(first).arg(second));
    return query.toString(QUrl::FullyEncoded).toUtf8();
}

std::optional<std::pair<qint64, std::uint32_t>> cursorOf(const QString &text)
{
    const qsizetype line = text.indexOf(u'_');
    bool okFirst = false;
    bool okSecond = false;
    const qint64 first = text.left(line).toLongLong(&okFirst);
    const uint second = text.mid(line + 1).toUInt(&okSecond);
    return line > 0 && okFirst && okSecond ? std::optional(std::pair(first, second)) : std::nullopt;
}

qint64 micros(Timestamp t)
{
    return t.time_since_epoch().count();
}

} // namespace

LogsEndpoint::LogsEndpoint(const EventLog &log, double duplicates, quint64 seed)
    : m_log(log)
    , m_duplicates(duplicates)
    , m_random(seed, 0xd0b1e)
{ }

tl::expected<LogsEndpoint::Request, Reply> LogsEndpoint::read(const QUrlQuery &query, Timestamp now) const
{
    Request request;
    request.now = now;
    const QString sortOrder = decoded(query, u"sortOrder"_s);
    request.descending = sortOrder.compare(u"DESCENDING"_s, Qt::CaseInsensitive) == 0;
    if (!sortOrder.isEmpty() && !request.descending && sortOrder.compare(u"ASCENDING"_s, Qt::CaseInsensitive) != 0) {
        return tl::unexpected(errorReply(400, "E0000001", "Api validation failed: sortOrder",
            {"sortOrder: must be either ASCENDING or DESCENDING"}));
    }
    const QString until = decoded(query, u"until"_s);
    request.polling = until.isEmpty() && !request.descending;
    request.until = now + 1us;
    if (!until.isEmpty()) {
        const auto time = timeOf(until);
        if (!time) {
            return tl::unexpected(errorReply(400, "E0000001", "Api validation failed: until",
                {"until: The date format in your query is not recognized. Please enter dates using ISO8601 string "
                 "format."}));
        }
        request.until = *time;
    }
    request.since = (until.isEmpty() ? now : request.until) - defaultSpan;
    if (const QString since = decoded(query, u"since"_s); !since.isEmpty()) {
        const auto time = timeOf(since);
        if (!time) {
            return tl::unexpected(errorReply(400, "E0000030",
                "Invalid date. Valid date format: yyyy-MM-dd'T'HH:mm:ss.SSSZZ, e.g. 2013-01-01T12:00:00.000-07:00"));
        }
        request.since = *time;
        // A replayed file may be older than what Okta keeps, and is to be had all the same.
        const bool isOldLog = m_log.size() > 0 && m_log.persisted(0) < now - oldestSince;
        if (request.since < now - oldestSince && !isOldLog) {
            return tl::unexpected(errorReply(
                400, "E0000053", "Invalid parameter: The since parameter is over 180 days prior to the current day."));
        }
    }
    if (const QString limit = decoded(query, u"limit"_s); !limit.isEmpty()) {
        bool isNumber = false;
        request.limit = limit.toInt(&isNumber);
        if (!isNumber || request.limit < 0 || request.limit > maxLimit) {
            return tl::unexpected(
                errorReply(400, "E0000001", "Api validation failed: limit", {"limit: must be between 0 and 1000"}));
        }
    }
    if (const QString after = decoded(query, u"after"_s); !after.isEmpty()) {
        request.after = cursorOf(after);
        if (!request.after || request.after->second > m_log.size()) {
            return tl::unexpected(errors::invalidSearchCriteria());
        }
    }
    auto filter = LogFilter::make(decodedWords(query, u"filter"_s), decodedWords(query, u"q"_s));
    if (!filter) {
        return tl::unexpected(filter.error());
    }
    request.filter = *std::move(filter);
    return request;
}

tl::expected<LogsEndpoint::Page, Reply> LogsEndpoint::page(const QByteArray &query, Timestamp now)
{
    const QUrlQuery items(QString::fromUtf8(query));
    const auto request = read(items, now);
    if (!request) {
        return tl::unexpected(request.error());
    }
    return request->polling ? pollingPage(*request, items) : boundedPage(*request, items);
}

bool LogsEndpoint::matches(const Request &request, std::size_t index)
{
    return m_log.isVisible(index, request.now)
        && (request.filter.matchesAll() || request.filter.matches(m_log.line(index), m_reader));
}

LogsEndpoint::Page LogsEndpoint::pollingPage(const Request &request, const QUrlQuery &query)
{
    // The cursor is the position in the order of persistence, with the time there as Okta writes it before.
    std::size_t index = request.after ? request.after->second : m_log.firstPersistedSince(request.since);
    const auto limit = static_cast<std::size_t>(request.limit);
    Page page;
    page.lines.reserve(limit);
    for (; index < m_log.size() && page.lines.size() < limit; ++index) {
        if (!matches(request, index)) {
            continue;
        }
        page.lines.push_back(m_log.line(index));
        if (m_duplicates > 0 && page.lines.size() < limit && m_random.chance(m_duplicates)) {
            const auto back
                = static_cast<std::size_t>(m_random.below(static_cast<int>(std::min(index, duplicateReach))));
            if (matches(request, index - back)) {
                page.lines.push_back(m_log.line(index - back));
            }
        }
    }
    const Timestamp at = index > 0 ? m_log.persisted(index - 1) : request.since;
    page.nextQuery = withCursor(query, micros(at) / 1000, index);
    return page;
}

LogsEndpoint::Page LogsEndpoint::boundedPage(const Request &request, const QUrlQuery &query)
{
    const std::vector<std::uint32_t> &order = m_log.byPublished();
    const auto key = [this](std::uint32_t index) { return std::pair(micros(m_log.published(index)), index); };
    // The cursor is the last event served, so that events which arrive late in between move nothing.
    const auto lower
        = [&](std::pair<qint64, std::uint32_t> bound) { return std::ranges::lower_bound(order, bound, {}, key); };
    auto first = lower({micros(request.since), 0});
    auto last = lower({micros(request.until), 0});
    if (request.after) {
        if (request.descending) {
            last = std::min(last, lower(*request.after));
        } else {
            first = std::max(first, std::ranges::upper_bound(order, *request.after, {}, key));
        }
    }
    const auto limit = static_cast<std::size_t>(request.limit);
    Page page;
    std::optional<std::uint32_t> lastServed;
    while (first < last) {
        const std::uint32_t index = request.descending ? *--last : *first++;
        if (!matches(request, index)) {
            continue;
        }
        if (page.lines.size() == limit) {
            if (lastServed) {
                page.nextQuery = withCursor(query, key(*lastServed).first, *lastServed);
            }
            break;
        }
        page.lines.push_back(m_log.line(index));
        lastServed = index;
    }
    return page;
}

QByteArray LogsEndpoint::body(const Page &page)
{
    std::size_t size = page.lines.size() + 2;
    for (const std::string_view line : page.lines) {
        size += line.size();
    }
    QByteArray body;
    body.reserve(static_cast<qsizetype>(size));
    body += '[';
    for (const std::string_view line : page.lines) {
        if (body.size() > 1) {
            body += ',';
        }
        body.append(line.data(), static_cast<qsizetype>(line.size()));
    }
    return body += ']';
}

} // namespace octotrail::simulator
