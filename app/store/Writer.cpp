// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Writer.h"

#include "event/ThreadPriority.h"
#include "store/Compactor.h"
#include "store/MemoryLimit.h"
#include "store/SortHeads.h"
#include "store/StoreError.h"
#include "store/ValueCounts.h"
#include "store/duckdb/Database.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <algorithm>
#include <malloc.h>
#include <sched.h>
#include <sys/stat.h>

namespace octotrail::store {

namespace {

using namespace std::chrono_literals;

/// Batches of more events than this are part of a bulk load: nobody watches them arrive one by one.
constexpr std::size_t pageEvents = 1000;
/// Events of a bulk load that are committed together: what DuckDB writes into the file at once.
constexpr std::size_t groupEvents = duckdb::rowGroupRows;
/// The same for what is collected: who reads it holds no more than some of these groups in memory.
constexpr std::size_t collectedEvents = 16'000;
/// How long a bulk load may be waited for before what came of it is committed.
constexpr auto bulkPatience = 150ms;
/// How long nothing must have come before the store tidies up.
constexpr auto idleAfter = 2s;
/// The log is written into the file when idle if it is larger than this: some fifty pages. DuckDB rewrites the last row
/// group of each table then, which makes many small checkpoints dear, and lets no page in meanwhile. ...
constexpr std::int64_t idleLogBytes = std::int64_t{64} << 20;
/// ... and between two commits if it is larger than that: a longer log would be slow to read after a crash.
constexpr std::int64_t busyLogBytes = std::int64_t{512} << 20;

/// What DuckDB may keep of the file when nothing is asked: a screen's worth of pages.
constexpr std::int64_t restingMegabytes = 64;
/// What it may take more for so many events that are not in the file yet, ... The bytes of the log would tell too much:
/// with each commit DuckDB writes the lists of up to 2,048 rows before it there once more.
constexpr std::int64_t megabytesALoad = 4;
constexpr std::size_t eventsALoad = 2'500;
/// ... and at most while much is written.
constexpr std::int64_t bulkMegabytes = 1024;

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
        .and_then([](duckdb::QueryResult &&result) -> event::Result<Seq> {
            // Nobody has had so many events: a file says so that was made to have no number left.
            constexpr Seq most = Seq{1} << 62;
            const Seq highest = result.number();
            if (highest > most) {
                return event::failure(
                    event::ErrorKind::Corrupt, QObject::tr("its events have higher numbers than are ever given out"));
            }
            return std::max<Seq>(highest, 0) + 1;
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
    for (QThreadPool *pool : {&m_preparers, &m_bulkPreparers}) {
        pool->setMaxThreadCount(std::max(1, QThread::idealThreadCount()));
    }
    m_releasers->setMaxThreadCount(1);
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
    const bool isBulk = job->batch.events.size() > pageEvents;
    job->packing = isBulk ? bulkPacking : pagePacking;
    job->promise.start();
    QFuture<event::Result<CommitReport>> future = job->promise.future();

    auto task = std::make_shared<std::packaged_task<PreparedBatch()>>(
        [source = job->batch.source, events = &job->batch.events, packing = job->packing] {
            return prepareBatch(source, *events, distinctEvents(*events), packing);
        });
    job->prepared = task->get_future();
    // In a bulk load everything waits for the writer in the end: those who work for it must not take its turns.
    const event::Courtesy courtesy = isBulk ? event::Courtesy::Bulk : event::Courtesy::Reading;
    (isBulk ? m_bulkPreparers : m_preparers).start([task, courtesy] {
        event::giveWay(courtesy);
        (*task)();
    });
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
    event::giveWay(event::Courtesy::Reading); // DuckDB's own threads, started from here, too
    const event::Status status = open(file, options);
    opened.set_value(status);
    if (status) {
        work();
        leave();
    }
    m_memory.reset();
    m_connection.reset();
    m_file.reset();
}

event::Status Writer::open(const QString &file, const StoreFile::Options &options)
{
    m_readOnly = options.readOnly;
    m_tidied = m_readOnly;
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
    m_memory.emplace(*m_connection);
    const auto next = nextSeq(*m_connection);
    if (!next) {
        return tl::unexpected(worded(next.error()));
    }
    m_next = *next;
    const auto published = PublishedSpan::ofStore(*m_connection);
    if (!published) {
        return tl::unexpected(worded(published.error()));
    }
    m_published = *published;
    if (!m_readOnly) {
        m_place.begin(path());
    }
    return {};
}

void Writer::work()
{
    for (;;) {
        std::unique_lock lock(m_mutex);
        const auto patience = m_group ? std::chrono::milliseconds(bulkPatience) : m_tidied ? 24h : idleAfter;
        const bool woken = m_wake.wait_for(lock, patience, [this] { return m_stopping || !m_jobs.empty(); });
        if (!woken || m_jobs.empty()) {
            lock.unlock();
            if (m_group) {
                commit();
            } else if (woken) {
                return;
            } else {
                beIdle();
            }
            continue;
        }
        Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        if (std::holds_alternative<Rest>(job)) {
            if (!m_group && m_rest) {
                m_rest(); // what is tidy stays so
            }
            continue;
        }
        m_tidied = m_readOnly;
        if (auto *append = std::get_if<AppendPtr>(&job)) {
            add(std::move(*append));
        } else {
            commit();
            saveLostLog();
            const bool isInPlace = m_place.check().has_value();
            std::get<Task>(job)(*m_connection);
            if (isInPlace) {
                m_place.noteWritten();
            }
        }
    }
}

void Writer::add(AppendPtr append)
{
    if (!m_group) {
        saveLostLog();
        if (const event::Status there = m_place.check(); !there) {
            append->prepared.wait(); // it works on the batch
            append->promise.addResult(tl::unexpected(there.error()));
            append->promise.finish();
            return;
        }
        loadInBulk(append->packing.isBulk);
        m_group.emplace(*m_connection, m_next, m_published, m_isWatched && m_isWatched(), m_releasers);
    }
    m_group->add(std::move(append));
    const std::size_t enough = m_group->isAwaited() ? collectedEvents : groupEvents;
    if (m_group->hasFailed() || m_group->rows() >= enough || (!m_group->isBulk() && !isPageNext())) {
        commit();
    }
}

/// A bulk load keeps all cores busy with parsing and packing. Then DuckDB does what the writer asks in the writer's own
/// thread: handing it to others would make it wait for them.
void Writer::loadInBulk(bool isBulk)
{
    if (m_loadsInBulk != isBulk) {
        m_loadsInBulk = isBulk;
        // Nothing but speed depends on it.
        (void)m_connection->run("SET threads = " + std::to_string(isBulk ? 1 : StoreFile::threads()));
        if (isBulk) {
            (void)m_memory->set(bulkMegabytes);
        }
    }
}

/// Whether another batch waits for which somebody waits.
bool Writer::isPageNext()
{
    const std::lock_guard lock(m_mutex);
    const auto *append = m_jobs.empty() ? nullptr : std::get_if<AppendPtr>(&m_jobs.front());
    return append && !(*append)->packing.isBulk;
}

void Writer::commit()
{
    if (!m_group) {
        return;
    }
    if (logBytes() == 0) {
        m_logged = 0;
    }
    if (m_group->commit()) {
        m_next = m_group->next();
        m_published = m_group->published();
        m_logged += m_group->isBulk() ? 0 : m_group->rows();
    }
    m_group->report(m_committed, [this](const event::Error &error) { return worded(error); });
    m_group.reset();
    // What is not in the file yet is kept in memory, or written aside. No more than that takes: what searches read
    // would be kept in the rest.
    if (const auto loads = static_cast<std::int64_t>((m_logged + eventsALoad - 1) / eventsALoad); loads > 0) {
        const std::int64_t usual = m_connection->memory().usual();
        const std::int64_t forLog = std::min(usual + loads * megabytesALoad, bulkMegabytes);
        (void)m_memory->set(std::max(forLog, m_memory->megabytes()));
    }
    checkpointIfLogged(busyLogBytes);
    m_place.noteWritten();
}

/// Somebody removed the log: what is in it is written into the file, from memory.
void Writer::saveLostLog()
{
    if (m_place.hasLostLog() && m_place.check() && m_connection->run("CHECKPOINT")) {
        m_place.noteWritten();
    }
}

/// Closing the file writes the log into it and removes it, by its name: not if that is another file's.
void Writer::leave()
{
    if (m_place.hasOthersLog()) {
        (void)m_connection->run("PRAGMA disable_checkpoint_on_shutdown");
    } else {
        checkpointIfLogged(0);
    }
}

void Writer::beIdle()
{
    m_tidied = true;
    loadInBulk(false);
    saveLostLog();
    if (!m_place.check()) {
        return;
    }
    const auto isWanted = [this] {
        const std::lock_guard lock(m_mutex);
        return m_stopping || !m_jobs.empty();
    };
    // Nobody waits for it and nothing is lost if it fails: the next idle moment tries again.
    (void)makeAhead(*m_connection, isWanted);
    if (!isWanted()) {
        checkpointIfLogged(idleLogBytes);
        (void)m_memory->set(0);
    }
    m_place.noteWritten();
    // What was asked to rest in between goes on afterwards.
    m_tidied = !isWanted();
    if (m_tidied && m_rest) {
        m_rest();
    }
}

/// What makes questions quick and the file small: each of it, even if another fails.
event::Status Writer::makeAhead(duckdb::Connection &connection, const std::function<bool()> &isWanted)
{
    event::Status status;
    const auto make = [&](auto add) {
        event::Status made = withEnoughMemory(connection, add);
        if (status && !made) {
            status = std::move(made);
        }
    };
    make([&] { return compactBlocks(connection, isWanted); });
    make([&] { return addMissingFilters(connection, isWanted); });
    make([&] { return addMissingSortHeads(connection, isWanted, m_sortHeads); });
    make([&] { return addMissingValueCounts(connection, isWanted, m_valueCounts); });
    return status;
}

void Writer::giveBackMemory()
{
    if (m_loadsInBulk) {
        return;
    }
    // DuckDB lets go of pages that it keeps.
    (void)m_connection->memory().squeeze(*m_connection, restingMegabytes);
    malloc_trim(0);
}

event::Status Writer::tidy(duckdb::Connection &connection)
{
    if (m_readOnly) {
        return {};
    }
    event::Status status = makeAhead(connection, [] { return false; });
    checkpointIfLogged(0);
    return status;
}

std::int64_t Writer::logBytes() const
{
    return QFileInfo(m_file->path() + QStringLiteral(".wal")).size();
}

void Writer::checkpointIfLogged(std::int64_t bytes)
{
    if (!m_readOnly && logBytes() > bytes) {
        // May be refused while others hold the database; the log stays and is written another time.
        (void)m_connection->run("CHECKPOINT");
    }
}

event::Error Writer::worded(const event::Error &error) const
{
    return m_file ? store::worded(error, m_file->path()) : error;
}

} // namespace octotrail::store
