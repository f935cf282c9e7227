// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Store.h"

#include "store/CheckpointTable.h"
#include "store/EventStream.h"
#include "store/ParquetExport.h"
#include "store/ProfileTable.h"
#include "store/ReaderLane.h"
#include "store/RowReader.h"
#include "store/SearchPrivate.h"
#include "store/SearchRunner.h"
#include "store/SourceRemoval.h"
#include "store/SourceTable.h"
#include "store/StoreError.h"
#include "store/ValueCounter.h"
#include "store/Writer.h"

#include <QDir>
#include <QPromise>
#include <QStandardPaths>
#include <QtConcurrent>

namespace octotrail::store {

namespace {

/// Unpacked blocks kept for readers: about three hundred, most of a screen's scrolling.
constexpr std::size_t cacheBytes = std::size_t{192} << 20;

void registerTypes()
{
    qRegisterMetaType<CommittedBatchPtr>();
    qRegisterMetaType<SeqsPtr>();
    qRegisterMetaType<event::Error>();
}

/// A promise that may be copied, for jobs that are std::function.
template <class T>
class Answer
{
public:
    Answer() { m_promise->start(); }
    QFuture<T> future() const { return m_promise->future(); }
    void give(T result) const
    {
        m_promise->addResult(std::move(result));
        m_promise->finish();
    }

private:
    std::shared_ptr<QPromise<T>> m_promise = std::make_shared<QPromise<T>>();
};

} // namespace

struct Store::Private
{
    Writer writer;
    BlockCache cache{cacheBytes};
    ReaderLane searches; ///< may take seconds
    ReaderLane lookups; ///< take milliseconds, and must not wait behind a search
    std::mutex waitingMutex;
    std::vector<std::stop_source> waiting; ///< of calls that read in their caller's thread

    event::Error worded(const event::Error &error) const { return store::worded(error, writer.path()); }

    /// Runs ask on a reader's connection.
    template <class T, class F>
    QFuture<event::Result<T>> read(ReaderLane &lane, F ask)
    {
        const Answer<event::Result<T>> answer;
        lane.run([this, answer, ask = std::move(ask)](duckdb::Connection &connection, const std::stop_token &stop) {
            if (stop.stop_requested()) {
                answer.give(tl::unexpected(worded({event::ErrorKind::Cancelled, {}, 0})));
                return;
            }
            answer.give(event::Result<T>(ask(connection, stop)).map_error([this](const event::Error &error) {
                return worded(error);
            }));
        });
        return answer.future();
    }

    /// Runs write in the writer's thread, after what was queued before; then tells done if it succeeded.
    template <class T, class F, class Done>
    QFuture<event::Result<T>> write(F change, Done done)
    {
        const Answer<event::Result<T>> answer;
        writer.run([this, answer, change = std::move(change), done = std::move(done)](duckdb::Connection &connection) {
            event::Result<T> result = change(connection);
            if (result) {
                done();
            } else {
                result = tl::unexpected(worded(result.error()));
            }
            answer.give(std::move(result));
        });
        return answer.future();
    }

    /// Runs ask in the calling thread, on a connection of its own.
    template <class T, class F>
    event::Result<T> readHere(const std::stop_token &stop, F ask)
    {
        auto connection = writer.database().connect();
        if (!connection) {
            return tl::unexpected(worded(connection.error()));
        }
        const duckdb::Interrupter interrupter(*connection, stop);
        return event::Result<T>(ask(*connection)).map_error([this](const event::Error &error) {
            return worded(error);
        });
    }
};

Store::Store()
    : d(std::make_unique<Private>())
{ }

Store::~Store()
{
    d->searches.close();
    d->lookups.close();
}

event::Result<std::shared_ptr<Store>> Store::open(const QString &file)
{
    return open(file, Options());
}

event::Result<std::shared_ptr<Store>> Store::open(const QString &file, const Options &options)
{
    registerTypes();
    std::shared_ptr<Store> store(new Store);
    store->d->writer.setCommitted(
        [raw = store.get()](const CommittedBatchPtr &batch) { Q_EMIT raw->committed(batch); });
    StoreFile::Options fileOptions;
    fileOptions.create = options.create;
    fileOptions.memoryLimitMegabytes = options.memoryLimitMegabytes;
    const event::Status opened
        = store->d->writer.start(file, fileOptions)
              .and_then(
                  [&] { return store->d->searches.open(store->d->writer.database(), std::max(1, options.readers)); })
              .and_then([&] { return store->d->lookups.open(store->d->writer.database(), 1); });
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    return store;
}

QFuture<event::Result<std::shared_ptr<Store>>> Store::openLater(const QString &file, const Options &options)
{
    return QtConcurrent::run([file, options] { return open(file, options); });
}

QString Store::defaultFile()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("case.duckdb"));
}

QString Store::file() const
{
    return d->writer.path();
}

QFuture<event::Result<CommitReport>> Store::append(EventBatch batch)
{
    return d->writer.append(std::move(batch));
}

QFuture<event::Status> Store::putProfiles(
    SourceId source, ProfileKind kind, std::vector<std::string> profiles, std::optional<Checkpoint> checkpoint)
{
    return d->write<void>(
        [source, kind, profiles = std::move(profiles), checkpoint = std::move(checkpoint)](
            duckdb::Connection &connection) { return writeProfiles(connection, source, kind, profiles, checkpoint); },
        [this, source, kind] { Q_EMIT profilesChanged(source, kind); });
}

QFuture<event::Result<SourceConfig>> Store::putSource(SourceConfig source)
{
    return d->write<SourceConfig>(
        [source = std::move(source)](duckdb::Connection &connection) { return writeSource(connection, source); },
        [this] { Q_EMIT sourcesChanged(); });
}

