// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Store.h"

#include "store/CheckpointTable.h"
#include "store/EventStream.h"
#include "store/ParquetExport.h"
#include "store/ProfileTable.h"
#include "store/RowReader.h"
#include "store/SearchPrivate.h"
#include "store/SearchRunner.h"
#include "store/SortHeads.h"
#include "store/SourceRemoval.h"
#include "store/SourceTable.h"
#include "store/StorePrivate.h"
#include "store/ValueCounter.h"

#include <QDir>
#include <QMetaMethod>
#include <QStandardPaths>
#include <QtConcurrent>
#include <algorithm>
#include <malloc.h>
#include <optional>

namespace octotrail::store {

namespace {

/// Tells what a search finds; if the search is run again, what is new to it alone: not what the first run told, nor the
/// events that came since.
class ToldOnce
{
public:
    explicit ToldOnce(const SearchRunner::Sink &sink)
        : m_sink(sink)
    { }

    /// For a run.
    SearchRunner::Sink begin()
    {
        m_repeated = m_told;
        const bool isAgain = m_last.has_value();
        SearchRunner::Sink sink;
        sink.started = [this](Seq last) {
            if (!m_last) {
                m_last = last;
                m_sink.started(last);
            }
        };
        sink.found = [this, isAgain](std::vector<Seq> seqs) {
            if (isAgain) {
                std::erase_if(seqs, [this](Seq seq) { return seq > *m_last; });
            }
            const std::size_t repeated = std::min(m_repeated, seqs.size());
            seqs.erase(seqs.begin(), seqs.begin() + static_cast<std::ptrdiff_t>(repeated));
            m_repeated -= repeated;
            m_told += seqs.size();
            if (!seqs.empty()) {
                m_sink.found(std::move(seqs));
            }
        };
        sink.progressed = m_sink.progressed;
        return sink;
    }

    qint64 count() const { return static_cast<qint64>(m_told); }

private:
    const SearchRunner::Sink &m_sink;
    std::optional<Seq> m_last;
    std::size_t m_told = 0;
    std::size_t m_repeated = 0;
};

void registerTypes()
{
    qRegisterMetaType<CommittedBatchPtr>();
    qRegisterMetaType<SeqsPtr>();
    qRegisterMetaType<event::Error>();
}

} // namespace

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
    StoreFile::Options fileOptions;
    fileOptions.create = options.create;
    fileOptions.memoryLimitMegabytes = options.memoryLimitMegabytes;
    return Private::open(file, fileOptions, options.readers);
}

event::Result<std::shared_ptr<Store>> Store::Private::open(
    const QString &file, const StoreFile::Options &options, int readers)
{
    registerTypes();
    std::shared_ptr<Store> store(new Store);
    store->d->writer.setCommitted([raw = store.get()](const CommittedBatchPtr &batch) { Q_EMIT raw->committed(batch); },
        [raw = store.get()] { return raw->isSignalConnected(QMetaMethod::fromSignal(&Store::committed)); });
    store->d->writer.setRest([d = store->d.get()] {
        if (d->searches.isResting() && !d->lookups.isBusy() && d->readersElsewhere == 0) {
            d->cache.clear();
            d->writer.giveBackMemory();
        }
    });
    store->d->searches.setRest([d = store->d.get()] { d->writer.rest(); });
    const event::Status opened
        = store->d->writer.start(file, options)
              .and_then([&] { return store->d->searches.open(store->d->writer.database(), std::max(1, readers)); })
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
        [page = ProfilePage{source, kind, std::move(profiles), {}, false}, checkpoint = std::move(checkpoint)](
            duckdb::Connection &connection) {
            return writeProfiles(connection, page, checkpoint).map([](const ProfileReport &) {});
        },
        [this, source, kind] {
            d->cache.profiles().invalidate();
            Q_EMIT profilesChanged(source, kind);
        });
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
            d->cache.profiles().invalidate();
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
            std::optional<SearchRunner> runner;
            ToldOnce told(sink);
            const auto total = withEnoughMemory(connection, [&] {
                runner.emplace(connection, d->cache, token);
                return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                    return runner->run(query, told.begin());
                });
            }).map([&](std::int64_t) { return told.count(); });
            if (runner->hasWrongSortHeads() && !d->writer.isReadOnly()) {
                d->writer.run([this](duckdb::Connection &writing) {
                    if (d->writer.place().check()) {
                        (void)dropSortHeads(writing); // the next idle moment makes them anew
                    }
                });
            }
            if (total) {
                link->post([total = *total](Search &s) {
                    Search::Private::end(s);
                    Q_EMIT s.finished(total);
                });
            } else {
                link->post([error = d->worded(total.error(), token)](Search &s) {
                    Search::Private::end(s);
                    Q_EMIT s.failed(error);
                });
            }
            // What it gave back, glibc keeps for the next one, which takes it elsewhere.
            malloc_trim(0);
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
    return d->readSnapshot<void>(stop, [&](duckdb::Connection &connection) {
        return streamEvents(connection, d->cache, query, total, consume, stop);
    });
}

event::Result<std::int64_t> Store::exportParquet(
    const EventQuery &query, const QString &file, const std::vector<std::string> &fields, const std::stop_token &stop)
{
    return d->readHere<std::int64_t>(stop, [&](duckdb::Connection &connection) {
        return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
            return writeParquet(
                d->writer.database(), connection, d->cache, d->writer.path(), query, file, fields, stop);
        });
    });
}

} // namespace octotrail::store
