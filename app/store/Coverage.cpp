// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Coverage.h"

#include "store/CheckpointTable.h"
#include "store/CoverageTable.h"
#include "store/StorePrivate.h"

#include <algorithm>

namespace octotrail::store {

using event::Result;
using event::Status;
using event::TimeRange;
using event::Timestamp;

namespace {

Result<Coverage::Standing> read(duckdb::Connection &connection, SourceId source)
{
    auto goal = readGoal(connection, source);
    if (!goal) {
        return tl::unexpected(goal.error());
    }
    auto covered = readRanges(connection, source, RangeKind::Covered);
    if (!covered) {
        return tl::unexpected(covered.error());
    }
    auto skipped = readRanges(connection, source, RangeKind::Skipped);
    if (!skipped) {
        return tl::unexpected(skipped.error());
    }
    return Coverage::Standing{std::move(*goal), std::move(*covered), std::move(*skipped)};
}

Result<std::vector<SourceId>> sourcesWithGoals(duckdb::Connection &connection)
{
    auto result = connection.query("SELECT source FROM coverage_goals ORDER BY source");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<SourceId> sources;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            sources.push_back(chunk->column(0).integer(row));
        }
    }
    return sources;
}

/// Changes a standing within one transaction. Nothing happens to a source that has no goal.
template <class F>
QFuture<Status> change(Store &store, SourceId source, F edit)
{
    return Store::Private::of(store).write<void>(
        [source, edit = std::move(edit)](duckdb::Connection &connection) -> Status {
            auto transaction = duckdb::Transaction::begin(connection);
            if (!transaction) {
                return tl::unexpected(transaction.error());
            }
            const auto before = read(connection, source);
            if (!before) {
                return tl::unexpected(before.error());
            }
            Coverage::Standing after = *before;
            edit(after);
            return writeRanges(connection, source, RangeKind::Covered, before->covered, after.covered)
                .and_then(
                    [&] { return writeRanges(connection, source, RangeKind::Skipped, before->skipped, after.skipped); })
                .and_then([&] {
                    return after.goal && after.goal != before->goal ? writeGoal(connection, source, *after.goal)
                                                                    : Status();
                })
                .and_then([&] { return transaction->commit(); });
        },
        [] {});
}

} // namespace

QFuture<Result<Coverage::Standing>> Coverage::standing(SourceId source) const
{
    auto &store = Store::Private::of(m_store);
    return store.read<Standing>(store.lookups, [source](duckdb::Connection &connection, const std::stop_token &) {
        return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
            return read(connection, source);
        });
    });
}

QFuture<Result<std::vector<Gap>>> Coverage::gaps(SourceId source, Timestamp now) const
{
    auto &store = Store::Private::of(m_store);
    const auto ask = [source, now](duckdb::Connection &connection) -> Result<std::vector<Gap>> {
        auto sources = source == 0 ? sourcesWithGoals(connection) : std::vector<SourceId>{source};
        if (!sources) {
            return tl::unexpected(sources.error());
        }
        std::vector<Gap> gaps;
        for (const SourceId id : *sources) {
            const auto standing = read(connection, id);
            if (!standing) {
                return tl::unexpected(standing.error());
            }
            std::ranges::copy(gapsOf(id, *standing, now), std::back_inserter(gaps));
        }
        std::ranges::stable_sort(gaps, {}, [](const Gap &gap) { return *gap.range.since; });
        return gaps;
    };
    return store.read<std::vector<Gap>>(store.lookups, [ask](duckdb::Connection &connection, const std::stop_token &) {
        return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
            return ask(connection);
        });
    });
}

