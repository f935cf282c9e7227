// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Writer.h"

#include "store/Compactor.h"
#include "store/StoreError.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <sched.h>
#include <sys/stat.h>

namespace octotrail::store {

namespace {

using namespace std::chrono_literals;

/// Batches of more events than this are part of a bulk load: nobody watches them arrive one by one.
constexpr std::size_t pageEvents = 1000;
/// Events committed together at most: enough that a commit's own cost vanishes, few enough to hold in memory.
constexpr std::size_t groupEvents = 60'000;
/// How long nothing must have come before the store tidies up.
constexpr auto idleAfter = 2s;
/// The log is written into the file when idle if it is larger than this, ...
constexpr std::int64_t idleLogBytes = std::int64_t{4} << 20;
/// ... and between two commits if it is larger than that: a longer log would be slow to read after a crash.
constexpr std::int64_t busyLogBytes = std::int64_t{512} << 20;

/// Files that this thread makes are readable by their owner alone: DuckDB makes its log by itself, whenever it wants.
void keepFilesPrivate()
{
    // The mask belongs to the process unless the thread has its own view of the file system.
    if (unshare(CLONE_FS) == 0) {
        umask(S_IRWXG | S_IRWXO);
    }
}

event::Result<Seq> nextSeq(duckdb::Connection &connection)
{
    return connection
        .query("SELECT greatest((SELECT coalesce(max(seq), 0) FROM events), "
               "(SELECT CAST(\"value\" AS BIGINT) FROM meta WHERE \"key\" = 'highest_seq'))")
        .map([](duckdb::QueryResult &&result) {
            const auto chunk = result.next();
            return chunk && chunk->size() == 1 && !chunk->column(0).isNull(0) ? chunk->column(0).bigint(0) + 1 : 1;
        });
}

} // namespace

Writer::~Writer()
{
    if (m_thread.joinable()) {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
}

event::Status Writer::start(const QString &file, const StoreFile::Options &options)
{
    m_preparers.setMaxThreadCount(std::max(1, QThread::idealThreadCount()));
    std::promise<event::Status> promise;
    std::future<event::Status> opened = promise.get_future();
    m_thread
        = std::thread([this, file, options, p = std::move(promise)]() mutable { main(file, options, std::move(p)); });
    return opened.get();
}

QFuture<event::Result<CommitReport>> Writer::append(EventBatch batch)
{
    auto job = std::make_unique<Append>();
    job->batch = std::move(batch);
    job->packing = job->batch.events.size() > pageEvents ? bulkPacking : pagePacking;
    job->promise.start();
    QFuture<event::Result<CommitReport>> future = job->promise.future();

    auto task = std::make_shared<std::packaged_task<PreparedBatch()>>(
        [source = job->batch.source, events = &job->batch.events, packing = job->packing] {
            return prepareBatch(source, *events, distinctEvents(*events), packing);
        });
    job->prepared = task->get_future();
    m_preparers.start([task] { (*task)(); });
    enqueue(std::move(job));
    return future;
}

void Writer::run(Task task)
{
    enqueue(std::move(task));
}

void Writer::enqueue(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void Writer::main(const QString &file, const StoreFile::Options &options, std::promise<event::Status> opened)
{
    keepFilesPrivate();
    const event::Status status = open(file, options);
    opened.set_value(status);
    if (status) {
        work();
        checkpointIfLogged(0);
    }
    m_connection.reset();
    m_file.reset();
}

event::Status Writer::open(const QString &file, const StoreFile::Options &options)
{
    auto opened = StoreFile::open(file, options);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    m_file.emplace(std::move(*opened));
    auto connection = m_file->database().connect();
    if (!connection) {
        return tl::unexpected(worded(connection.error()));
    }
    m_connection.emplace(std::move(*connection));
    const auto next = nextSeq(*m_connection);
    if (!next) {
        return tl::unexpected(worded(next.error()));
    }
    m_next = *next;
    return {};
}

void Writer::work()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        const bool woken
            = m_wake.wait_for(lock, m_tidied ? 24h : idleAfter, [this] { return m_stopping || !m_jobs.empty(); });
        if (!woken) {
            lock.unlock();
            beIdle();
            continue;
        }
        if (m_jobs.empty()) {
            return;
        }
        m_tidied = false;
        if (std::holds_alternative<AppendPtr>(m_jobs.front())) {
            std::vector<AppendPtr> appends = takeAppends();
            lock.unlock();
            commit(std::move(appends));
            checkpointIfLogged(busyLogBytes);
        } else {
            const Task task = std::get<Task>(std::move(m_jobs.front()));
            m_jobs.pop_front();
            lock.unlock();
            task(*m_connection);
        }
    }
}

/// The batches at the head of the queue that are committed together. The caller holds the lock.
std::vector<Writer::AppendPtr> Writer::takeAppends()
{
    std::vector<AppendPtr> appends;
    std::size_t events = 0;
    while (!m_jobs.empty() && std::holds_alternative<AppendPtr>(m_jobs.front())) {
        AppendPtr &front = std::get<AppendPtr>(m_jobs.front());
        events += front->batch.events.size();
        if (!appends.empty() && events > groupEvents) {
            break;
        }
        appends.push_back(std::move(front));
        m_jobs.pop_front();
    }
    return appends;
}

event::Result<std::vector<EventInserter::Outcome>> Writer::store(
    std::vector<AppendPtr> &appends, std::vector<PreparedBatch> &prepared)
{
    std::vector<EventInserter::Item> items;
    for (std::size_t i = 0; i < appends.size(); ++i) {
        items.push_back({&appends[i]->batch, &prepared[i], appends[i]->packing});
    }
    auto transaction = duckdb::Transaction::begin(*m_connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    EventInserter inserter(*m_connection, m_next);
    auto outcomes = inserter.insert(items);
    if (!outcomes) {
        return outcomes;
    }
    if (const event::Status committed = transaction->commit(); !committed) {
        return tl::unexpected(committed.error());
    }
    m_next = inserter.next();
    return outcomes;
}

void Writer::commit(std::vector<AppendPtr> appends)
{
    std::vector<PreparedBatch> prepared;
    prepared.reserve(appends.size());
    for (const AppendPtr &append : appends) {
        prepared.push_back(append->prepared.get());
    }
    auto outcomes = store(appends, prepared);
    prepared.clear();
    for (std::size_t i = 0; i < appends.size(); ++i) {
        Append &append = *appends[i];
        if (!outcomes) {
            append.promise.addResult(tl::unexpected(worded(outcomes.error())));
            append.promise.finish();
            continue;
        }
        const EventInserter::Outcome &outcome = (*outcomes)[i];
        if (m_committed && outcome.report.inserted > 0) {
            auto batch = std::make_shared<CommittedBatch>();
            batch->source = append.batch.source;
            batch->firstSeq = outcome.report.firstSeq;
            batch->events.reserve(outcome.inserted.size());
            for (const std::size_t index : outcome.inserted) {
                batch->events.push_back(std::move(append.batch.events[index]));
            }
            m_committed(batch);
        }
        append.promise.addResult(outcome.report);
        append.promise.finish();
    }
}

void Writer::beIdle()
{
    m_tidied = true;
    const auto isWanted = [this] {
        const std::lock_guard lock(m_mutex);
        return m_stopping || !m_jobs.empty();
    };
    // Nobody waits for it and nothing is lost if it fails: the next idle moment tries again.
    (void)compactBlocks(*m_connection, isWanted);
    if (!isWanted()) {
        checkpointIfLogged(idleLogBytes);
    }
}

event::Status Writer::tidy(duckdb::Connection &connection)
{
    event::Status status = compactBlocks(connection, [] { return false; });
    checkpointIfLogged(0);
    return status;
}

void Writer::checkpointIfLogged(std::int64_t bytes)
{
    const QFileInfo log(m_file->path() + QStringLiteral(".wal"));
    if (log.exists() && log.size() > bytes) {
        // May be refused while others hold the database; the log stays and is written another time.
        (void)m_connection->run("CHECKPOINT");
    }
}

event::Error Writer::worded(const event::Error &error) const
{
    return m_file ? store::worded(error, m_file->path()) : error;
}

} // namespace octotrail::store
