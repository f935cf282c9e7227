// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/EngineWorker.h"

#include "detect/Findings.h"
#include "detect/OwnRules.h"

#include <QByteArray>
#include <QLoggingCategory>
#include <algorithm>
#include <set>

namespace octotrail::detect {

using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(log, "octotrail.detect")

/// Events of the backlog that are read and committed at a time.
constexpr std::size_t backlogStep = 5000;
/// Batches that may wait in memory; what is more is read from the store.
constexpr std::size_t maxWaiting = 32;
/// Events in memory that may wait.
constexpr std::size_t maxLive = 10'000;
/// What correlations remember is stored after so many events, or when nothing has come for a while. In between it
/// follows from the events, which are looked at once more after a start.
constexpr store::Seq snapshotEvery = 20'000;
/// While more comes than that in so short a time, it is not stored more often, up to what a start has no trouble to
/// look at once more.
constexpr auto snapshotPause = 5s;
constexpr store::Seq snapshotAtLatest = 100'000;
constexpr auto snapshotWhenIdle = 20s;
constexpr auto retryAfter = 5s;
/// By which the store remembers that the engine was there: the cursor of an empty store is 0, too.
constexpr const char *begunKey = "begun";
/// The event up to which what is remembered was stored.
constexpr const char *snapshotKey = "snapshot";

} // namespace

EngineWorker::EngineWorker(std::shared_ptr<store::Store> store, std::vector<Pack> packs)
    : m_store(std::move(store))
    , m_arrivals(m_store)
    , m_given(std::move(packs))
    , m_retry(this)
    , m_idle(this)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryAfter);
    connect(&m_retry, &QTimer::timeout, this, &EngineWorker::work);
    m_idle.setSingleShot(true);
    m_idle.setInterval(snapshotWhenIdle);
    connect(&m_idle, &QTimer::timeout, this, &EngineWorker::saveWhenIdle);
    // In the writer's thread: it must not wait for this one, nor fill the memory if this one is slow.
    m_mailbox->owner = this;
    m_committed
        = connect(m_store.get(), &store::Store::committed, [box = m_mailbox](const store::CommittedBatchPtr &batch) {
              const std::lock_guard lock(box->mutex);
              box->newest = batch->firstSeq + static_cast<store::Seq>(batch->events.size()) - 1;
              if (box->batches.size() < maxWaiting) {
                  box->batches.push_back(batch);
              }
              if (box->owner && !box->isCalled) {
                  box->isCalled = true;
                  QMetaObject::invokeMethod(box->owner, &EngineWorker::work, Qt::QueuedConnection);
              }
          });
    connect(m_store.get(), &store::Store::sourcesChanged, this, [this] {
        m_isStale = true;
        work();
    });
}

EngineWorker::~EngineWorker()
{
    disconnect(m_committed);
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->owner = nullptr;
}

void EngineWorker::start()
{
    m_alerts = std::make_unique<store::Alerts>(m_store);
    m_documents = std::make_unique<store::Documents>(m_store);
    connect(m_documents.get(), &store::Documents::changed, this, [this](const QString &kind) {
        if (kind == ownRuleKind()) {
            reload();
        }
    });
    m_folders = std::make_unique<FolderWatch>();
    connect(m_folders.get(), &FolderWatch::changed, this, &EngineWorker::reload);
    work();
}

void EngineWorker::fail(const event::Error &error)
{
    if (m_stop.stop_requested()) {
        return;
    }
    qCWarning(log).noquote() << error.sentence;
    m_status.trouble = error.sentence;
    m_status.isRunning = false;
    m_hasBegun = false; // what is in memory may be ahead of what is in the store
    tellStatus();
    m_retry.start();
}

void EngineWorker::tellStatus()
{
    Q_EMIT statusChanged(m_status);
}

bool EngineWorker::loadChoices()
{
    auto state = m_alerts->state(RuleChoices::engineName()).result();
    if (!state) {
        fail(state.error());
        return false;
    }
    m_choices = RuleChoices::fromState(*state);
    std::vector<Pack> packs = m_given.empty() ? bundledPacks() : m_given;
    for (const QString &folder : m_choices.folders()) {
        std::ranges::move(packsIn(folder), std::back_inserter(packs));
    }
    m_folders->setFolders(m_choices.folders());
    const auto documents = m_documents->list(ownRuleKind()).result();
    if (!documents) {
        fail(documents.error());
        return false;
    }
    if (!documents->empty()) {
        std::vector<Problem> problems;
        Pack own = ownPack(ownRulesOf(*documents, problems), helpersOf(packs));
        std::ranges::move(problems, std::back_inserter(own.set.problems));
        packs.insert(packs.begin(), std::move(own));
    }
    tellDoubles(packs);
    m_packs = std::make_shared<const std::vector<Pack>>(std::move(packs));
    Q_EMIT packsChanged(m_packs, m_choices);
    return true;
}

