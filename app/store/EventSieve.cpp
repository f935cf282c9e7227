// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventSieve.h"

#include "store/BytesFilter.h"
#include "store/EventBytes.h"
#include "store/PartialEvent.h"
#include "store/PickedSeqs.h"
#include "store/QueryPlan.h"
#include "store/StorePrivate.h"

#include <QObject>
#include <algorithm>

namespace octotrail::store {

namespace {

/// Events that are gone through at a time: as many as memory holds with ease.
constexpr std::int64_t sliceEvents = 300'000;

tl::unexpected<event::Error> cancelled()
{
    return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
}

/// That an event is matched by a question.
struct Hit
{
    Seq seq;
    std::size_t question;
};

/// A part of the time: a condition with its parameters.
struct Slice
{
    std::string where;
    std::vector<filter::SqlValue> parameters;
    std::optional<event::Timestamp> since, until;

    bool contains(event::Timestamp time) const { return (!since || time >= *since) && (!until || time < *until); }
};

/// One run, on the snapshot of the caller's transaction.
class Run
{
public:
    Run(duckdb::Connection &connection, BlockCache &cache, const std::vector<EventSieve::Question> &questions,
        const std::vector<event::FieldPath> &paths, const std::stop_token &stop)
        : m_connection(connection)
        , m_cache(cache)
        , m_questions(questions)
        , m_blocks(connection, cache)
        , m_partial(paths)
        , m_stop(stop)
    { }

    event::Status run(const event::TimeRange &range, const EventSieve::Consume &consume, //
        const EventSieve::Progress &progress);

private:
    event::Result<std::vector<Slice>> slices(const event::TimeRange &range);
    event::Status ask(std::size_t question, const Slice &slice, std::vector<Hit> &hits);
    event::Result<std::vector<Seq>> seqs(const std::string &where, const std::vector<filter::SqlValue> &parameters);
    event::Status give(std::vector<Hit> hits, const EventSieve::Consume &consume);
    event::Status giveChunk(const duckdb::Chunk &chunk, std::span<const Hit> hits, const EventSieve::Consume &consume);

