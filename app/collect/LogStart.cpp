// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/LogStart.h"

#include "collect/Await.h"
#include "okta/Organization.h"
#include "okta/Origin.h"
#include "okta/SystemLog.h"

namespace octotrail::collect {

using event::Timestamp;
using Start = store::SourceConfig::Start;

LogStart::LogStart(
    okta::Client &client, store::Store &store, const store::SourceConfig &source, const Pace &pace, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_store(store)
    , m_coverage(store)
    , m_source(source)
    , m_pace(pace)
    , m_queryHash(okta::systemlog::queryHash(source.origin, source.filter, pace.pageLimit))
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
    m_clockSkew.reset();
    m_link.clear();
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
    return m_source.start == Start::Date && m_source.startDate && !std::exchange(m_withinRetention, true);
}

// What the store knows

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
        m_link = known->queryHash == m_queryHash ? known->nextLink : QString();
    }
    whenFinished(m_coverage.standing(m_source.id), this, [this, search = m_search](const auto &standing) {
        if (search == m_search && isBusy()) {
            onStanding(standing);
        }
    });
}

void LogStart::onStanding(const event::Result<store::Coverage::Standing> &read)
{
    if (!read) {
        end(tl::unexpected(read.error()));
        return;
    }
    m_standing = *read;
    const bool isDated = m_source.start == Start::Date && m_source.startDate && !m_withinRetention;
    if (m_pace.catchUp || (m_link.isEmpty() && !(isDated && !m_newest))) {
        askForTheTime();
    } else if (m_link.isEmpty()) {
        beginAt(*m_source.startDate, *m_source.startDate);
    } else {
        goOn(isDated ? m_source.startDate : std::nullopt);
    }
}

/// Whether what the ledger says is about this organization and filter.
bool LogStart::isOurQuery() const
{
    return m_standing.goal
        && (m_standing.goal->query.isEmpty()
            || m_standing.goal->query == okta::systemlog::queryHash(m_source.origin, m_source.filter));
}

std::optional<Timestamp> LogStart::lastCovered() const
{
    const auto &ranges = m_standing.covered.ranges();
    return ranges.empty() ? m_newest : ranges.back().until;
}

// Okta's time

void LogStart::askForTheTime()
{
    m_call = m_client.getAnonymously(okta::organizationUrl(m_client.origin()), [this](const okta::Answer &answer) {
        if (!answer && answer.error().status == 0) {
            end(tl::unexpected(answer.error().error));
            return;
        }
        // Who answers without a Date leaves us our own clock.
        const auto date = answer ? answer->date : answer.error().date;
        m_clockSkew = answer ? answer->clockSkew : answer.error().clockSkew;
        onTime(date.value_or(event::now()));
    });
}

void LogStart::onTime(Timestamp serverNow)
{
    const Timestamp oldest = serverNow - okta::systemlog::retention;
    Timestamp wanted = configuredStart(serverNow);
    if (m_withinRetention) {
        wanted = std::max(wanted, oldest);
    }
    const std::optional<Timestamp> last = lastCovered();
    if (!m_link.isEmpty() && !(last && isOld(*last, serverNow))) {
        goOn(wanted);
        return;
    }
    // An event from the future would put the start behind all that is to come.
    const Timestamp since = m_newest ? std::max(std::min(*m_newest, serverNow) - m_overlap, oldest) : wanted;
    if (!isOld(since, serverNow)) {
        beginAt(since, wanted);
    } else {
        beginAt(serverNow - usualOverlap, wanted, m_newest ? std::optional(*m_newest - usualLateness) : std::nullopt);
    }
}

/// Too long ago for the poll to read it all before it comes to what happens now.
bool LogStart::isOld(Timestamp time, Timestamp serverNow) const
{
    return m_pace.catchUp && serverNow - time > *m_pace.catchUp;
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

// What is found

/// At the checkpoint. The user may want more of the past than before.
void LogStart::goOn(std::optional<Timestamp> wanted)
{
    const auto since = m_standing.goal ? m_standing.goal->liveSince : m_newest;
    const Found found{m_link, false, m_newest, since, m_clockSkew};
    const bool isMore = wanted && m_standing.goal && (!m_standing.goal->since || *wanted < *m_standing.goal->since);
    if (m_standing.goal && !isMore) {
        end(found);
        return;
    }
    store::CoverageGoal goal = m_standing.goal.value_or(store::CoverageGoal{since, since, {}, false, {}});
    goal.query = okta::systemlog::queryHash(m_source.origin, m_source.filter);
    goal.since = isMore ? wanted : goal.since;
    whenFinished(m_coverage.begin(m_source.id, checkpoint(m_link, m_newest), goal), this,
        [this, found, search = m_search](const event::Status &status) {
            if (search == m_search && isBusy()) {
                end(status ? event::Result<Found>(found) : tl::unexpected(status.error()));
            }
        });
}

void LogStart::beginAt(Timestamp since, Timestamp wanted, std::optional<Timestamp> forgetSince)
{
    const QUrl url = okta::systemlog::firstPage(m_source.origin, since, m_source.filter, m_pace.pageLimit);
    const Found found{QString::fromLatin1(url.toEncoded()), true, m_newest, since, m_clockSkew};
    store::CoverageGoal goal = m_standing.goal.value_or(store::CoverageGoal());
    goal.since = std::min({goal.since.value_or(wanted), wanted, since});
    goal.liveSince = since;
    goal.query = okta::systemlog::queryHash(m_source.origin, m_source.filter);
    if (!isOurQuery()) {
        goal.reconciled.reset();
    }
    whenFinished(m_coverage.begin(m_source.id, checkpoint(found.link, m_newest), goal, forgetSince), this,
        [this, found, search = m_search](const event::Status &status) {
            if (search == m_search && isBusy()) {
                end(status ? event::Result<Found>(found) : tl::unexpected(status.error()));
            }
        });
}

} // namespace octotrail::collect
