// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ChosenEvents.h"

#include "store/EventStream.h"
#include "store/ParquetExport.h"
#include "store/StorePrivate.h"

namespace octotrail::store {

event::Result<std::int64_t> ChosenEvents::count(const std::stop_token &stop) const
{
    return left(stop).map([](const std::vector<Seq> &seqs) { return static_cast<std::int64_t>(seqs.size()); });
}

event::Result<std::vector<Seq>> ChosenEvents::left(const std::stop_token &stop) const
{
    return Store::Private::of(m_store).readSnapshot<std::vector<Seq>>(
        stop, [&](duckdb::Connection &connection) { return seqsThatAreThere(connection, m_seqs); });
}

event::Status ChosenEvents::forEachRaw(
    const std::function<void(std::int64_t)> &total, const TakeRawEvents &take, const std::stop_token &stop) const
{
    Store::Private &d = Store::Private::of(m_store);
    return d.readSnapshot<void>(stop, [&](duckdb::Connection &connection) -> event::Status {
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
    Store::Private &d = Store::Private::of(m_store);
    return d.readSnapshot<std::int64_t>(stop, [&](duckdb::Connection &connection) {
        return writeParquet(d.writer.database(), connection, d.writer.path(), m_seqs, file, fields);
    });
}

} // namespace octotrail::store
