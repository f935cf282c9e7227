// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/QuerySeqs.h"

#include "store/SearchRunner.h"
#include "store/StorePrivate.h"

namespace octotrail::store {

event::Result<std::vector<Seq>> seqsOf(Store &store, const EventQuery &query, const std::stop_token &stop)
{
    Store::Private &inside = Store::Private::of(store);
    return inside.readSnapshot<std::vector<Seq>>(
        stop, [&](duckdb::Connection &connection) { return SearchRunner(connection, inside.cache, stop).all(query); });
}

} // namespace octotrail::store
