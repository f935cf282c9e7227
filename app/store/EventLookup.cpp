// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventLookup.h"

#include "store/EventBytes.h"
#include "store/RowReader.h"
#include "store/StorePrivate.h"

#include <algorithm>

namespace octotrail::store {

namespace {

event::Result<std::vector<StoredEvent>> readEvents(
    duckdb::Connection &connection, BlockCache &cache, const std::vector<Seq> &seqs, const std::stop_token &stop)
{
    const auto rows = RowReader(connection, cache, stop).rows(seqs, {});
    if (!rows) {
        return tl::unexpected(rows.error());
    }
    BlockReader blocks(connection, cache);
    if (const auto extents = blocks.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    std::vector<Seq> found(rows->size());
    std::ranges::transform(*rows, found.begin(), &EventRow::seq);
    auto bytes = bytesOf(blocks, found, stop);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    std::vector<StoredEvent> events;
    events.reserve(rows->size());
    for (std::size_t i = 0; i < rows->size(); ++i) {
        if (!(*bytes)[i].empty()) {
            const EventRow &row = (*rows)[i];
            events.push_back({row.seq, row.source, event::LogEvent::fromBytes(std::move((*bytes)[i]))});
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
