// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/SilenceWatch.h"

#include "collect/Await.h"
#include "collect/Sentences.h"
#include "collect/Supervisor.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <algorithm>

namespace octotrail::collect {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcSilence, "octotrail.silence", QtWarningMsg)

constexpr auto engineName = "octotrail.silence"_L1;
constexpr std::chrono::minutes saveEvery{10};

/// What is kept of a source between sessions.
std::string stateOf(std::chrono::seconds quiet, event::Timestamp since, bool silent, const QString &key)
{
    QJsonObject object;
    object["quiet"_L1] = qint64{quiet.count()};
    object["since"_L1] = QString::fromStdString(event::formatTimestamp(since));
    object["silent"_L1] = silent;
    object["key"_L1] = key;
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

QString titleFor(const QString &name, std::chrono::seconds quiet)
{
    return QObject::tr("No events from %1 for %2").arg(name, sentences::duration(quiet));
}

const store::SourceConfig *find(const QList<store::SourceConfig> &sources, store::SourceId id)
{
    const auto found = std::ranges::find(sources, id, &store::SourceConfig::id);
    return found == sources.end() ? nullptr : &*found;
}

/// Polls are failing: then it is not the organization that is quiet.
bool isFailing(const SourceStatus &status)
{
    return status.state == State::Retrying || status.state == State::NeedsAttention
        || status.state == State::WaitingForLimit;
}

} // namespace

const QString SilenceWatch::ruleId = u"octotrail.source.silent"_s;

SilenceWatch::SilenceWatch(std::shared_ptr<store::Store> store, Supervisor &supervisor, Clock clock, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_alerts(m_store)
    , m_supervisor(supervisor)
    , m_clock(std::move(clock))
    , m_saved(m_clock())
{
    connect(m_store.get(), &store::Store::committed, this, &SilenceWatch::take);
    connect(&m_supervisor, &Supervisor::sourcesChanged, this, &SilenceWatch::look);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &SilenceWatch::look);
    m_timer.start();
    load();
}

SilenceWatch::~SilenceWatch()
{
    if (m_loaded && !m_watched.isEmpty()) {
        save();
    }
}

std::optional<Silence> SilenceWatch::silence(store::SourceId source) const
{
    const auto watched = m_watched.constFind(source);
    if (watched == m_watched.constEnd() || !watched->silent) {
        return {};
    }
    return Silence{watched->since, watched->quiet, watched->sentence, watched->alert};
}

void SilenceWatch::load()
{
    whenFinished(
        m_alerts.state(engineName), this, [this](const event::Result<std::map<std::string, std::string>> &state) {
            if (!state) {
                qCWarning(lcSilence).noquote() << state.error().sentence;
                return;
            }
            m_state = *state;
            m_loaded = true;
            look();
        });
}

void SilenceWatch::look()
{
    const event::Timestamp now = m_clock();
    // A machine that slept looks again long after; what it did not watch does not count.
    const auto elapsed = m_looked ? std::clamp(std::chrono::duration_cast<std::chrono::seconds>(now - *m_looked),
                             std::chrono::seconds(0), std::chrono::seconds(3 * interval))
                                  : std::chrono::seconds(0);
    m_looked = now;
    if (!m_loaded) {
        return;
    }
    const QList<store::SourceConfig> sources = m_supervisor.sources();
    for (auto it = m_watched.begin(); it != m_watched.end();) {
        if (find(sources, it.key())) {
            ++it;
            continue;
        }
        const store::AlertId alert = it->alert;
        it = m_watched.erase(it);
        if (alert != 0) {
            resolve(alert, tr("The source was removed."));
        }
    }
    for (const store::SourceConfig &source : sources) {
        if (source.collects) {
            count(source, elapsed);
        }
    }
    if (now - m_saved >= saveEvery || now < m_saved) {
        save();
    }
}

