// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MatchedEvents.h"

#include "store/PickedSeqs.h"
#include "store/QueryPlan.h"
#include "store/SearchRunner.h"

namespace octotrail::store {

event::Result<MatchedEvents> matchedEvents(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query,
    const SeqsPtr &known, const std::stop_token &stop)
{
    EventQuery byTime = query;
    byTime.sortPath = "published";
    auto plan = planQuery(connection, cache, byTime);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (plan->exact) {
        return MatchedEvents{" FROM events WHERE " + plan->where, std::move(plan->parameters), plan->takesAll};
    }
    event::Status picked;
    if (known) {
        picked = pickSeqs(connection, *known);
    } else {
        picked = SearchRunner(connection, cache, stop).all(byTime).and_then([&](const std::vector<Seq> &seqs) {
            return pickSeqs(connection, seqs);
        });
    }
    if (!picked) {
        return tl::unexpected(picked.error());
    }
    return MatchedEvents{" FROM events WHERE seq IN (SELECT seq FROM picked)", {}, false};
}

} // namespace octotrail::store
