// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/LogStart.h"

#include "collect/Await.h"
#include "okta/Organization.h"
#include "okta/Origin.h"
#include "okta/SystemLog.h"

#include <algorithm>

namespace octotrail::collect {

using event::Timestamp;
using Start = store::SourceConfig::Start;

LogStart::LogStart(
    okta::Client &client, store::Store &store, const store::SourceConfig &source, int pageLimit, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_store(store)
    , m_source(source)
    , m_pageLimit(pageLimit)
    , m_queryHash(okta::systemlog::queryHash(source.origin, source.filter, pageLimit))
{ }

LogStart::~LogStart() = default;

QString LogStart::stream()
{
    return QStringLiteral("Okta.SystemLog");
}

store::Checkpoint LogStart::checkpoint(const QString &link, const std::optional<Timestamp> &newest) const
{
    return {stream(), link, m_queryHash, newest, {}};
}

void LogStart::find(Done done)
{
    m_done = std::move(done);
    m_newest.reset();
    whenFinished(m_store.checkpoint(m_source.id, stream()), this, [this, search = ++m_search](const auto &read) {
        if (search == m_search && isBusy()) {
            onCheckpoint(read);
        }
    });
}

void LogStart::cancel()
{
    m_done = nullptr;
    m_call.reset();
}

void LogStart::end(const event::Result<Found> &found)
{
    m_call.reset();
    // The last thing: in it the next search may begin.
    std::exchange(m_done, nullptr)(found);
}

bool LogStart::stayWithinRetention()
{
    const bool isOld = m_source.start == Start::Date && m_source.startDate
        && *m_source.startDate < event::now() - okta::systemlog::retention;
    return isOld && !std::exchange(m_withinRetention, true);
}

void LogStart::onCheckpoint(const event::Result<std::optional<store::Checkpoint>> &read)
{
    if (!read) {
        end(tl::unexpected(read.error()));
        return;
    }
    const std::optional<store::Checkpoint> &known = *read;
    const bool isOfThisOrganization = known
        && (known->nextLink.isEmpty()
            || okta::isSameOrigin(QUrl::fromEncoded(known->nextLink.toUtf8()), m_source.origin));
    if (isOfThisOrganization) {
        m_newest = known->newestPublished;
        if (!known->nextLink.isEmpty() && known->queryHash == m_queryHash) {
            end(Found{known->nextLink, false, m_newest});
            return;
        }
    }
    if (!m_newest && m_source.start == Start::Date && m_source.startDate && !m_withinRetention) {
        beginAt(*m_source.startDate);
    } else {
        askForTheTime();
    }
}

void LogStart::askForTheTime()
{
    m_call = m_client.getAnonymously(okta::organizationUrl(m_client.origin()), [this](const okta::Answer &answer) {
        if (!answer && answer.error().status == 0) {
            end(tl::unexpected(answer.error().error));
            return;
        }
        // Who answers without a Date leaves us our own clock.
        const auto date = answer ? answer->date : answer.error().date;
        const Timestamp serverNow = date.value_or(event::now());
        const Timestamp oldest = serverNow - okta::systemlog::retention;
        if (m_newest) {
            // An event from the future would put the start behind all that is to come.
            beginAt(std::max(std::min(*m_newest, serverNow) - m_overlap, oldest));
        } else {
            const Timestamp since = configuredStart(serverNow);
            beginAt(m_withinRetention ? std::max(since, oldest) : since);
        }
    });
}

Timestamp LogStart::configuredStart(Timestamp serverNow) const
{
    using std::chrono::days;
    switch (m_source.start) {
    case Start::Now:
        return serverNow;
    case Start::Days1:
        return serverNow - days(1);
    case Start::Days7:
        return serverNow - days(7);
    case Start::Days30:
        return serverNow - days(30);
    case Start::Days90:
        return serverNow - days(90);
    case Start::Date:
        break;
    }
    return m_source.startDate.value_or(serverNow);
}

void LogStart::beginAt(Timestamp since)
{
    const QUrl url = okta::systemlog::firstPage(m_source.origin, since, m_source.filter, m_pageLimit);
    const Found found{QString::fromLatin1(url.toEncoded()), true, m_newest};
    whenFinished(m_store.putCheckpoint(m_source.id, checkpoint(found.link, m_newest)), this,
        [this, found, search = m_search](const event::Status &status) {
            if (search == m_search && isBusy()) {
                end(status ? event::Result<Found>(found) : tl::unexpected(status.error()));
            }
        });
}

} // namespace octotrail::collect
