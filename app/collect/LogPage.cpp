// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/LogPage.h"

#include "event/Json.h"
#include "okta/Origin.h"
#include "okta/SystemLog.h"

#include <QObject>
#include <algorithm>

namespace octotrail::collect {

using event::ErrorKind;

NextLink NextLink::of(const okta::Response &response, const QString &asked)
{
    constexpr qsizetype longestLink = 16 * 1024;
    if (!response.next) {
        return {};
    }
    const QUrl target = response.url.resolved(QUrl::fromEncoded(*response.next, QUrl::StrictMode));
    if (!okta::isSameOrigin(target, response.url) || response.next->size() > longestLink) {
        return {Leads::Elsewhere, {}, target.host().isEmpty() ? QObject::tr("an unreadable one") : target.host()};
    }
    const bool isRelative = QUrl::fromEncoded(*response.next).isRelative();
    const QString link = QString::fromUtf8(isRelative ? target.toEncoded() : *response.next);
    return {link == asked || target == response.url ? Leads::Back : Leads::On, link, {}};
}

event::Result<std::vector<event::LogEvent>> readLogEvents(const okta::Response &response, event::EventReader &reader)
{
    const std::string_view body(response.body.constData(), static_cast<std::size_t>(response.body.size()));
    const auto elements = event::splitArray(body);
    if (!elements) {
        return event::failure(
            ErrorKind::Protocol, QObject::tr("A page of the log cannot be read: %1").arg(elements.error().sentence));
    }
    std::vector<event::LogEvent> events;
    events.reserve(elements->size());
    for (const std::string_view element : *elements) {
        events.push_back(reader.read(std::string(element)));
    }
    return events;
}

event::Result<LogPage> readLogPage(const okta::Response &response, const QString &link, event::EventReader &reader)
{
    auto events = readLogEvents(response, reader);
    if (!events) {
        return tl::unexpected(events.error());
    }
    LogPage page;
    page.events = std::move(*events);
    for (const event::LogEvent &event : page.events) {
        page.newest = std::max(page.newest, event.published());
    }
    const bool isFull
        = !page.events.empty() && std::cmp_greater_equal(page.events.size(), okta::systemlog::limitOf(response.url));
    const NextLink next = NextLink::of(response, link);
    page.link = next.link;
    page.host = next.host;
    switch (next.leads) {
    case NextLink::Leads::Nowhere:
        // At the end of the log there may be none: then the same request is the place to go on.
        page.next = page.events.empty() ? LogPage::Next::CaughtUp : LogPage::Next::Missing;
        page.link = page.events.empty() ? link : QString();
        break;
    case NextLink::Leads::On:
        page.next = isFull ? LogPage::Next::GoOn : LogPage::Next::CaughtUp;
        break;
    case NextLink::Leads::Back:
        page.next = isFull ? LogPage::Next::Itself : LogPage::Next::CaughtUp;
        break;
    case NextLink::Leads::Elsewhere:
        page.next = LogPage::Next::Elsewhere;
        break;
    }
    return page;
}

} // namespace octotrail::collect