QFuture<event::Status> Store::removeSource(SourceId id, bool withItsEvents)
{
    return d->write<void>(
        [id, withItsEvents](
            duckdb::Connection &connection) { return store::removeSource(connection, id, withItsEvents); },
        [this] {
            d->cache.clear();
            Q_EMIT sourcesChanged();
        });
}

QFuture<event::Status> Store::putCheckpoint(SourceId source, Checkpoint checkpoint)
{
    return d->write<void>(
        [source, checkpoint = std::move(checkpoint)](duckdb::Connection &connection) -> event::Status {
            auto transaction = duckdb::Transaction::begin(connection);
            if (!transaction) {
                return tl::unexpected(transaction.error());
            }
            return store::putCheckpoint(connection, source, checkpoint).and_then([&] { return transaction->commit(); });
        },
        [] {});
}

QFuture<event::Status> Store::compact()
{
    return d->write<void>([this](duckdb::Connection &connection) { return d->writer.tidy(connection); }, [] {});
}

std::unique_ptr<Search> Store::search(const EventQuery &query)
{
    auto data = std::make_unique<Search::Private>();
    const std::shared_ptr<SearchLink> link = data->link;
    const std::stop_source stop = data->stop;
    std::unique_ptr<Search> search(new Search(std::move(data)));
    link->search = search.get();

    SearchRunner::Sink sink;
    sink.started = [link](Seq last) { link->post([last](Search &s) { Q_EMIT s.started(last); }); };
    sink.found = [link](std::vector<Seq> seqs) {
        link->post(
            [found = std::make_shared<const std::vector<Seq>>(std::move(seqs))](Search &s) { Q_EMIT s.found(found); });
    };
    sink.progressed = [link](double fraction) { link->post([fraction](Search &s) { Q_EMIT s.progressed(fraction); }); };

    d->searches.run(
        [this, link, query, sink](duckdb::Connection &connection, const std::stop_token &token) {
            SearchRunner runner(connection, d->cache, token);
            const auto total = duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return runner.run(query, sink);
            });
            if (total) {
                link->post([total = *total](Search &s) {
                    Search::Private::end(s);
                    Q_EMIT s.finished(total);
                });
            } else {
                link->post([error = d->worded(total.error())](Search &s) {
                    Search::Private::end(s);
                    Q_EMIT s.failed(error);
                });
            }
        },
        stop);
    return search;
}

QFuture<event::Result<std::vector<EventRow>>> Store::rows(std::vector<Seq> seqs, std::vector<std::string> paths)
{
    return d->read<std::vector<EventRow>>(d->lookups,
        [this, seqs = std::move(seqs), paths = std::move(paths)](duckdb::Connection &connection,
            const std::stop_token &stop) { return RowReader(connection, d->cache, stop).rows(seqs, paths); });
}

QFuture<event::Result<StoredEvent>> Store::event(Seq seq)
{
    return d->read<StoredEvent>(d->lookups, [this, seq](duckdb::Connection &connection, const std::stop_token &stop) {
        return RowReader(connection, d->cache, stop).event(seq);
    });
}

QFuture<event::Result<std::int64_t>> Store::count(EventQuery query)
{
    return d->read<std::int64_t>(
        d->searches, [this, query = std::move(query)](duckdb::Connection &connection, const std::stop_token &stop) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return SearchRunner(connection, d->cache, stop).count(query);
            });
        });
}

QFuture<event::Result<std::vector<Store::ValueCount>>> Store::countBy(EventQuery query, std::string path, int limit)
{
    return d->read<std::vector<ValueCount>>(d->searches,
        [this, query = std::move(query), path = std::move(path), limit](
            duckdb::Connection &connection, const std::stop_token &stop) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return ValueCounter(connection, d->cache, stop).count(query, path, limit);
            });
        });
}

QFuture<event::Result<std::vector<SourceConfig>>> Store::sources()
{
    return d->read<std::vector<SourceConfig>>(
        d->lookups, [](duckdb::Connection &connection, const std::stop_token &) { return readSources(connection); });
}

QFuture<event::Result<SourceCounts>> Store::counts(SourceId source)
{
    return d->read<SourceCounts>(d->lookups,
        [source](duckdb::Connection &connection, const std::stop_token &) { return readCounts(connection, source); });
}

QFuture<event::Result<std::optional<Checkpoint>>> Store::checkpoint(SourceId source, QString stream)
{
    return d->read<std::optional<Checkpoint>>(
        d->lookups, [source, stream = std::move(stream)](duckdb::Connection &connection, const std::stop_token &) {
            return readCheckpoint(connection, source, stream);
        });
}

QFuture<event::Result<std::vector<Profile>>> Store::profiles(
    ProfileKind kind, filter::Expression expression, std::vector<std::string> words)
{
    return d->read<std::vector<Profile>>(d->searches,
        [kind, expression = std::move(expression), words = std::move(words)](duckdb::Connection &connection,
            const std::stop_token &stop) { return readProfiles(connection, kind, expression, words, stop); });
}

event::Status Store::forEachEvent(const EventQuery &query, const std::function<void(std::int64_t)> &total,
    const std::function<bool(const StoredEvent &)> &consume, const std::stop_token &stop)
{
    return d->readHere<void>(stop, [&](duckdb::Connection &connection) {
        return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
            return streamEvents(connection, d->cache, query, total, consume, stop);
        });
    });
}

event::Result<std::int64_t> Store::exportParquet(
    const EventQuery &query, const QString &file, const std::vector<std::string> &fields, const std::stop_token &stop)
{
    return d->readHere<std::int64_t>(stop, [&](duckdb::Connection &connection) {
        return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
            return writeParquet(connection, d->cache, query, file, fields, stop);
        });
    });
}

} // namespace octotrail::store
