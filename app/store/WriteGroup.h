// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/EventInserter.h"
#include "store/duckdb/Connection.h"

#include <QPromise>
#include <QThreadPool>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <vector>

namespace octotrail::store {

/// A batch on its way into the store, with the promise of a report.
struct Append
{
    EventBatch batch;
    Packing packing;
    std::future<PreparedBatch> prepared;
    QPromise<event::Result<CommitReport>> promise;
};
using AppendPtr = std::unique_ptr<Append>;

/// Batches that are committed together, in a transaction that stays open while more come; each gets its own report.
class WriteGroup
{
public:
    /// @param keepsEvents whether somebody will want the events after the commit; otherwise they are let go of as soon
    ///                    as DuckDB has them, which is half of a bulk load's memory
    /// @param releasers frees the texts of many events, as long as it lives
    WriteGroup(duckdb::Connection &connection, Seq next, const PublishedSpan &stored, bool keepsEvents,
        std::shared_ptr<QThreadPool> releasers);

    void add(AppendPtr append);
    /// Events added, without duplicates.
    std::size_t rows() const { return m_rows; }
    bool hasFailed() const { return !m_status; }
    /// Whether nobody waits for a commit.
    bool isBulk() const { return m_isBulk; }
    /// Whether who gave a batch of it waits for the report to go on: it is told what is complete.
    bool isAwaited() const { return m_isAwaited; }

    /// What was committed, to be announced before the reports are given.
    using Announce = std::function<void(const CommittedBatchPtr &)>;
    /// Fails if anything did since the beginning; then nothing of it is stored, and every report says so.
    event::Status commit();
    void report(const Announce &announce, const std::function<event::Error(const event::Error &)> &worded);

    /// After a commit that succeeded.
    Seq next() const { return m_inserter->next(); }
    const PublishedSpan &published() const { return m_inserter->published(); }

private:
    event::Status begin();

    duckdb::Connection &m_connection;
    std::shared_ptr<QThreadPool> m_releasers;
    Seq m_first;
    PublishedSpan m_stored;
    bool m_keepsEvents;
    std::optional<duckdb::Transaction> m_transaction;
    std::optional<EventInserter> m_inserter; // gone before the transaction ends: it must not write after that
    event::Status m_status;
    std::vector<AppendPtr> m_appends;
    std::vector<EventInserter::Outcome> m_outcomes;
    std::size_t m_rows = 0;
    bool m_isBulk = true;
    bool m_isAwaited = false;
};

} // namespace octotrail::store
