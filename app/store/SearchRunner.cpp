// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SearchRunner.h"

#include "store/BytesFilter.h"
#include "store/EventInserter.h"
#include "store/SortBound.h"
#include "store/SortHeads.h"

#include <QObject>
#include <algorithm>
#include <utility>

namespace octotrail::store {

namespace {

/// What a window shows at once, with some to spare.
constexpr std::int64_t screen = 1000;
/// Seqs that are told together, behind the first screen.
constexpr std::size_t foundTogether = 1 << 18;
/// Of candidates whose bytes are to be asked, so many together: as many events as there may be in a part of the time.
constexpr std::int64_t eventsAPart = 500'000;
/// In the first part of the time, if there are as many in each.
constexpr std::int64_t eventsAtFirst = 8192;
/// The part of the time that is looked at first is one in this many.
constexpr int firstShare = 64;
/// Matches in that part, of as many events as there may be: to order fewer takes less time than to compare texts with a
/// bound first.
constexpr std::int64_t manyInPart = 40'000;
/// One match in so many events is common enough to be among those whose order is known beforehand.
constexpr std::int64_t rarestCommon = 50;
/// So few matches are put in order at once: that takes less time than to find out first which of them come first.
constexpr std::int64_t fewMatches = 65'536;
/// So many are, too, if a windowful of them is known beforehand.
constexpr std::int64_t notManyMatches = 10 * fewMatches;
constexpr std::size_t windowful = 100;
/// How many matches there are is reckoned from so many events, wherever in the time they are, or from this share of
/// all.
constexpr std::int64_t eventsLooked = 65'536;
constexpr double percentLooked = 1;

tl::unexpected<event::Error> cancelled()
{
    return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
}

template <class F, class... Arguments>
void tell(const F &listener, Arguments &&...arguments)
{
    if (listener) {
        listener(std::forward<Arguments>(arguments)...);
    }
}

} // namespace

event::Status SearchRunner::findNewest()
{
    return m_connection
        .query("SELECT greatest((SELECT coalesce(max(seq), 0) FROM events), "
               "(SELECT CAST(\"value\" AS BIGINT) FROM meta WHERE \"key\" = 'highest_seq'))")
        .map([this](duckdb::QueryResult &&result) { m_last = result.number(); });
}

/// Gives visit each seq that the plan finds, while DuckDB makes them, until it returns false: of ten million DuckDB
/// would keep 80 MB aside.
template <class Visit>
event::Status SearchRunner::forEachOrdered(const QueryPlan &plan, std::int64_t limit, const Visit &visit)
{
    if (m_stop.stop_requested()) {
        return cancelled();
    }
    std::string sql = "SELECT seq FROM " + plan.from + " WHERE " + plan.where + " ORDER BY " + plan.orderBy;
    if (limit > 0) {
        sql += " LIMIT " + std::to_string(limit);
    }
    auto result = limit > 0 ? m_connection.query(sql, plan.parameters) : m_connection.stream(sql, plan.parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column column = chunk.column(0);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (!visit(column.bigint(row))) {
                return false;
            }
        }
        return !m_stop.stop_requested();
    });
    if (read && m_stop.stop_requested()) {
        return cancelled();
    }
    return read;
}

event::Result<std::vector<Seq>> SearchRunner::ordered(const QueryPlan &plan, std::int64_t limit)
{
    std::vector<Seq> seqs;
    const auto keep = [&](Seq seq) {
        seqs.push_back(seq);
        return true;
    };
    return forEachOrdered(plan, limit, keep).map([&] { return std::move(seqs); });
}

