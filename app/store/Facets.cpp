// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Facets.h"

#include "store/MatchedEvents.h"
#include "store/StorePrivate.h"
#include "store/ValueCounter.h"

namespace octotrail::store {

namespace {

template <class Give>
event::Status countFacets(duckdb::Connection &connection, BlockCache &cache, const FacetRequest &request,
    const std::stop_token &stop, const Give &give)
{
    const auto events = matchedEvents(connection, cache, request.query, request.seqs, stop);
    if (!events) {
        return tl::unexpected(events.error());
    }
    ValueCounter counter(connection, cache, stop);
    counter.lookUp(*events, request.paths);
    for (const std::string &path : request.paths) {
        auto tally = counter.tally(*events, request.query, path, request.limit, request.rareFirst);
        if (!tally) {
            return tl::unexpected(tally.error());
        }
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
        give(Facet{path, std::move(tally->values), tally->distinct, tally->missing});
    }
    return {};
}

} // namespace

QFuture<event::Result<Facet>> Facets::count(FacetRequest request, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.readEach<Facet>(
        d.searches,
        [&d, request = std::move(request)](
            duckdb::Connection &connection, const std::stop_token &token, const auto &give) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return countFacets(connection, d.cache, request, token, give);
            });
        },
        stop);
}

} // namespace octotrail::store
