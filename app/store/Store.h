// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"
#include "store/Search.h"

#include <QFuture>
#include <QObject>
#include <functional>
#include <memory>
#include <stop_token>

namespace octotrail::store {

/// One case: a DuckDB file with events, profiles, sources and checkpoints.
///
/// May be called from any thread; nothing here waits for the disk but what says so. Writes are queued to the one
/// writer thread, reads to a pool. Futures finish in those threads: continue in your own with
/// QFuture::then(context, ...) or a QFutureWatcher.
class Store : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        bool create = true; ///< make the file if there is none
        int readers = 2;
        /// What DuckDB may take while events are searched, counted and read: more makes little of that faster, since
        /// what it does not keep of the file is in the system's cache. Imports and what needs it get more for a while.
        std::int64_t memoryLimitMegabytes = 128;
    };

    /// Opens or creates the file; waits for the disk (tens of milliseconds, seconds after a crash).
    /// Locked, Corrupt, TooNew, Storage or DiskFull, each with a sentence.
    static event::Result<std::shared_ptr<Store>> open(const QString &file, const Options &options);
    static event::Result<std::shared_ptr<Store>> open(const QString &file);
    /// The same on a thread of its own.
    static QFuture<event::Result<std::shared_ptr<Store>>> openLater(const QString &file, const Options &options);

    /// The file that the application uses if none is named: case.duckdb in the application's data folder.
    static QString defaultFile();

    /// Finishes the queued writes, checkpoints and closes; waits for it.
    ~Store() override;

    QString file() const;

    // Writing: in the order of the calls, each in one transaction. DiskFull and Storage leave the store as it was.

    QFuture<event::Result<CommitReport>> append(EventBatch batch);
    /// Adds users or devices of a source, replacing those with the same id.
    QFuture<event::Status> putProfiles(
        SourceId source, ProfileKind kind, std::vector<std::string> profiles, std::optional<Checkpoint> checkpoint);
    /// Adds the source, or replaces the one with its id; gives it back with its id.
    QFuture<event::Result<SourceConfig>> putSource(SourceConfig source);
    QFuture<event::Status> removeSource(SourceId id, bool withItsEvents);
    QFuture<event::Status> putCheckpoint(SourceId source, Checkpoint checkpoint);
    /// Merges the small blocks of quiet hours and checkpoints, if there is something to gain. For idle moments; the
    /// writer also does it by itself.
    QFuture<event::Status> compact();

    // Reading, each on a snapshot.

    /// Starts a search. Its signals come to the thread of the caller, none before control returns to its event loop.
    /// Deleting the Search cancels it.
    std::unique_ptr<Search> search(const EventQuery &query);
    /// Rows for a table, in the order asked for. A path may be any field path, "target" (a summary of the targets),
    /// "source" (its name), or a path that has no column (then the bytes are read: slower). Seqs that are not in the
    /// store (any more) are left out.
    QFuture<event::Result<std::vector<EventRow>>> rows(std::vector<Seq> seqs, std::vector<std::string> paths);
    QFuture<event::Result<StoredEvent>> event(Seq seq);
    QFuture<event::Result<std::int64_t>> count(EventQuery query);
    struct ValueCount
    {
        std::string value; ///< empty for events without a value
        std::int64_t count = 0;
    };
    /// Most frequent first, ties by value. "target" counts targets' alternateId; other paths as in rows().
    QFuture<event::Result<std::vector<ValueCount>>> countBy(EventQuery query, std::string path, int limit);
    QFuture<event::Result<std::vector<SourceConfig>>> sources();
    QFuture<event::Result<SourceCounts>> counts(SourceId source);
    QFuture<event::Result<std::optional<Checkpoint>>> checkpoint(SourceId source, QString stream);
    /// Profiles that match the expression (Schema::Profile) and all words, ordered by name.
    QFuture<event::Result<std::vector<Profile>>> profiles(
        ProfileKind kind, filter::Expression expression, std::vector<std::string> words);

    /// Gives every event of the query to consume, with its bytes, in the query's order, until consume returns false.
    /// Waits: call it from a worker thread. total is told first.
    event::Status forEachEvent(const EventQuery &query, const std::function<void(std::int64_t total)> &total,
        const std::function<bool(const StoredEvent &)> &consume, const std::stop_token &stop);

    /// Writes fields of the query's events, in the query's order, to a Parquet file with a column for each path. A path
    /// may be a field's, "seq", "target" (a list of structs), "source" (its name), or a debugData key; another one is
    /// InvalidInput. Gives the number of events. The file is replaced; after a failure what is left of it is of no use.
    /// Waits: call it from a worker thread.
    event::Result<std::int64_t> exportParquet(const EventQuery &query, const QString &file,
        const std::vector<std::string> &fields, const std::stop_token &stop);

Q_SIGNALS:
    /// After each commit that added events; emitted in the writer thread, in the order of seq.
    void committed(const octotrail::store::CommittedBatchPtr &batch);
    void sourcesChanged();
    void profilesChanged(octotrail::store::SourceId source, octotrail::store::ProfileKind kind);

public:
    struct Private; ///< for app/store/ alone

private:
    Store();
    std::unique_ptr<Private> d;
};

} // namespace octotrail::store

Q_DECLARE_METATYPE(octotrail::store::CommittedBatchPtr)
