// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CollectRun.h"

#include "collect/Await.h"

#include <QCoreApplication>
#include <QLocale>
#include <QLoggingCategory>
#include <chrono>

namespace octotrail::cli {

using namespace std::chrono_literals;

namespace {

/// A script that asked for one round is told of a dead network, instead of waiting for ever.
constexpr auto patienceOfOnce = 60s;
/// A service manager waits longer than this before it kills.
constexpr auto patienceAtTheEnd = 10s;

} // namespace

CollectRun::CollectRun(std::shared_ptr<store::Store> store, bool once, const notify::AlertForwarder::Routes &routes)
    : m_store(std::move(store))
    , m_once(once)
    , m_duty(std::make_unique<AlertDuty>(m_store, routes))
{
    connect(m_duty.get(), &AlertDuty::said, this, &CollectRun::say);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &CollectRun::onPatienceEnded);
    // What the collector logs of its faults is told here as it changes; QT_LOGGING_RULES can still ask for both.
    QLoggingCategory::setFilterRules(QStringLiteral("octotrail.collect.warning=false"));
}

CollectRun::~CollectRun() = default;

ExitCode CollectRun::run(const store::SourceConfig &source, const QByteArray &secret, const QByteArray &proxyPassword,
    const std::stop_token &stop)
{
    const std::stop_callback ending(stop, [this] {
        QMetaObject::invokeMethod(
            this, [this] { end(ExitCode::Success); }, Qt::QueuedConnection);
    });
    m_engine = std::make_unique<detect::Engine>(m_store);
    collect::Pace pace = collect::Pace::fromEnvironment();
    if (m_once) {
        // Nobody watches it live: the poll alone has Okta's word that it leaves nothing out.
        pace.catchUp.reset();
    }
    m_supervisor = std::make_unique<collect::Supervisor>(m_store, m_vault, pace);
    connect(m_supervisor.get(), &collect::Supervisor::sourcesChanged, this,
        [this] { m_duty->setSources(m_supervisor->sources()); });
    if (!m_once) {
        m_duty->watchForSilence(*m_supervisor);
    }
    connect(m_supervisor.get(), &collect::Supervisor::statusChanged, this, &CollectRun::onStatus);
    connect(m_supervisor.get(), &collect::Supervisor::caughtUp, this, [this](store::SourceId id) {
        const bool isFirst = m_caughtUp.isEmpty();
        m_caughtUp.insert(id);
        if (m_once) {
            finishIfDone();
        } else if (isFirst) {
            m_retention->purge();
        }
    });
    keepRetention();
    // Only this source is started, not the others that the store may hold.
    const auto password = proxyPassword.isEmpty() ? std::nullopt : std::optional(proxyPassword);
    collect::whenFinished(m_supervisor->put(source, secret, secrets::Vault::Place::Session, password), this,
        [this](const event::Result<store::SourceConfig> &added) {
            if (!added) {
                tell(added.error());
                end(exitCodeFor(added.error()));
                return;
            }
            m_source = *added;
            onStatus(m_supervisor->status(m_source.id));
        });
    if (m_once) {
        m_patience.start(patienceOfOnce);
    }
    if (!m_hasEnded) {
        QCoreApplication::exec();
    }
    if (m_source.id != 0) {
        m_status = m_supervisor->status(m_source.id);
    }
    m_duty->endWatch();
    m_retention.reset(); // asks the supervisor what time it is
    m_supervisor.reset();
    m_engine.reset();
    m_duty->finish(patienceAtTheEnd);
    m_duty.reset();
    m_progress.wipe();
    m_store.reset(); // checkpoints and closes before the last line is told
    tell(tr("collected %1 events, %2 duplicates, %3 pages")
             .arg(m_status.events)
             .arg(m_status.duplicates)
             .arg(m_status.pages));
    return m_code;
}

