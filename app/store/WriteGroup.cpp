// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/WriteGroup.h"

#include "event/ThreadPriority.h"

#include <QThreadPool>

namespace octotrail::store {

namespace {

/// Lets go of events in a thread that has time for it: freeing the texts of a bulk load is a third of the work of
/// committing it, and whoever happens to be the last to hold a batch, often the GUI thread, would do it.
void release(std::vector<event::LogEvent> events, QThreadPool *pool)
{
    constexpr std::size_t few = 100;
    if (events.size() <= few || !pool) {
        return;
    }
    pool->start([events = std::make_shared<std::vector<event::LogEvent>>(std::move(events))]() mutable {
        event::giveWay(event::Courtesy::Bulk);
        events.reset();
    });
}

} // namespace

WriteGroup::WriteGroup(duckdb::Connection &connection, Seq next, const PublishedSpan &stored, bool keepsEvents,
    std::shared_ptr<QThreadPool> releasers)
    : m_connection(connection)
    , m_releasers(std::move(releasers))
    , m_first(next)
    , m_stored(stored)
    , m_keepsEvents(keepsEvents)
{ }

event::Status WriteGroup::begin()
{
    if (m_inserter) {
        return {};
    }
    auto transaction = duckdb::Transaction::begin(m_connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    m_transaction.emplace(std::move(*transaction));
    auto inserter = EventInserter::begin(m_connection, m_first, m_stored);
    if (!inserter) {
        return tl::unexpected(inserter.error());
    }
    m_inserter.emplace(std::move(*inserter));
    return {};
}

void WriteGroup::add(AppendPtr append)
{
    m_isBulk = m_isBulk && append->packing.isBulk;
    m_isAwaited = m_isAwaited || !append->batch.covered.empty();
    PreparedBatch prepared = append->prepared.get();
    if (m_status) {
        m_status = begin();
    }
    EventInserter::Outcome outcome;
    if (m_status) {
        auto inserted = m_inserter->insert(append->batch, prepared, append->packing);
        if (inserted) {
            outcome = std::move(*inserted);
        } else {
            m_status = tl::unexpected(inserted.error());
        }
    }
    m_rows += outcome.inserted.size();
    if (!m_keepsEvents) {
        release(std::move(append->batch.events), m_releasers.get());
        outcome.inserted = {};
    }
    m_outcomes.push_back(std::move(outcome));
    m_appends.push_back(std::move(append));
}

event::Status WriteGroup::commit()
{
    if (m_status && m_inserter) {
        m_status = m_inserter->finish().and_then([this] { return m_transaction->commit(); });
    }
    if (!m_status) {
        m_inserter.reset();
    }
    m_transaction.reset();
    return m_status;
}

void WriteGroup::report(const Announce &announce, const std::function<event::Error(const event::Error &)> &worded)
{
    for (std::size_t i = 0; i < m_appends.size(); ++i) {
        Append &append = *m_appends[i];
        if (!m_status) {
            append.promise.addResult(tl::unexpected(worded(m_status.error())));
            append.promise.finish();
            continue;
        }
        const EventInserter::Outcome &outcome = m_outcomes[i];
        if (announce && !outcome.inserted.empty()) {
            const std::shared_ptr<CommittedBatch> batch(
                new CommittedBatch, [releasers = std::weak_ptr(m_releasers)](CommittedBatch *last) {
                    release(std::move(last->events), releasers.lock().get());
                    delete last;
                });
            batch->source = append.batch.source;
            batch->firstSeq = outcome.report.firstSeq;
            batch->events.reserve(outcome.inserted.size());
            for (const std::size_t index : outcome.inserted) {
                batch->events.push_back(std::move(append.batch.events[index]));
            }
            announce(batch);
        }
        append.promise.addResult(outcome.report);
        append.promise.finish();
    }
}

} // namespace octotrail::store
