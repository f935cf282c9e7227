// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/EventRanges.h"
#include "store/FilePlace.h"
#include "store/Records.h"
#include "store/StoreFile.h"
#include "store/WriteGroup.h"
#include "store/duckdb/Connection.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>

namespace octotrail::store {

/// The one thread that writes. Owns the writing connection and, since DuckDB makes its files from here, the file.
///
/// Jobs are done in the order in which they were given. Batches that come in a row are committed together, which is
/// what makes bulk loads fast; each still gets its own report. A page that someone watches is committed at once. When
/// nothing waits for a while, small blocks are merged and the log is written into the file.
class Writer
{
public:
    using Committed = std::function<void(const CommittedBatchPtr &)>;
    /// A write of its own: runs in the writer's thread, outside any transaction.
    using Task = std::function<void(duckdb::Connection &)>;

    Writer() = default;
    ~Writer();
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    /// Opens the file, waiting for it.
    event::Status start(const QString &file, const StoreFile::Options &options);
    /// Told of each commit, in the writer's thread. Set it before the first append.
    /// @param isWatched whether anybody would be told
    void setCommitted(Committed committed, std::function<bool()> isWatched)
    {
        m_committed = std::move(committed);
        m_isWatched = std::move(isWatched);
    }

    /// Called in the writer's thread when nothing was written for a while and all is tidy, and for rest(). Set it
    /// before start().
    void setRest(std::function<void()> rest) { m_rest = std::move(rest); }

    const duckdb::Database &database() const { return m_file->database(); }
    const QString &path() const { return m_file->path(); }
    /// What is written then fails with Refused.
    bool isReadOnly() const { return m_readOnly; }

    QFuture<event::Result<CommitReport>> append(EventBatch batch);
    void run(Task task);
    /// Nobody reads any more. Not passed on while batches wait to be committed: once they are, the writer rests itself.
    void rest() { enqueue(Rest{}); }
    /// Where the file is. Only in the writer's thread; whoever writes there looks whether it is in its place.
    const FilePlace &place() const { return m_place; }
    /// Merges small blocks and checkpoints now. Only in the writer's thread.
    event::Status tidy(duckdb::Connection &connection);
    /// Lets go of what DuckDB keeps of the file in memory beyond a little, unless a bulk load is under way. Only in the
    /// writer's thread, and when nobody reads: for a moment there is no room for more.
    void giveBackMemory();

private:
    struct Rest
    {
    };
    using Job = std::variant<AppendPtr, Task, Rest>;

    void main(const QString &file, const StoreFile::Options &options, std::promise<event::Status> opened);
    event::Status open(const QString &file, const StoreFile::Options &options);
    void work();
    void enqueue(Job job);
    void add(AppendPtr append);
    bool isPageNext();
    void loadInBulk(bool isBulk);
    void commit();
    void beIdle();
    event::Status makeAhead(duckdb::Connection &connection, const std::function<bool()> &isWanted);
    std::int64_t logBytes() const;
    void checkpointIfLogged(std::int64_t bytes);
    void saveLostLog();
    void leave();
    event::Error worded(const event::Error &error) const;

    std::optional<StoreFile> m_file;
    std::optional<duckdb::Connection> m_connection;
    std::optional<duckdb::MemoryAllowance> m_memory;
    FilePlace m_place;
    Committed m_committed;
    std::function<bool()> m_isWatched;
    std::function<void()> m_rest;
    std::optional<WriteGroup> m_group; ///< not committed yet
    PublishedSpan m_published;
    std::size_t m_logged = 0; ///< events committed one page after the other that are not in the file yet
    Seq m_next = 1;
    RangesState m_sortHeads;
    RangesState m_valueCounts;
    bool m_readOnly = false;
    bool m_tidied = false;
    bool m_loadsInBulk = false;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stopping = false;

    QThreadPool m_preparers; ///< of pages
    QThreadPool m_bulkPreparers;
    /// Batches may outlive this: then whoever has the last frees it.
    std::shared_ptr<QThreadPool> m_releasers = std::make_shared<QThreadPool>();
    std::thread m_thread; // last: it uses all of the above
};

} // namespace octotrail::store
