// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ChosenEvents.h"

#include "store/EventStream.h"
#include "store/ParquetExport.h"
#include "store/StorePrivate.h"

namespace octotrail::store {

namespace {

/// On one snapshot.
template <class T, class F>
event::Result<T> readTogether(Store &store, const std::stop_token &stop, F ask)
{
    Store::Private &d = Store::Private::of(store);
    return d.readHere<T>(stop, [&](duckdb::Connection &connection) {
        return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
            return ask(d, connection);
        });
    });
}

} // namespace

event::Result<std::int64_t> ChosenEvents::count(const std::stop_token &stop) const
{
    return readTogether<std::int64_t>(m_store, stop, [&](Store::Private &, duckdb::Connection &connection) {
        return seqsThatAreThere(connection, m_seqs).map([](const std::vector<Seq> &seqs) {
            return static_cast<std::int64_t>(seqs.size());
        });
    });
}

event::Status ChosenEvents::forEachRaw(
    const std::function<void(std::int64_t)> &total, const TakeRawEvents &take, const std::stop_token &stop) const
{
    return readTogether<void>(m_store, stop, [&](Store::Private &d, duckdb::Connection &connection) -> event::Status {
        const auto seqs = seqsThatAreThere(connection, m_seqs);
        if (!seqs) {
            return tl::unexpected(seqs.error());
        }
        if (total) {
            total(static_cast<std::int64_t>(seqs->size()));
        }
        return streamChosen(connection, d.cache, *seqs, take, stop);
    });
}

event::Result<std::int64_t> ChosenEvents::exportParquet(
    const QString &file, const std::vector<std::string> &fields, const std::stop_token &stop) const
{
    return readTogether<std::int64_t>(m_store, stop, [&](Store::Private &d, duckdb::Connection &connection) {
        return writeParquet(d.writer.database(), connection, d.writer.path(), m_seqs, file, fields);
    });
}

} // namespace octotrail::store
