// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/LiveMatcher.h"

#include "filter/ProfilePath.h"
#include "store/Profiles.h"

#include <algorithm>

namespace octotrail::ui {

QueryMatcher::QueryMatcher(const store::EventQuery &query, filter::ProfileIndexPtr profiles)
    : m_matcher(query.expression, query.words, std::move(profiles))
    , m_range(query.range)
    , m_sources(query.sources)
{ }

bool QueryMatcher::matches(store::SourceId source, const event::LogEvent &event) const
{
    if (!m_sources.empty() && std::ranges::find(m_sources, source) == m_sources.end()) {
        return false;
    }
    if (m_range.since || m_range.until) {
        const std::optional<event::Timestamp> published = event.published();
        if (!published || !m_range.contains(*published)) {
            return false;
        }
    }
    return m_matcher.matches(event);
}

/// What lives in the thread.
struct LiveMatcher::Worker : QObject
{
    LiveMatcher *owner = nullptr;
    quint64 generation = 0;
    std::optional<store::EventQuery> query;
    std::optional<QueryMatcher> matcher;

    bool asksProfiles() const { return query && filter::usesProfiles(query->expression); }
    /// Waits for the profiles, if the query asks for any: this thread may, and what is committed meanwhile waits, too.
    void compile(store::Store &store)
    {
        filter::ProfileIndexPtr profiles;
        if (asksProfiles()) {
            auto index = store::Profiles(store).index();
            index.waitForFinished();
            profiles = index.resultCount() > 0 ? index.result().value_or(nullptr) : nullptr;
        }
        matcher.emplace(*query, std::move(profiles));
    }

    void take(const store::CommittedBatchPtr &batch)
    {
        if (!matcher) {
            return;
        }
        auto rows = std::make_shared<std::vector<LiveRow>>();
        for (std::size_t i = 0; i < batch->events.size(); ++i) {
            if (matcher->matches(batch->source, batch->events[i])) {
                rows->push_back({batch->firstSeq + static_cast<store::Seq>(i), batch->events[i].published()});
            }
        }
        if (!rows->empty()) {
            Q_EMIT owner->matched(generation, rows); // queued: its receivers live elsewhere
        }
    }
};

LiveMatcher::LiveMatcher(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_worker(new Worker) // deleted when its thread ends
{
    m_worker->owner = this;
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_store.get(), &store::Store::committed, m_worker,
        [worker = m_worker](const store::CommittedBatchPtr &batch) { worker->take(batch); });
    connect(m_store.get(), &store::Store::profilesChanged, m_worker, [worker = m_worker, store = m_store.get()] {
        if (worker->asksProfiles()) {
            worker->compile(*store);
        }
    });
    m_thread.setObjectName(QStringLiteral("live matcher"));
    m_thread.start();
}

LiveMatcher::~LiveMatcher()
{
    m_store->disconnect(m_worker);
    m_thread.quit();
    m_thread.wait();
}

void LiveMatcher::setQuery(quint64 generation, const store::EventQuery &query)
{
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, store = m_store.get(), generation, query] {
            worker->generation = generation;
            worker->query = query;
            worker->compile(*store);
        },
        Qt::QueuedConnection);
}

} // namespace octotrail::ui
