// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Worker.h"

namespace octotrail::collect {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds tellingPause = 100ms;

} // namespace

Worker::Worker(WorkerSetup setup)
    : m_setup(std::move(setup))
    , m_status(m_setup.status)
{ }

Worker::~Worker() = default;

void Worker::begin()
{
    const store::SourceConfig &source = m_setup.source;
    store::Store &store = *m_setup.store;
    m_status.source = source.id;
    m_status.usersSentence.clear();
    m_status.devicesSentence.clear();
    m_telling = std::make_unique<QTimer>();
    m_telling->setSingleShot(true);
    connect(m_telling.get(), &QTimer::timeout, this, &Worker::tell);
    okta::Client::Options options = m_setup.pace.client;
    if (const auto route = okta::prepare(m_setup.route)) {
        options.route = *route;
    } else {
        m_status.state = State::NeedsAttention;
        m_status.kind = event::ErrorKind::Network; // the way there, whatever is wrong with it
        m_status.sentence = m_status.lastFault = route.error().sentence;
        m_status.lastFaultTime = event::now();
        tell();
        return;
    }
    m_client = std::make_unique<okta::Client>(source.origin, m_setup.credentials, options);
    m_client->setLimiter(m_setup.limiter, source.rateShare);
    m_callsBefore = m_status.calls;

    if (source.users) {
        m_users = std::make_unique<ProfileRefresher>(
            store::ProfileKind::User, *m_client, store, source, m_setup.pace, m_status.users, m_status.usersSentence);
    }
    if (source.devices) {
        m_devices = std::make_unique<ProfileRefresher>(store::ProfileKind::Device, *m_client, store, source,
            m_setup.pace, m_status.devices, m_status.devicesSentence);
    }
    for (ProfileRefresher *refresher : {m_users.get(), m_devices.get()}) {
        if (refresher) {
            connect(refresher, &ProfileRefresher::changed, this, &Worker::onChanged);
            connect(refresher, &ProfileRefresher::settled, this, &Worker::onSettled);
            refresher->start();
        }
    }
    if (source.logTypes.contains(LogStart::stream())) {
        m_log = std::make_unique<LogPoll>(*m_client, store, source, m_setup.pace, m_status);
        connect(m_log.get(), &LogPoll::changed, this, &Worker::onChanged);
        connect(m_log.get(), &LogPoll::caughtUp, this, &Worker::onCaughtUp);
        m_gaps = std::make_unique<GapFiller>(*m_client, store, source, m_setup.pace, m_status);
        connect(m_log.get(), &LogPoll::began, m_gaps.get(), &GapFiller::start);
        connect(m_gaps.get(), &GapFiller::changed, this, &Worker::onChanged);
        connect(m_gaps.get(), &GapFiller::settled, this, &Worker::onSettled);
        m_reconciler = std::make_unique<Reconciler>(*m_client, store, source, m_setup.pace, m_status);
        connect(m_reconciler.get(), &Reconciler::changed, this, &Worker::onChanged);
        m_log->start();
    }
}

void Worker::pause()
{
    m_caughtUp = false;
    for (ProfileRefresher *refresher : {m_users.get(), m_devices.get()}) {
        if (refresher) {
            refresher->pause();
        }
    }
    if (m_log) {
        m_log->pause();
        m_gaps->stop();
        m_reconciler->stop();
    }
}

void Worker::resume()
{
    for (ProfileRefresher *refresher : {m_users.get(), m_devices.get()}) {
        if (refresher) {
            refresher->resume();
        }
    }
    if (m_log) {
        m_log->resume();
    }
}

void Worker::pollNow()
{
    if (!m_client) {
        begin(); // the file that was missing may be there
        return;
    }
    for (ProfileRefresher *refresher : {m_users.get(), m_devices.get()}) {
        if (refresher) {
            refresher->retryNow();
        }
    }
    if (m_log) {
        m_log->pollNow();
    }
}

void Worker::pauseBackfill()
{
    if (m_gaps) {
        m_gaps->pause();
    }
}

void Worker::resumeBackfill()
{
    if (m_gaps) {
        m_gaps->resume();
    }
}

void Worker::cancelBackfill()
{
    if (m_gaps) {
        m_gaps->cancel();
    }
}

void Worker::fill(const event::TimeRange &range)
{
    if (m_gaps) {
        m_gaps->fill(range);
    }
}

void Worker::setCredentials(const okta::Credentials &credentials)
{
    m_setup.credentials = credentials;
    m_ownerAsked = false;
    m_status.owner.clear();
    if (!m_client) {
        begin();
        return;
    }
    m_client->setCredentials(credentials);
    if (m_status.state != State::Paused) {
        pause(); // what is on its way is of the old ones
        resume();
    }
}

/// Once things go well: it is good to know, and nothing waits for it.
void Worker::askOwner()
{
    if (m_setup.credentials.app() || std::exchange(m_ownerAsked, true)) {
        return;
    }
    m_owner = std::make_unique<okta::TokenOwnerQuery>(*m_client);
    connect(m_owner.get(), &okta::TokenOwnerQuery::finished, this, [this](const okta::TokenOwner &owner) {
        m_status.owner = owner.id.isEmpty() ? QString() : owner.description();
        onChanged();
    });
    m_owner->start();
}

void Worker::onChanged()
{
    if (m_status.state != m_toldState) {
        tell();
    } else if (!m_telling->isActive()) {
        m_telling->start(tellingPause);
    }
}

void Worker::tell()
{
    m_telling->stop();
    m_toldState = m_status.state;
    count();
    Q_EMIT statusChanged(m_status);
}

void Worker::count()
{
    if (!m_client) {
        return;
    }
    m_status.calls = m_callsBefore + m_client->requestCount();
    m_status.budgets.clear();
    for (const okta::Limiter::Budget &budget : m_setup.limiter->budgets(m_setup.source.rateShare)) {
        m_status.budgets.append({budget.endpoint, budget.limit, budget.remaining, budget.ours, budget.reset});
    }
}

bool Worker::refreshes() const
{
    return (m_users && m_users->isBusy()) || (m_devices && m_devices->isBusy()) || (m_gaps && m_gaps->isBusy());
}

void Worker::onCaughtUp(event::Timestamp serverTime)
{
    m_gaps->start();
    m_reconciler->onCaughtUp(serverTime);
    askOwner();
    m_caughtUp = true;
    onSettled();
}

void Worker::onSettled()
{
    if (m_caughtUp && !refreshes()) {
        m_caughtUp = false;
        tell();
        Q_EMIT caughtUp();
    }
}

} // namespace octotrail::collect