bool EngineWorker::loadSources()
{
    const auto sources = m_store->sources().result();
    if (!sources) {
        fail(sources.error());
        return false;
    }
    m_sources.clear();
    for (const store::SourceConfig &source : *sources) {
        m_sources.emplace(source.id, source);
    }
    return true;
}

/// Makes a detector of the rules that are on somewhere, with what the store remembers of them.
bool EngineWorker::makeDetector()
{
    std::vector<RulePtr> rules;
    const auto packs = m_packs;
    const std::map<QString, const Pack *> packOf = m_choices.owners(*packs, m_sources);
    std::set<QString> taken;
    for (const Pack &pack : *packs) {
        for (const RulePtr &rule : pack.set.rules) {
            const bool isLeftOut = rule->python() && !m_choices.isRuleOn(*rule); // not even loaded
            if (packOf.at(rule->id) == &pack && !isLeftOut && taken.insert(rule->id).second) {
                rules.push_back(rule);
            }
        }
    }
    const auto watches
        = [packs, packOf, choices = m_choices, sources = m_sources](const Rule &rule, store::SourceId id) {
              return choices.isRuleOn(rule) && choices.watches(*packOf.at(rule.id), sources, id);
          };
    auto state = m_alerts->state(Engine::engineName()).result();
    if (!state) {
        fail(state.error());
        return false;
    }
    m_status.rules = static_cast<int>(std::ranges::count_if(rules, [&](const RulePtr &rule) {
        return rule->raises
            && std::ranges::any_of(m_sources, [&](const auto &source) { return watches(*rule, source.first); });
    }));
    m_detector = std::make_unique<DetectorSet>(std::move(rules), watches, m_sources);
    m_pending.clear();
    const auto said = state->find(snapshotKey);
    m_snapshot = said == state->end() ? m_status.cursor : QByteArray::fromStdString(said->second).toLongLong();
    learn(watches, *state);
    m_detector->restore(*state);
    return replay();
}

/// What came since correlations were last stored makes them what they were.
bool EngineWorker::replay()
{
    std::vector<Match> told;
    store::Seq seq = m_snapshot;
    while (seq < m_status.cursor && !m_stop.stop_requested()) {
        const auto stored = m_arrivals.after(seq, backlogStep, m_stop.get_token());
        if (!stored) {
            fail(stored.error());
            return false;
        }
        std::vector<EventRef> events;
        for (const store::StoredEvent &one : *stored) {
            if (one.seq <= m_status.cursor) {
                events.push_back({one.seq, one.source, &one.event});
            }
        }
        if (events.empty()) {
            break;
        }
        m_detector->process(events, told);
        told.clear();
        seq = events.back().seq;
    }
    return true;
}

/// Adds what is remembered to a commit.
void EngineWorker::addSnapshot(store::DetectionCommit &commit)
{
    commit.state = m_detector->takeChangedState();
    commit.state[snapshotKey] = std::to_string(commit.cursor);
    m_snapshot = commit.cursor;
    m_snapshotTime = std::chrono::steady_clock::now();
}

void EngineWorker::saveWhenIdle()
{
    if (!m_hasBegun || m_snapshot == m_status.cursor || m_stop.stop_requested()) {
        return;
    }
    store::DetectionCommit commit;
    commit.cursor = m_status.cursor;
    commit.engine = Engine::engineName();
    addSnapshot(commit);
    commit.state.merge(std::exchange(m_pending, {}));
    if (const auto done = m_alerts->commit(std::move(commit)).result(); !done) {
        fail(done.error());
    }
}

bool EngineWorker::begin()
{
    if (!loadChoices() || !loadSources()) {
        return false;
    }
    const auto cursor = m_alerts->cursor(Engine::engineName()).result();
    const auto state = m_alerts->state(Engine::engineName()).result();
    const auto newest = m_arrivals.newest(m_stop.get_token());
    if (!cursor || !state || !newest) {
        fail(!cursor ? cursor.error() : !state ? state.error() : newest.error());
        return false;
    }
    const bool isFirst = !state->contains(begunKey);
    m_status.cursor = isFirst ? *newest : *cursor;
    m_status.newest = *newest;
    if (!makeDetector()) {
        return false;
    }
    if (isFirst) {
        m_pending[begunKey] = "1";
        m_pending[snapshotKey] = std::to_string(m_status.cursor);
        const auto done
            = m_alerts->commit({{}, m_status.cursor, Engine::engineName(), std::exchange(m_pending, {})}).result();
        if (!done) {
            fail(done.error());
            return false;
        }
    }
    m_hasBegun = true;
    m_isStale = false;
    m_status.isRunning = true;
    m_status.trouble.clear();
    tellStatus();
    return true;
}

