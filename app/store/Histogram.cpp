// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Histogram.h"

#include "store/EventValues.h"
#include "store/MatchedEvents.h"
#include "store/Schema.h"
#include "store/StorePrivate.h"
#include "store/TimeBins.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace octotrail::store {

using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

constexpr std::size_t maxSeries = 16;

/// The time of the events: from the first to the last one, and how many have none.
struct Extent
{
    std::optional<event::Timestamp> first, last;
    std::int64_t timeless = 0;
};

event::Result<Extent> extentOf(duckdb::Connection &connection, const MatchedEvents &events)
{
    return connection
        .query("SELECT min(published), max(published), count(*) - count(published)" + events.from, events.parameters)
        .map([](duckdb::QueryResult &&result) {
            Extent extent;
            if (const auto chunk = result.next(); chunk && chunk->size() == 1) {
                extent.first = chunk->column(0).time(0);
                extent.last = chunk->column(1).time(0);
                extent.timeless = chunk->column(2).bigint(0);
            }
            return extent;
        });
}

/// Down to a multiple of width.
event::Timestamp aligned(event::Timestamp t, microseconds width)
{
    const auto count = t.time_since_epoch().count();
    const auto rest = ((count % width.count()) + width.count()) % width.count();
    return t - microseconds(rest);
}

/// Divides the span into bins; none if there is nothing to divide.
HistogramData bins(const HistogramRequest &request, const Extent &extent)
{
    HistogramData data;
    data.timeless = extent.timeless;
    const auto since = request.span.since ? request.span.since : extent.first;
    auto until = request.span.until;
    if (!until && since) {
        // The end is excluded; the last event is not.
        until = std::max({extent.last.value_or(*since), request.now.value_or(*since), *since}) + 1us;
    }
    if (!since || !until || *since >= *until) {
        return data;
    }
    data.width = Histogram::binWidth(*until - *since, std::max(1, request.maxBins));
    // Days begin at midnight, whatever clocks are put forward or back; shorter bins are all of one length.
    const bool areDays = data.width >= std::chrono::days(1);
    const event::ZoneOffsets zone = areDays ? request.zone : event::ZoneOffsets(request.zone.at(*since));
    event::Timestamp local = aligned(zone.toLocal(*since), data.width);
    do {
        data.edges.push_back(zone.toUtc(local));
        local += data.width;
    } while (data.edges.back() < *until);
    data.start = data.edges.front();
    data.bins = static_cast<int>(data.edges.size()) - 1;
    return data;
}

/// Most frequent first.
void addSeries(HistogramData &data, std::vector<TimeBins> counted)
{
    for (TimeBins &bins : counted) {
        const std::int64_t total = std::reduce(bins.counts.begin(), bins.counts.end());
        data.series.push_back({std::move(bins.value), std::move(bins.counts), total});
        data.total += total;
    }
    std::ranges::sort(data.series,
        [](const auto &a, const auto &b) { return a.total != b.total ? a.total > b.total : a.value < b.value; });
}

using Counted = std::vector<TimeBins>;

/// The counts of the values that meet the condition; nullopt if these are too many.
event::Result<std::optional<Counted>> countedBins(
    duckdb::Connection &connection, const MatchedEvents &events, const std::string &value, const HistogramData &data)
{
    std::vector<filter::SqlValue> parameters{filter::SqlBlob{packedEdges(data.edges)}};
    parameters.insert(parameters.end(), events.parameters.begin(), events.parameters.end());
    parameters.emplace_back(data.start);
    parameters.emplace_back(data.startOf(data.bins));
    auto result = connection.query(
        "SELECT time_bins(published, " + value + ", ?)" + events.from + " AND published >= ? AND published < ?",
        parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::optional<Counted> counted;
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        counted = readTimeBins(chunk.column(0).text(0), static_cast<std::size_t>(data.bins));
        return false;
    });
    return read.map([&] { return std::move(counted); });
}