/// As a window does it, whatever source has a policy.
void CollectRun::keepRetention()
{
    m_retention = std::make_unique<collect::RetentionKeeper>(m_store);
    m_retention->setClock([this] { return m_supervisor->serverNow(); });
    connect(m_retention.get(), &collect::RetentionKeeper::purged, this,
        [this](const store::PurgeReport &report, const QString &source) {
            say(tr("Retention of %1: %2").arg(source, report.sentence(QLocale(QLocale::English))));
        });
    connect(m_retention.get(), &collect::RetentionKeeper::failed, this,
        [this](const QString &sentence) { say(tr("Old events could not be removed. %1").arg(sentence)); });
    connect(m_retention.get(), &collect::RetentionKeeper::finished, this, [this] {
        if (m_isDone) {
            end(ExitCode::Success);
        }
    });
}

void CollectRun::onStatus(const collect::SourceStatus &status)
{
    if (m_isDone || m_hasEnded || m_source.id == 0 || status.source != m_source.id) {
        return;
    }
    if (m_once && (status.pages != m_status.pages || status.lastPoll != m_status.lastPoll)) {
        m_patience.start(patienceOfOnce);
    }
    m_status = status;
    const bool isTrouble = status.state == collect::State::WaitingForLimit
        || status.state == collect::State::NeedsAttention
        || (status.state == collect::State::Retrying && status.nextTry);
    if (isTrouble && status.sentence != m_lastSentence) {
        say(status.sentence);
        m_lastSentence = status.sentence;
    }
    if (!m_once) {
        report(status);
    }
    if (status.state == collect::State::NeedsAttention) {
        end(ExitCode::Failure);
        return;
    }
    showProgress();
    finishIfDone();
}

/// What the log of a service should have beside its troubles: that they are over, and what is read of the past.
void CollectRun::report(const collect::SourceStatus &status)
{
    if (status.state == collect::State::Healthy) {
        if (!m_isHealthy || !m_lastSentence.isEmpty()) {
            say(tr("Up to date: %1 events so far.").arg(status.events));
        }
        m_isHealthy = true;
        m_lastSentence.clear();
    }
    const bool isFilling = status.backfill && !status.backfill->paused;
    if (isFilling != m_isFilling) {
        say(isFilling ? tr("Reading the past: %1 days.").arg(status.backfill->slices) : tr("The past is read."));
        m_isFilling = isFilling;
    }
    if (status.reconciled != m_reconciled) {
        say(tr("%1 late events were found by reading again.").arg(status.reconciled - m_reconciled));
        m_reconciled = status.reconciled;
    }
}

void CollectRun::say(const QString &sentence)
{
    m_progress.wipe();
    tell(sentence);
}

/// There was no answer for a while: a wait that Okta asked for is no reason to give up, a dead network is.
void CollectRun::onPatienceEnded()
{
    if (m_status.state != collect::State::Retrying) {
        m_patience.start(patienceOfOnce);
        return;
    }
    say(tr("Given up after a minute without an answer."));
    end(ExitCode::Failure);
}

void CollectRun::finishIfDone()
{
    if (!m_once || m_isDone || m_hasEnded || !m_caughtUp.contains(m_source.id)) {
        return;
    }
    for (const QString &sentence : {m_status.usersSentence, m_status.devicesSentence}) {
        if (!sentence.isEmpty()) {
            say(sentence);
        }
    }
    if (m_status.backfill && !m_status.backfill->paused) {
        say(tr("A part of the past could not be read. Another run tries it again."));
        end(ExitCode::Failure);
        return;
    }
    m_isDone = true;
    m_patience.stop();
    m_retention->purge(); // and ends then
}

void CollectRun::end(ExitCode code)
{
    if (!m_hasEnded) {
        m_hasEnded = true;
        m_code = code;
        QCoreApplication::quit();
    }
}

void CollectRun::showProgress()
{
    const QLocale locale = QLocale(QLocale::English);
    m_progress.show(tr("%1 events, %2 pages. %3")
                        .arg(locale.toString(m_status.events), locale.toString(m_status.pages), m_status.sentence));
}

} // namespace octotrail::cli
