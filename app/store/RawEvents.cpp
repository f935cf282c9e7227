// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RawEvents.h"

#include "store/EventStream.h"
#include "store/StorePrivate.h"

namespace octotrail::store {

event::Status forEachRaw(Store &store, const EventQuery &query, const std::function<void(std::int64_t)> &total,
    const TakeRawEvents &take, const std::stop_token &stop)
{
    Store::Private &d = Store::Private::of(store);
    return d.readSnapshot<void>(
        stop, [&](duckdb::Connection &connection) { return streamRaw(connection, d.cache, query, total, take, stop); });
}

} // namespace octotrail::store