/// Of values that are many, the most frequent ones are counted, and all others together.
event::Status fillWithMostFrequent(
    duckdb::Connection &connection, const MatchedEvents &events, const std::string &value, HistogramData &data)
{
    std::vector<filter::SqlValue> parameters = events.parameters;
    parameters.emplace_back(data.start);
    parameters.emplace_back(data.startOf(data.bins));
    auto result = connection.query("SELECT value FROM (SELECT coalesce(" + value + ", '') AS value" + events.from
            + " AND published >= ? AND published < ?) GROUP BY value ORDER BY count(*) DESC, value LIMIT "
            + std::to_string(maxSeries),
        parameters);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<filter::SqlValue> frequent;
    event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            frequent.emplace_back(std::string(chunk.column(0).text(row)));
        }
        return true;
    });
    if (!read) {
        return read;
    }
    const auto count = [&](const std::string &isOrNot, const std::string &what) {
        MatchedEvents some = events;
        some.from += " AND coalesce(" + value + ", '') " + isOrNot + " (";
        for (std::size_t i = 0; i < frequent.size(); ++i) {
            some.from += i == 0 ? "?" : ", ?";
        }
        some.from += ")";
        some.parameters.insert(some.parameters.end(), frequent.begin(), frequent.end());
        return countedBins(connection, some, what, data);
    };
    const auto chosen = count("IN", value);
    if (!chosen) {
        return tl::unexpected(chosen.error());
    }
    const auto others = count("NOT IN", "''");
    if (!others) {
        return tl::unexpected(others.error());
    }
    addSeries(data, chosen->value_or(Counted()));
    if (*others && !(*others)->empty()) {
        data.others = (*others)->front().counts;
        data.total += std::reduce(data.others.begin(), data.others.end());
    }
    return {};
}

event::Status fill(
    duckdb::Connection &connection, const MatchedEvents &events, const std::string &value, HistogramData &data)
{
    auto counted = countedBins(connection, events, value, data);
    if (!counted) {
        return tl::unexpected(counted.error());
    }
    if (!*counted) {
        return fillWithMostFrequent(connection, events, value, data);
    }
    addSeries(data, std::move(**counted));
    while (data.series.size() > maxSeries) {
        data.others.resize(static_cast<std::size_t>(data.bins));
        std::ranges::transform(data.series.back().counts, data.others, data.others.begin(), std::plus());
        data.series.pop_back();
    }
    return {};
}

event::Status fillBy(duckdb::Connection &connection, BlockCache &cache, const MatchedEvents &events,
    const HistogramRequest &request, const std::stop_token &stop, HistogramData &data)
{
    if (const auto id = event::fieldByPath(request.path)) {
        return fill(connection, events, "CAST(" + schema::quoted(event::fields()[*id].path) + " AS VARCHAR)", data);
    }
    const auto values = eventValues(connection, cache, events, request.query, {request.path}, stop);
    if (!values) {
        return tl::unexpected(values.error());
    }
    MatchedEvents valued{values->from, values->parameters};
    if (values->repeats) {
        // Two targets may say the same.
        valued.from = " FROM (SELECT DISTINCT seq, published, v0" + values->from + ") WHERE true";
        auto surplus = connection.query("SELECT count(*) - count(DISTINCT seq)" + valued.from, valued.parameters);
        if (!surplus) {
            return tl::unexpected(surplus.error());
        }
        data.severalValues = surplus->number() > 0;
    }
    return fill(connection, valued, "v0", data);
}

event::Result<HistogramData> countBins(
    duckdb::Connection &connection, BlockCache &cache, const HistogramRequest &request, const std::stop_token &stop)
{
    const auto events = matchedEvents(connection, cache, request.query, request.seqs, stop);
    if (!events) {
        return tl::unexpected(events.error());
    }
    const auto extent = extentOf(connection, *events);
    if (!extent) {
        return tl::unexpected(extent.error());
    }
    HistogramData data = bins(request, *extent);
    if (data.bins > 0) {
        if (const event::Status filled = fillBy(connection, cache, *events, request, stop, data); !filled) {
            return tl::unexpected(filled.error());
        }
    }
    if (stop.stop_requested()) {
        return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
    }
    return data;
}

} // namespace

std::int64_t HistogramData::countOf(int bin) const
{
    const auto at = static_cast<std::size_t>(bin);
    return std::accumulate(series.begin(), series.end(), at < others.size() ? others[at] : 0,
        [at](std::int64_t sum, const Series &one) { return sum + one.counts[at]; });
}

microseconds Histogram::binWidth(microseconds span, int maxBins)
{
    using days = std::chrono::days;
    static constexpr auto widths
        = std::to_array<microseconds>({1ms, 10ms, 100ms, 1s, 2s, 5s, 10s, 15s, 30s, 1min, 2min, 5min, 10min, 15min,
            30min, 1h, 2h, 3h, 6h, 12h, days(1), days(2), days(7), days(14), days(28), days(91), days(364)});
    for (const microseconds width : widths) {
        // One more: the first bin begins before the span.
        if (span / width + 1 < maxBins) {
            return width;
        }
    }
    const auto years = span / (widths.back() * std::max(1, maxBins - 2)) + 1;
    return widths.back() * years;
}

QFuture<event::Result<HistogramData>> Histogram::count(HistogramRequest request, const std::stop_source &stop)
{
    Store::Private &d = Store::Private::of(m_store);
    return d.read<HistogramData>(
        d.searches,
        [&d, request = std::move(request)](duckdb::Connection &connection, const std::stop_token &token) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return countBins(connection, d.cache, request, token);
            });
        },
        stop);
}

} // namespace octotrail::store
