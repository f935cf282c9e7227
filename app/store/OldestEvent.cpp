// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/OldestEvent.h"

#include "store/AlertSql.h"
#include "store/StorePrivate.h"

namespace octotrail::store {

QFuture<event::Result<std::optional<event::Timestamp>>> oldestEvent(Store &store)
{
    using Oldest = std::optional<event::Timestamp>;
    Store::Private &data = Store::Private::of(store);
    return data.read<Oldest>(
        data.lookups, [](duckdb::Connection &connection, const std::stop_token &) -> event::Result<Oldest> {
            Oldest oldest;
            return alertsql::forEachRow(connection, "SELECT min(published) FROM events", {},
                [&](const duckdb::Chunk &chunk, std::size_t row) { oldest = chunk.column(0).time(row); })
                .map([&] { return oldest; });
        });
}

} // namespace octotrail::store
