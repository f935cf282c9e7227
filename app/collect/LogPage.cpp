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

namespace {

void readNext(const okta::Response &response, const QString &link, bool isFull, LogPage &page)
{
    constexpr qsizetype longestLink = 16 * 1024;
    if (!response.next) {
        // At the end of the log there may be none: then the same request is the place to go on.
        page.next = page.events.empty() ? LogPage::Next::CaughtUp : LogPage::Next::Missing;
        page.link = page.events.empty() ? link : QString();
        return;
    }
    page.hasNext = true;
    const QUrl target = response.url.resolved(QUrl::fromEncoded(*response.next, QUrl::StrictMode));
    if (!okta::isSameOrigin(target, response.url) || response.next->size() > longestLink) {
        page.next = LogPage::Next::Elsewhere;
        page.host = target.host().isEmpty() ? QObject::tr("an unreadable one") : target.host();
        return;
    }
    const bool isRelative = QUrl::fromEncoded(*response.next).isRelative();
    page.link = QString::fromUtf8(isRelative ? target.toEncoded() : *response.next);
    const bool isItself = page.link == link || target == response.url;
    if (isFull && isItself) {
        page.next = LogPage::Next::Itself;
    } else {
        page.next = isFull ? LogPage::Next::GoOn : LogPage::Next::CaughtUp;
    }
}

} // namespace

event::Result<LogPage> readLogPage(const okta::Response &response, const QString &link, event::EventReader &reader)
{
    const std::string_view body(response.body.constData(), static_cast<std::size_t>(response.body.size()));
    const auto elements = event::splitArray(body);
    if (!elements) {
        return event::failure(
            ErrorKind::Protocol, QObject::tr("A page of the log cannot be read: %1").arg(elements.error().sentence));
    }
    LogPage page;
    page.events.reserve(elements->size());
    for (const std::string_view element : *elements) {
        page.events.push_back(reader.read(std::string(element)));
        page.newest = std::max(page.newest, page.events.back().published());
    }
    const bool isFull
        = !elements->empty() && std::cmp_greater_equal(elements->size(), okta::systemlog::limitOf(response.url));
    readNext(response, link, isFull, page);
    return page;
}

} // namespace octotrail::collect