std::vector<Gap> Coverage::gapsOf(SourceId source, const Standing &standing, Timestamp now)
{
    if (!standing.goal || !standing.goal->since) {
        return {};
    }
    RangeSet missing{{*standing.goal->since, now}};
    missing.subtract(standing.covered);
    std::vector<Gap> gaps;
    const auto take = [&](const RangeSet &ranges, Gap::Kind kind) {
        for (const TimeRange &range : ranges.ranges()) {
            gaps.push_back({source, range, kind});
        }
        missing.subtract(ranges);
    };
    take(missing.intersected({standing.goal->liveSince.value_or(now), std::nullopt}), Gap::Kind::Pending);
    take(missing.intersected({std::nullopt, now - retention}), Gap::Kind::Expired);
    // The edges of both move with time.
    std::erase_if(gaps, [](const Gap &gap) { return *gap.range.until - *gap.range.since <= patience; });
    take(missing.intersected(standing.skipped), Gap::Kind::Skipped);
    take(RangeSet(missing), Gap::Kind::Open);
    std::ranges::sort(gaps, {}, [](const Gap &gap) { return *gap.range.since; });
    return gaps;
}

QFuture<Status> Coverage::begin(
    SourceId source, Checkpoint checkpoint, CoverageGoal goal, std::optional<Timestamp> forgetSince)
{
    return Store::Private::of(m_store).write<void>(
        [source, checkpoint = std::move(checkpoint), goal = std::move(goal), forgetSince](
            duckdb::Connection &connection) -> Status {
            auto transaction = duckdb::Transaction::begin(connection);
            if (!transaction) {
                return tl::unexpected(transaction.error());
            }
            const auto before = read(connection, source);
            if (!before) {
                return tl::unexpected(before.error());
            }
            Standing after = *before;
            if (before->goal && !before->goal->query.isEmpty() && before->goal->query != goal.query) {
                after.covered = {};
                after.skipped = {};
            }
            if (forgetSince) {
                after.covered.subtract({*forgetSince, std::nullopt});
            }
            return putCheckpoint(connection, source, checkpoint)
                .and_then([&] { return writeGoal(connection, source, goal); })
                .and_then(
                    [&] { return writeRanges(connection, source, RangeKind::Covered, before->covered, after.covered); })
                .and_then(
                    [&] { return writeRanges(connection, source, RangeKind::Skipped, before->skipped, after.skipped); })
                .and_then([&] { return transaction->commit(); });
        },
        [] {});
}

QFuture<Status> Coverage::merge(SourceId source, Standing other)
{
    return change(m_store, source, [other = std::move(other)](Standing &standing) {
        if (!other.goal) {
            return;
        }
        if (!standing.goal) {
            standing = other;
            standing.goal->liveSince.reset(); // nobody polls it here yet
            return;
        }
        CoverageGoal &goal = *standing.goal;
        if (goal.query != other.goal->query && !goal.query.isEmpty() && !other.goal->query.isEmpty()) {
            return; // another part of the log
        }
        for (const TimeRange &range : other.covered.ranges()) {
            standing.covered.add(range);
        }
        if (goal.since && other.goal->since && *other.goal->since < *goal.since) {
            RangeSet lacking{{*other.goal->since, *goal.since}};
            lacking.subtract(standing.covered);
            for (const TimeRange &range : lacking.ranges()) {
                standing.skipped.add(range);
            }
            goal.since = other.goal->since;
        }
    });
}

QFuture<Status> Coverage::want(SourceId source, TimeRange range)
{
    return change(m_store, source, [range](Standing &standing) {
        standing.skipped.subtract(range);
        if (standing.goal && range.since && (!standing.goal->since || *range.since < *standing.goal->since)) {
            standing.goal->since = range.since;
        }
    });
}

QFuture<Status> Coverage::skip(SourceId source, TimeRange range)
{
    return change(m_store, source, [range](Standing &standing) { standing.skipped.add(range); });
}

QFuture<Status> Coverage::setPaused(SourceId source, bool paused)
{
    return change(m_store, source, [paused](Standing &standing) {
        if (standing.goal) {
            standing.goal->paused = paused;
        }
    });
}

QFuture<Status> Coverage::setReconciled(SourceId source, Timestamp time)
{
    return change(m_store, source, [time](Standing &standing) {
        if (standing.goal) {
            standing.goal->reconciled = time;
        }
    });
}

} // namespace octotrail::store
