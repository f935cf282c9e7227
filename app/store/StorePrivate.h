// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/AlertNews.h"
#include "store/AnnotationNews.h"
#include "store/BlockCache.h"
#include "store/DocumentNews.h"
#include "store/MemoryLimit.h"
#include "store/ReaderLane.h"
#include "store/Store.h"
#include "store/StoreError.h"
#include "store/Writer.h"

#include <QPromise>
#include <QScopeGuard>
#include <atomic>

namespace octotrail::store {

/// Unpacked blocks kept for readers: some hundred and fifty, a few screens of rows that stand far apart.
inline constexpr std::size_t blockCacheBytes = std::size_t{96} << 20;

/// A promise that may be copied, for jobs that are std::function.
template <class T>
class Answer
{
public:
    Answer() { m_promise->start(); }
    QFuture<T> future() const { return m_promise->future(); }
    void give(T result) const
    {
        add(std::move(result));
        finish();
    }
    void add(T result) const { m_promise->addResult(std::move(result)); }
    void finish() const { m_promise->finish(); }

private:
    std::shared_ptr<QPromise<T>> m_promise = std::make_shared<QPromise<T>>();
};

/// What a Store has inside. Only for app/store/: a part of the store with a face of its own (a class that is given a
/// Store &) queues its reads and writes here, through Store::Private::of().
struct Store::Private
{
    static Private &of(Store &store) { return *store.d; }
    /// For those who do more than Store::open() with the file.
    static event::Result<std::shared_ptr<Store>> open(
        const QString &file, const StoreFile::Options &options, int readers);

    BlockCache cache{blockCacheBytes};
    AlertNews alertNews;
    AnnotationNews annotationNews;
    DocumentNews documentNews;
    Writer writer; // after these: it finishes what is queued when it goes
    ReaderLane searches; ///< may take seconds
    ReaderLane lookups; ///< take milliseconds, and must not wait behind a search
    std::atomic<int> readersElsewhere = 0; ///< in threads of others, see readHere()

    event::Error worded(const event::Error &error) const { return store::worded(error, writer.path()); }
    /// What was stopped is told to be that, whatever failed of it first.
    event::Error worded(const event::Error &error, const std::stop_token &stop) const
    {
        return worded(stop.stop_requested() ? event::Error{event::ErrorKind::Cancelled, {}, 0} : error);
    }

    /// Runs ask on a reader's connection. Requesting a stop interrupts it.
    template <class T, class F>
    QFuture<event::Result<T>> read(ReaderLane &lane, F ask, const std::stop_source &stop = {})
    {
        return readEach<T>(
            lane,
            [ask = std::move(ask)](duckdb::Connection &connection, const std::stop_token &token, const auto &give) {
                return event::Result<T>(ask(connection, token)).map(give);
            },
            stop);
    }

    /// The same, with as many results as ask gives, in an order that depends on nothing but the question. An error is
    /// the last one.
    template <class T, class F>
    QFuture<event::Result<T>> readEach(ReaderLane &lane, F ask, const std::stop_source &stop = {})
    {
        const Answer<event::Result<T>> answer;
        lane.run(
            [this, answer, ask = std::move(ask)](duckdb::Connection &connection, const std::stop_token &token) {
                std::size_t given = 0;
                const auto attempt = [&]() -> event::Status {
                    std::size_t repeated = given; // by an attempt that lacked memory
                    return ask(connection, token, [&](T result) {
                        if (repeated > 0) {
                            --repeated;
                        } else {
                            ++given;
                            answer.add(std::move(result));
                        }
                    });
                };
                const event::Status asked = token.stop_requested() ? event::failure(event::ErrorKind::Cancelled, {})
                                                                   : withEnoughMemory(connection, attempt);
                if (!asked) {
                    answer.add(tl::unexpected(worded(asked.error(), token)));
                }
                answer.finish();
            },
            stop);
        return answer.future();
    }

    /// Runs write in the writer's thread, after what was queued before; then tells done if it succeeded.
    template <class T, class F, class Done>
    QFuture<event::Result<T>> write(F change, Done done)
    {
        const Answer<event::Result<T>> answer;
        writer.run([this, answer, change = std::move(change), done = std::move(done)](duckdb::Connection &connection) {
            if (const event::Status there = writer.place().check(); !there) {
                answer.give(tl::unexpected(there.error()));
                return;
            }
            event::Result<T> result
                = withEnoughMemory(connection, [&] { return event::Result<T>(change(connection)); });
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
        ++readersElsewhere;
        const auto leave = qScopeGuard([this] {
            --readersElsewhere;
            searches.stir(); // what was read for it is given back, too
        });
        return event::Result<T>(ask(*connection)).map_error([this, &stop](const event::Error &error) {
            return worded(error, stop);
        });
    }

    /// The same, with all that is asked on one snapshot.
    template <class T, class F>
    event::Result<T> readSnapshot(const std::stop_token &stop, F ask)
    {
        return readHere<T>(stop, [&](duckdb::Connection &connection) {
            return duckdb::Transaction::begin(connection)
                .and_then([&](const duckdb::Transaction &) -> event::Result<T> { return ask(connection); });
        });
    }
};

} // namespace octotrail::store
