// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventLookup.h"

#include "store/BlockReader.h"
#include "store/RowReader.h"
#include "store/StorePrivate.h"

namespace octotrail::store {

namespace {

event::Result<std::vector<StoredEvent>> readEvents(
    duckdb::Connection &connection, BlockCache &cache, const std::vector<Seq> &seqs, const std::stop_token &stop)
{
    const auto rows = RowReader(connection, cache, stop).rows(seqs, {});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    std::vector<StoredEvent> events;
    events.reserve(rows->size());
    BlockReader blocks(connection, cache);
    for (const EventRow &row : *rows) {
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
        const auto block = blocks.blockOf(row.seq);
        if (!block) {
            if (block.error().kind == event::ErrorKind::NotFound) {
                continue;
            }
            return tl::unexpected(block.error());
        }
        if (const std::string_view bytes = (*block)->find(row.seq); bytes.data()) {
            events.push_back({row.seq, row.source, event::LogEvent::fromBytes(std::string(bytes))});
        }
    }
    return events;
}

} // namespace

QFuture<event::Result<std::vector<StoredEvent>>> EventLookup::events(std::vector<Seq> seqs)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<std::vector<StoredEvent>>(
        d.lookups, [&d, seqs = std::move(seqs)](duckdb::Connection &connection, const std::stop_token &stop) {
            return readEvents(connection, d.cache, seqs, stop);
        });
}

} // namespace octotrail::store