void SilenceWatch::count(const store::SourceConfig &source, std::chrono::seconds elapsed)
{
    const bool isNew = !m_watched.contains(source.id);
    Watched &watched = m_watched[source.id];
    if (isNew) {
        watched.since = m_clock();
        if (const auto kept = m_state.find(source.uuid.toStdString()); kept != m_state.end()) {
            const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(kept->second)).object();
            watched.quiet = std::chrono::seconds(std::max(object["quiet"_L1].toInteger(), qint64{0}));
            watched.since = event::parseTimestamp(object["since"_L1].toString().toStdString()).value_or(watched.since);
            watched.silent = object["silent"_L1].toBool();
            watched.key = object["key"_L1].toString();
            m_state.erase(kept);
        }
        if (m_early.remove(source.id)) {
            watched.quiet = {};
            watched.since = m_clock();
            if (watched.silent) {
                end(source.id, watched, tr("Events come again."));
            }
        }
        if (watched.silent || !m_ended.isEmpty()) {
            watched.sentence = watched.silent ? sentenceFor(source, watched) : QString();
            findAlerts();
        }
    } else if (!source.paused) {
        watched.quiet += elapsed;
        watched.saved = watched.saved && elapsed.count() == 0;
    }
    if (!source.alertOnSilence) {
        if (watched.silent) {
            end(source.id, watched, tr("The watch for silence was switched off."));
        }
        return;
    }
    if (watched.silent) {
        if (const QString sentence = sentenceFor(source, watched); sentence != watched.sentence) {
            watched.sentence = sentence;
            Q_EMIT silenceChanged(source.id);
        }
    } else if (!source.paused && watched.quiet >= source.silenceAfter) {
        raise(source, watched);
    }
}

void SilenceWatch::findAlerts()
{
    store::AlertQuery query;
    query.ruleId = ruleId;
    whenFinished(m_alerts.list(query), this, [this](const event::Result<store::AlertList> &list) {
        if (!list) {
            qCWarning(lcSilence).noquote() << list.error().sentence;
            return;
        }
        for (const store::Alert &alert : list->alerts) {
            const auto watched = m_watched.find(alert.source);
            if (watched != m_watched.end() && watched->silent && watched->key == alert.dedupKey) {
                watched->alert = alert.id;
            } else if (const QString why = m_ended.take(alert.dedupKey); !why.isEmpty()) {
                resolve(alert.id, why);
            }
        }
    });
}

/// Events of the present, not those of a past that is being read: these do not say that the source is alive.
void SilenceWatch::take(const store::CommittedBatchPtr &batch)
{
    const auto watched = m_watched.find(batch->source);
    if (watched == m_watched.end()) {
        m_early.insert(batch->source); // what is known of it is still being read
        return;
    }
    const QList<store::SourceConfig> sources = m_supervisor.sources();
    const store::SourceConfig *source = find(sources, batch->source);
    const event::Timestamp now = m_clock();
    const event::Timestamp present = now - (source ? source->silenceAfter : std::chrono::minutes(0));
    const bool isAlive = std::ranges::any_of(batch->events, [&](const event::LogEvent &event) {
        return event.published() && (*event.published() >= present || event.published() > watched->newest);
    });
    if (!isAlive) {
        return;
    }
    for (const event::LogEvent &event : batch->events) {
        if (event.published() && *event.published() <= now) { // one from the future would hide those after it
            watched->newest = std::max(watched->newest, event.published());
        }
    }
    const auto quiet = std::exchange(watched->quiet, std::chrono::seconds(0));
    watched->since = now;
    watched->saved = false;
    if (watched->silent) {
        end(batch->source, *watched, tr("Events come again, after %1 without.").arg(sentences::duration(quiet)));
    }
}