    duckdb::Connection &m_connection;
    BlockCache &m_cache;
    const std::vector<EventSieve::Question> &m_questions;
    std::vector<QueryPlan> m_plans;
    BlockReader m_blocks;
    PartialEvent m_partial;
    event::EventReader m_reader;
    const std::stop_token &m_stop;
};

event::Result<std::vector<Slice>> Run::slices(const event::TimeRange &range)
{
    std::string within = "true";
    std::vector<filter::SqlValue> ends;
    if (range.since) {
        within += " AND published >= ?";
        ends.emplace_back(*range.since);
    }
    if (range.until) {
        within += " AND published < ?";
        ends.emplace_back(*range.until);
    }
    auto hours = m_connection.query("SELECT date_trunc('hour', published) AS h, count(*) FROM events WHERE " + within
            + " GROUP BY h ORDER BY h NULLS LAST",
        ends);
    if (!hours) {
        return tl::unexpected(hours.error());
    }
    std::vector<Slice> slices{{within, ends, range.since, range.until}};
    std::int64_t count = 0;
    bool hasTimeless = false;
    const event::Status read = hours->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            const auto hour = chunk.column(0).time(row);
            hasTimeless = !hour;
            if (!hour || count < sliceEvents) {
                count += chunk.column(1).bigint(row);
                continue;
            }
            Slice &last = slices.back();
            Slice next = last;
            next.where += " AND published >= ?";
            next.parameters.emplace_back(*hour);
            next.since = hour;
            last.until = hour;
            last.where += " AND published < ?";
            last.parameters.emplace_back(*hour);
            slices.push_back(std::move(next));
            count = chunk.column(1).bigint(row);
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (hasTimeless && slices.size() > 1) {
        slices.push_back({"published IS NULL", {}, event::Timestamp::max(), {}});
    }
    return slices;
}

event::Result<std::vector<Seq>> Run::seqs(const std::string &where, const std::vector<filter::SqlValue> &parameters)
{
    if (m_stop.stop_requested()) {
        return cancelled();
    }
    auto result = m_connection.query("SELECT seq FROM events WHERE " + where, parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Seq> found;
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column column = chunk.column(0);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            found.push_back(column.bigint(row));
        }
        return !m_stop.stop_requested();
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return found;
}

event::Status Run::ask(std::size_t question, const Slice &slice, std::vector<Hit> &hits)
{
    if (const auto &known = m_questions[question].known) {
        for (const EventSieve::Known &event : *known) {
            if (slice.contains(event.published)) {
                hits.push_back({event.seq, question});
            }
        }
        return {};
    }
    const QueryPlan &plan = m_plans[question];
    std::vector<filter::SqlValue> parameters = plan.parameters;
    parameters.insert(parameters.end(), slice.parameters.begin(), slice.parameters.end());
    auto found = seqs(plan.where + " AND " + slice.where, parameters);
    if (!found) {
        return tl::unexpected(found.error());
    }
    const auto add = [&](const std::vector<Seq> &some) {
        for (const Seq seq : some) {
            hits.push_back({seq, question});
        }
    };
    if (plan.exact) {
        add(*found);
        return {};
    }
    std::ranges::sort(*found);
    BytesFilter bytes(m_blocks, &m_questions[question].expression, {}, plan.profiles, m_stop);
    return bytes.run(*std::move(found), [&](const std::vector<Seq> &some, double) { add(some); });
}

event::Status Run::give(std::vector<Hit> hits, const EventSieve::Consume &consume)
{
    std::ranges::sort(hits, {}, [](const Hit &hit) { return std::pair(hit.seq, hit.question); });
    std::vector<Seq> picked;
    for (const Hit &hit : hits) {
        if (picked.empty() || picked.back() != hit.seq) {
            picked.push_back(hit.seq);
        }
    }
    if (picked.empty()) {
        return {};
    }
    if (event::Status made = pickSeqs(m_connection, picked); !made) {
        return made;
    }
    auto result = m_connection.query("SELECT seq, source, " + m_partial.columns() + " FROM events WHERE seq BETWEEN "
        + std::to_string(picked.front()) + " AND " + std::to_string(picked.back())
        + " AND seq IN (SELECT seq FROM picked) ORDER BY published NULLS LAST, seq");
    if (!result) {
        return tl::unexpected(result.error());
    }
    if (event::Status gone = m_connection.run("DROP TABLE picked"); !gone) {
        return gone;
    }
    while (const auto chunk = result->next()) {
        if (event::Status given = giveChunk(*chunk, hits, consume); !given) {
            return given;
        }
    }
    return {};
}

event::Status Run::giveChunk(const duckdb::Chunk &chunk, std::span<const Hit> hits, const EventSieve::Consume &consume)
{
    const auto hitsOf = [&](std::size_t row) {
        const Seq seq = chunk.column(0).bigint(row);
        const auto first = std::ranges::lower_bound(hits, seq, {}, &Hit::seq);
        return std::span<const Hit>(first, std::ranges::upper_bound(first, hits.end(), seq, {}, &Hit::seq));
    };
    std::vector<Seq> whole; // those that are to come with their bytes
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        const auto own = hitsOf(row);
        if (std::any_of(own.begin(), own.end(), //
                [&](const Hit &hit) { return m_questions[hit.question].wantsBytes; })) {
            whole.push_back(chunk.column(0).bigint(row));
        }
    }
    std::vector<std::string> bytes;
    if (!whole.empty()) {
        if (const auto extents = m_blocks.extents(); !extents) {
            return tl::unexpected(extents.error());
        }
        auto read = bytesOf(m_blocks, whole, m_stop);
        if (!read) {
            return tl::unexpected(read.error());
        }
        bytes = std::move(*read);
    }
    std::size_t next = 0;
    std::vector<std::size_t> matched;
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        if (m_stop.stop_requested()) {
            return cancelled();
        }
        StoredEvent event{chunk.column(0).bigint(row), chunk.column(1).integer(row), {}};
        matched.clear();
        for (const Hit &hit : hitsOf(row)) {
            matched.push_back(hit.question);
        }
        const bool isWhole = next < whole.size() && whole[next] == event.seq;
        event.event = isWhole ? m_reader.read(std::move(bytes[next++])) : m_partial.read(chunk, 2, row);
        consume(event, matched);
    }
    return {};
}

event::Status Run::run(
    const event::TimeRange &range, const EventSieve::Consume &consume, const EventSieve::Progress &progress)
{
    for (const EventSieve::Question &question : m_questions) {
        if (question.known) {
            m_plans.emplace_back();
            continue;
        }
        EventQuery query;
        query.expression = question.expression;
        auto plan = planQuery(m_connection, m_cache, query);
        if (!plan) {
            return tl::unexpected(plan.error());
        }
        m_plans.push_back(std::move(*plan));
    }
    const auto parts = slices(range);
    if (!parts) {
        return tl::unexpected(parts.error());
    }
    const double steps = static_cast<double>(parts->size() * (m_questions.size() + 1));
    double done = 0;
    const auto tell = [&] {
        if (progress) {
            progress(++done / steps);
        }
    };
    for (const Slice &slice : *parts) {
        std::vector<Hit> hits;
        for (std::size_t question = 0; question < m_questions.size(); ++question) {
            if (event::Status asked = ask(question, slice, hits); !asked) {
                return asked;
            }
            tell();
        }
        if (event::Status given = give(std::move(hits), consume); !given) {
            return given;
        }
        tell();
    }
    return {};
}

} // namespace

EventSieve::EventSieve(Store &store, std::vector<Question> questions, std::vector<event::FieldPath> paths)
    : m_store(store)
    , m_questions(std::move(questions))
    , m_paths(std::move(paths))
{ }

bool EventSieve::hasColumn(const event::FieldPath &path)
{
    return PartialEvent::hasColumn(path);
}

event::Status EventSieve::run(
    const event::TimeRange &range, const Consume &consume, const Progress &progress, const std::stop_token &stop) const
{
    if (stop.stop_requested()) {
        return cancelled();
    }
    Store::Private &inside = Store::Private::of(m_store);
    return inside.readSnapshot<void>(stop, [&](duckdb::Connection &connection) {
        return Run(connection, inside.cache, m_questions, m_paths, stop).run(range, consume, progress);
    });
}

} // namespace octotrail::store