void EngineWorker::reload()
{
    m_isStale = true;
    if (m_hasBegun && !loadChoices()) {
        return;
    }
    work();
}

void EngineWorker::setChoices(const RuleChoices &choices)
{
    // What was said before and is no more has to go.
    auto state = choices.toState();
    for (const auto &[key, text] : m_choices.toState()) {
        state.try_emplace(key, std::string());
    }
    const auto done = m_alerts->commit({{}, 0, RuleChoices::engineName(), std::move(state)}).result();
    if (!done) {
        fail(done.error());
        return;
    }
    reload();
}

void EngineWorker::work()
{
    m_retry.stop();
    if (m_stop.stop_requested() || !m_alerts || (!m_hasBegun && !begin())) {
        return;
    }
    if (m_isStale) {
        m_isStale = false;
        if (!loadSources() || !makeDetector()) {
            return;
        }
        tellStatus();
    }
    while (!m_stop.stop_requested()) {
        std::vector<store::CommittedBatchPtr> batches;
        {
            const std::lock_guard lock(m_mailbox->mutex);
            m_mailbox->isCalled = false;
            m_status.newest = std::max(m_status.newest, m_mailbox->newest);
            while (!m_mailbox->batches.empty() && m_mailbox->batches.front()->firstSeq <= m_status.cursor) {
                m_mailbox->batches.pop_front();
            }
            // Those that wait already are committed together: a flood makes few commits.
            store::Seq next = m_status.cursor + 1;
            std::size_t events = 0;
            while (!m_mailbox->batches.empty() && m_mailbox->batches.front()->firstSeq == next && events < maxLive) {
                batches.push_back(m_mailbox->batches.front());
                m_mailbox->batches.pop_front();
                events += batches.back()->events.size();
                next += static_cast<store::Seq>(batches.back()->events.size());
            }
        }
        if (!batches.empty()) {
            if (!lookAtBatches(batches)) {
                return;
            }
        } else if (m_status.cursor < m_status.newest) {
            if (!lookAtBacklog()) {
                return;
            }
        } else {
            break;
        }
    }
    if (m_status.isBehind) {
        m_status.isBehind = false;
    }
    tellStatus();
    if (!m_stop.stop_requested()) {
        m_idle.start();
        Q_EMIT caughtUp();
    }
}

bool EngineWorker::lookAtBatches(const std::vector<store::CommittedBatchPtr> &batches)
{
    std::vector<EventRef> events;
    for (const store::CommittedBatchPtr &batch : batches) {
        for (std::size_t i = 0; i < batch->events.size(); ++i) {
            events.push_back({batch->firstSeq + static_cast<store::Seq>(i), batch->source, &batch->events[i]});
        }
    }
    return look(events);
}

bool EngineWorker::lookAtBacklog()
{
    const auto stored = m_arrivals.after(m_status.cursor, backlogStep, m_stop.get_token());
    if (!stored) {
        fail(stored.error());
        return false;
    }
    if (stored->empty()) {
        // They were removed since.
        m_status.cursor = m_status.newest;
        return true;
    }
    std::vector<EventRef> events;
    events.reserve(stored->size());
    for (const store::StoredEvent &one : *stored) {
        events.push_back({one.seq, one.source, &one.event});
    }
    m_status.isBehind = true;
    if (!look(events)) {
        return false;
    }
    tellStatus();
    return true;
}

/// Looks at events and commits what comes of it.
bool EngineWorker::look(const std::vector<EventRef> &events)
{
    std::vector<Match> matches;
    m_detector->process(events, matches);
    store::DetectionCommit commit;
    commit.findings = findingsOf(matches);
    commit.cursor = events.back().seq;
    commit.engine = Engine::engineName();
    const store::Seq unsaved = commit.cursor - m_snapshot;
    const auto pause = std::chrono::steady_clock::now() - m_snapshotTime;
    if (unsaved >= snapshotAtLatest || (unsaved >= snapshotEvery && pause >= snapshotPause)) {
        addSnapshot(commit);
    }
    commit.state.merge(std::exchange(m_pending, {}));
    const auto findings = static_cast<std::int64_t>(commit.findings.size());
    const auto done = m_alerts->commit(std::move(commit)).result();
    if (!done) {
        fail(done.error());
        return false;
    }
    m_status.cursor = events.back().seq;
    m_status.events += static_cast<std::int64_t>(events.size());
    m_status.findings += findings;
    return true;
}

} // namespace octotrail::detect