void SilenceWatch::raise(const store::SourceConfig &source, Watched &watched)
{
    const event::Timestamp now = m_clock();
    watched.silent = true;
    watched.alert = 0;
    watched.key = source.uuid + u'@' + QString::fromStdString(event::formatTimestamp(now));
    watched.sentence = sentenceFor(source, watched);

    const SourceStatus status = m_supervisor.status(source.id);
    QJsonObject context;
    context["source"_L1] = source.name;
    context["organization"_L1] = source.origin.authority();
    context["silentSince"_L1] = QString::fromStdString(event::formatTimestamp(watched.since));
    context["watchedMinutes"_L1] = qint64{std::chrono::duration_cast<std::chrono::minutes>(watched.quiet).count()};
    context["state"_L1] = status.sentence;
    if (status.lastPoll) {
        context["lastPoll"_L1] = QString::fromStdString(event::formatTimestamp(*status.lastPoll));
    }

    store::Finding finding;
    finding.ruleId = ruleId;
    finding.ruleTitle = tr("Source is silent");
    finding.title = titleFor(source.name, watched.quiet);
    finding.dedupKey = watched.key;
    finding.severity = store::AlertSeverity::High;
    finding.description = watched.sentence + u"\n\n"_s
        + tr("An audit trail without events is either a quiet organization, a fault on the way, or somebody who does "
             "not want to be seen. Time in which Octotrail was closed or the source was paused is not counted.");
    finding.runbook = isFailing(status)
        ? tr("Look at the source on the Sources page: its sentence says what fails.\nMend the credential, the network "
             "or the proxy, then poll now.\nOnce it collects again, look at the events of the time that was missing.")
        : tr("Open Reports > System Log in Okta's Admin Console: are there events since then?\nIf there are, check the "
             "source's filter, and that its token or service app may still read the log.\nIf there are none, make "
             "sure that this is normal for the organization at this time, or set a longer period for this source.\n"
             "Look for log streams, API tokens or administrator roles that were changed before the silence began.");
    finding.tags = {u"attack.defense_evasion"_s, u"attack.t1562.008"_s};
    finding.context = QString::fromUtf8(QJsonDocument(context).toJson(QJsonDocument::Compact));
    finding.source = source.id;
    finding.first = watched.since;
    finding.last = now;
    save({std::move(finding)});
    Q_EMIT silenceChanged(source.id);
}

void SilenceWatch::end(store::SourceId id, Watched &watched, const QString &why)
{
    watched.silent = false;
    watched.sentence.clear();
    watched.saved = false;
    if (const store::AlertId alert = std::exchange(watched.alert, 0); alert != 0) {
        resolve(alert, why);
    } else {
        m_ended.insert(watched.key, why); // it is on its way into the store
    }
    watched.key.clear();
    save();
    Q_EMIT silenceChanged(id);
}

/// A verdict of the analyst's stays as it is.
void SilenceWatch::resolve(store::AlertId alert, const QString &note)
{
    whenFinished(m_alerts.alert(alert), this, [this, alert, note](const event::Result<store::AlertDetails> &details) {
        if (!details) {
            return; // removed by the analyst
        }
        m_alerts.addNote({alert}, note);
        if (details->alert.state == store::AlertState::Open
            || details->alert.state == store::AlertState::Acknowledged) {
            m_alerts.setState({alert}, store::AlertState::Resolved);
        }
    });
}

void SilenceWatch::save(std::vector<store::Finding> findings)
{
    m_saved = m_clock();
    store::DetectionCommit commit;
    commit.engine = engineName;
    const QList<store::SourceConfig> sources = m_supervisor.sources();
    for (auto it = m_watched.begin(); it != m_watched.end(); ++it) {
        const store::SourceConfig *source = find(sources, it.key());
        if (source && (!it->saved || it->silent)) {
            commit.state[source->uuid.toStdString()] = stateOf(it->quiet, it->since, it->silent, it->key);
            it->saved = true;
        }
    }
    if (findings.empty() && commit.state.empty()) {
        return;
    }
    const bool raises = !findings.empty();
    commit.findings = std::move(findings);
    auto *watcher = new QFutureWatcher<event::Result<store::DetectionReport>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, raises] {
        watcher->deleteLater();
        if (watcher->future().resultCount() == 0) {
            return;
        }
        const event::Result<store::DetectionReport> report = watcher->result();
        if (!report) {
            qCWarning(lcSilence).noquote() << report.error().sentence;
        } else if (raises) {
            findAlerts();
        }
    });
    watcher->setFuture(m_alerts.commit(std::move(commit)));
}

QString SilenceWatch::sentenceFor(const store::SourceConfig &source, const Watched &watched) const
{
    const SourceStatus status = m_supervisor.status(source.id);
    const QString since = sentences::clockTime(watched.since);
    if (isFailing(status)) {
        return tr("No events from %1 since %2, because polls fail: %3").arg(source.name, since, status.sentence);
    }
    return status.lastPoll
        ? tr("No events from %1 since %2, though Okta answers: the last poll at %3 found nothing new.")
              .arg(source.name, since, sentences::clockTime(*status.lastPoll))
        : tr("No events from %1 since %2, and no poll was answered in this session.").arg(source.name, since);
}

} // namespace octotrail::collect