/// Tells what the plan finds, but for what was told before and has to come first, in parts: one vector of ten million
/// would be there twice while it grows. Gives the number of all.
event::Result<std::int64_t> SearchRunner::tellBehind(
    const QueryPlan &plan, const EventQuery &query, const std::vector<Seq> &told, const Sink &sink)
{
    std::size_t total = 0;
    std::vector<Seq> part;
    const auto tellPart = [&] {
        if (!part.empty()) {
            tell(sink.found, std::exchange(part, {}));
        }
    };
    const event::Status read = forEachOrdered(plan, 0, [&](Seq seq) {
        if (total < told.size()) {
            if (told[total] != seq) {
                return false;
            }
            ++total;
            return true;
        }
        ++total;
        if (part.empty()) {
            part.reserve(foundTogether);
        }
        part.push_back(seq);
        if (part.size() == foundTogether) {
            tellPart();
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (total < told.size()) {
        return hasWrongHeads(query);
    }
    part.shrink_to_fit();
    tellPart();
    return static_cast<std::int64_t>(total);
}

/// The events are not in the order that was known beforehand.
tl::unexpected<event::Error> SearchRunner::hasWrongHeads(const EventQuery &query)
{
    m_cache.disbelieveSortHeads();
    m_hasWrongSortHeads = true;
    return event::failure(event::ErrorKind::Refused,
        QObject::tr("What the case had noted of the order by %1 is not that of its events, and will not be used any "
                    "more. Search again.")
            .arg(QString::fromStdString(query.sortPath)));
}

event::Result<std::int64_t> SearchRunner::run(const EventQuery &query, const Sink &sink)
{
    const auto plan = planQuery(m_connection, m_cache, query);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (const event::Status found = findNewest(); !found) {
        return tl::unexpected(found.error());
    }
    tell(sink.started, m_last);
    return plan->exact ? runExact(*plan, query, sink) : runWithBytes(*plan, query, sink);
}

/// From when to when there are events, within the query's range.
event::Result<std::optional<SearchRunner::TimeSpan>> SearchRunner::timeSpan(const EventQuery &query)
{
    auto span = m_cache.span(m_last);
    if (!span) {
        const auto ends = PublishedSpan::ofStore(m_connection);
        if (!ends) {
            return tl::unexpected(ends.error());
        }
        if (!ends->oldest) {
            return std::nullopt;
        }
        span = BlockCache::Span{*ends->oldest, *ends->newest, m_last};
        m_cache.note(*span);
    }
    return TimeSpan{std::max(span->oldest, query.range.since.value_or(event::Timestamp::min())),
        std::min(span->newest, query.range.until.value_or(event::Timestamp::max()))};
}

/// Leaves of a plan what is no further from the end of time that comes first. Gives when that is.
event::Timestamp SearchRunner::endAfter(
    QueryPlan &part, bool descending, const TimeSpan &span, event::Timestamp::duration length)
{
    const event::Timestamp end = descending ? span.until - length : span.since + length;
    part.where += descending ? " AND published >= ?" : " AND published <= ?";
    part.parameters.emplace_back(end);
    return end;
}

/// The plan for what is nearest to the end of time that comes first: for parts of the time that become larger.
event::Result<std::vector<QueryPlan>> SearchRunner::firstParts(
    const QueryPlan &plan, const EventQuery &query, std::initializer_list<int> shares)
{
    const auto span = timeSpan(query);
    if (!span) {
        return tl::unexpected(span.error());
    }
    std::vector<QueryPlan> parts;
    if (*span) {
        for (const int share : shares) {
            endAfter(parts.emplace_back(plan), query.descending, **span, (*span)->length() / share);
        }
    }
    return parts;
}

/// Some of the events, wherever in the time they are.
std::string SearchRunner::someEvents() const
{
    const double percent
        = std::clamp(100.0 * eventsLooked / static_cast<double>(std::max<Seq>(m_last, 1)), percentLooked, 100.0);
    return "events TABLESAMPLE SYSTEM(" + std::to_string(percent) + " PERCENT) REPEATABLE (1)";
}

/// The part of the time that is nearest to the end of it that comes first, and how many matches it has: what they are
/// like elsewhere is not known, but mostly the same.
event::Result<SearchRunner::Sample> SearchRunner::sample(const QueryPlan &plan, const EventQuery &query)
{
    auto parts = firstParts(plan, query, {firstShare});
    if (!parts || parts->empty()) {
        return parts.map([](const std::vector<QueryPlan> &) { return Sample(); });
    }
    std::vector<filter::SqlValue> parameters = plan.parameters;
    const std::vector<filter::SqlValue> &partParameters = parts->front().parameters;
    parameters.insert(parameters.end(), partParameters.begin(), partParameters.end());
    return m_connection
        .query("SELECT everything.n, looked.n, looked.matches, part.n FROM (SELECT count(*) AS n FROM events) AS "
               "everything, (SELECT count(*) AS n, count(*) FILTER (WHERE "
                + plan.where + ") AS matches FROM " + someEvents()
                + ") AS looked, (SELECT count(*) AS n FROM events WHERE " + parts->front().where + ") AS part",
            parameters)
        .map([&](duckdb::QueryResult &&result) {
            Sample sample{std::move(parts->front())};
            if (const auto chunk = result.next()) {
                const std::int64_t all = chunk->column(0).bigint(0);
                const auto share = static_cast<double>(chunk->column(2).bigint(0))
                    / static_cast<double>(std::max<std::int64_t>(chunk->column(1).bigint(0), 1));
                sample.expected = static_cast<std::int64_t>(share * static_cast<double>(all));
                sample.matches = chunk->column(3).bigint(0);
                sample.isOfCommon = sample.expected * rarestCommon >= all;
            }
            return sample;
        });
}

/// What comes first by time is looked for at that end of time: in a part of it, then in larger ones. Only so events are
/// passed over of which DuckDB cannot tell by its statistics that they do not match, such as those of people who are
/// not in a department; and where all match, only so it does not take each event for one that comes first, since a
/// later one comes before it.
event::Result<std::vector<Seq>> SearchRunner::firstByTime(const QueryPlan &plan, const EventQuery &query)
{
    // Of events that are stored in the order of time each comes before the one stored before it: few are to be ordered.
    const auto finest = static_cast<int>(std::clamp<std::int64_t>(m_last / eventsAtFirst, firstShare, 1 << 20));
    const auto parts = firstParts(plan, query, {finest, firstShare, 16, 4});
    if (!parts) {
        return tl::unexpected(parts.error());
    }
    for (const QueryPlan &part : *parts) {
        auto found = ordered(part, screen);
        if (!found || std::cmp_equal(found->size(), screen)) {
            return found;
        }
    }
    return ordered(plan, screen);
}

/// Nothing that comes after a screenful of some events comes before a screenful of all: of many events only the little
/// that does not is put in order. DuckDB cannot tell by its statistics which texts come first, nor which of equal
/// numbers.
event::Result<std::vector<Seq>> SearchRunner::firstBySome(
    const QueryPlan &plan, const EventQuery &query, const QueryPlan &some)
{
    return SortBound::ofPlace(m_connection, some, screen).and_then([&](const std::optional<SortBound> &last) {
        return ordered(last ? last->within(plan, query.descending) : plan, screen);
    });
}

/// What is known of the order of all events beforehand; nothing if nothing is, or if the matches are so rare that none
/// of those known may be one.
event::Result<std::vector<Seq>> SearchRunner::firstAtHand(
    const QueryPlan &plan, const EventQuery &query, const Sample &sample)
{
    if (!m_cache.believesSortHeads() || !(plan.takesAll || sample.isOfCommon)) {
        return std::vector<Seq>();
    }
    auto heads = firstByHeads(
        m_connection, *plan.key, query.descending, plan.takesAll ? std::string() : plan.where, plan.parameters);
    // It is compared with a screenful: no more of it is shown.
    if (heads && std::cmp_greater(heads->size(), screen)) {
        heads->resize(static_cast<std::size_t>(screen));
    }
    // What cannot be read is done without.
    return heads || m_stop.stop_requested() ? heads : std::vector<Seq>();
}

/// Tells what comes first by a text, if that takes less time than putting all in order.
event::Result<SearchRunner::Beginning> SearchRunner::tellFirstByText(
    const QueryPlan &plan, const EventQuery &query, const Sink &sink)
{
    const auto part = sample(plan, query);
    if (!part) {
        return tl::unexpected(part.error());
    }
    if (part->expected <= fewMatches) {
        return Beginning();
    }
    auto known = firstAtHand(plan, query, *part);
    if (!known) {
        return tl::unexpected(known.error());
    }
    if (!known->empty()) {
        tell(sink.found, *known);
    }
    if (part->expected <= notManyMatches && known->size() >= windowful) {
        return Beginning{std::move(*known)};
    }
    auto first = part->matches < manyInPart ? ordered(plan, screen) : firstBySome(plan, query, part->part);
    if (!first) {
        return tl::unexpected(first.error());
    }
    if (first->size() < known->size() || !std::equal(known->begin(), known->end(), first->begin())) {
        return hasWrongHeads(query);
    }
    if (first->size() > known->size()) {
        tell(sink.found, std::vector<Seq>(first->begin() + static_cast<std::ptrdiff_t>(known->size()), first->end()));
    }
    return Beginning::ofScreen(std::move(*first));
}

event::Result<std::vector<Seq>> SearchRunner::firstByOther(const QueryPlan &plan, const EventQuery &query)
{
    if (!plan.byTime) {
        QueryPlan some = plan;
        some.from = someEvents();
        return firstBySome(plan, query, some);
    }
    const bool isEverything = query.expression.matchesAll() && query.sources.empty();
    return plan.profiles || isEverything ? firstByTime(plan, query) : ordered(plan, screen);
}

event::Result<SearchRunner::Beginning> SearchRunner::tellFirstByOther(
    const QueryPlan &plan, const EventQuery &query, const Sink &sink)
{
    auto first = firstByOther(plan, query);
    if (!first) {
        return tl::unexpected(first.error());
    }
    if (!first->empty()) {
        tell(sink.found, *first);
    }
    return Beginning::ofScreen(std::move(*first));
}

SearchRunner::Beginning SearchRunner::Beginning::ofScreen(std::vector<Seq> told)
{
    const bool isAll = std::cmp_less(told.size(), screen);
    return {std::move(told), isAll};
}

event::Result<std::int64_t> SearchRunner::runExact(const QueryPlan &plan, const EventQuery &query, const Sink &sink)
{
    const auto beginning
        = plan.key && plan.key->isText ? tellFirstByText(plan, query, sink) : tellFirstByOther(plan, query, sink);
    if (!beginning) {
        return tl::unexpected(beginning.error());
    }
    return beginning->isAll ? static_cast<std::int64_t>(beginning->told.size())
                            : tellBehind(plan, query, beginning->told, sink);
}

/// The plan for what comes first by time, a little, and for what comes then, in so many parts that follow each other.
std::vector<QueryPlan> SearchRunner::partsByTime(
    const QueryPlan &plan, bool descending, const TimeSpan &span, std::int64_t count)
{
    std::vector<QueryPlan> parts;
    std::optional<event::Timestamp> end;
    for (std::int64_t i = 0; i <= count; ++i) {
        QueryPlan &part = parts.emplace_back(plan);
        if (end) {
            part.where += descending ? " AND (published < ?" : " AND (published > ?";
            part.where += i == count ? " OR published IS NULL)" : ")";
            part.parameters.emplace_back(*end);
        }
        if (i < count) {
            end = endAfter(part, descending, span, i == 0 ? span.length() / firstShare : span.length() / count * i);
        }
    }
    return parts;
}

event::Result<std::int64_t> SearchRunner::runWithBytes(const QueryPlan &plan, const EventQuery &query, const Sink &sink)
{
    BytesFilter bytes(
        m_blocks, plan.onlyWordsAreLeft ? nullptr : &query.expression, query.words, plan.profiles, m_stop);
    std::int64_t total = 0;
    const auto runPart = [&](const QueryPlan &part, bool isFirst, double before, double share) -> event::Status {
        return ordered(part, 0).and_then([&](std::vector<Seq> &&candidates) {
            return bytes.run(
                std::move(candidates),
                [&](std::vector<Seq> seqs, double fraction) {
                    total += static_cast<std::int64_t>(seqs.size());
                    if (!seqs.empty()) {
                        tell(sink.found, std::move(seqs));
                    }
                    if (share > 0) {
                        tell(sink.progressed, before + fraction * share);
                    }
                },
                isFirst);
        });
    };
    // Asked once: another search may have it noted anew meanwhile.
    const auto span = plan.byTime ? timeSpan(query) : std::optional<TimeSpan>();
    if (!span) {
        return tl::unexpected(span.error());
    }
    // Of millions of candidates some are at hand at once.
    std::vector<QueryPlan> parts{plan};
    if (*span) {
        parts = partsByTime(plan, query.descending, **span, 1);
        if (const event::Status first = runPart(parts.front(), true, 0, 0); !first) {
            return tl::unexpected(first.error());
        }
    }
    // To put millions of them in order takes longer than to ask whether there can be any, ...
    const auto condition = bytes.condition();
    if (!condition) {
        return tl::unexpected(condition.error());
    }
    if (*condition == BytesFilter::nothing) {
        return total;
    }
    // ... and they need not all be kept at the same time.
    if (*span && *condition == BytesFilter::anything) {
        parts = partsByTime(
            plan, query.descending, **span, std::clamp<std::int64_t>(m_last / eventsAPart, 2, firstShare));
    }
    const std::size_t first = *span ? 1 : 0;
    const double share = 1.0 / static_cast<double>(parts.size() - first);
    for (std::size_t i = first; i < parts.size(); ++i) {
        parts[i].where += " AND " + *condition;
        const event::Status done = runPart(parts[i], first == 0, static_cast<double>(i - first) * share, share);
        if (!done) {
            return tl::unexpected(done.error());
        }
    }
    return total;
}

event::Result<std::vector<Seq>> SearchRunner::all(const EventQuery &query)
{
    const auto plan = planQuery(m_connection, m_cache, query);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (plan->exact) {
        return ordered(*plan, 0);
    }
    std::vector<Seq> seqs;
    Sink sink;
    sink.found = [&](std::vector<Seq> more) { seqs.insert(seqs.end(), more.begin(), more.end()); };
    return findNewest().and_then([&] { return runWithBytes(*plan, query, sink); }).map([&](std::int64_t) {
        return std::move(seqs);
    });
}

event::Result<std::int64_t> SearchRunner::count(const EventQuery &query)
{
    EventQuery unsorted = query;
    unsorted.sortPath = "published";
    const auto plan = planQuery(m_connection, m_cache, unsorted);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (!plan->exact) {
        return findNewest().and_then([&] { return runWithBytes(*plan, unsorted, {}); });
    }
    if (m_stop.stop_requested()) {
        return cancelled();
    }
    return m_connection.query("SELECT count(*) FROM events WHERE " + plan->where, plan->parameters)
        .map([](duckdb::QueryResult &&result) { return result.number(); });
}

} // namespace octotrail::store
