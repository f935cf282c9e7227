// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/EventStream.h"

#include "store/EventBytes.h"
#include "store/PickedSeqs.h"
#include "store/SearchRunner.h"

#include <QObject>
#include <algorithm>
#include <unordered_map>

namespace octotrail::store {

namespace {

/// Events read at a time. Wide enough that an order other than that of time does not unpack a block for each event.
constexpr std::size_t window = 16384;

/// Of each of the seqs.
event::Result<std::vector<SourceId>> sourcesOf(duckdb::Connection &connection, std::span<const Seq> seqs)
{
    const auto [least, most] = std::ranges::minmax(seqs);
    // One source is the rule; then there is nothing to look up for each event.
    const std::string range
        = " FROM events WHERE seq BETWEEN " + std::to_string(least) + " AND " + std::to_string(most);
    auto ends = connection.query("SELECT min(source), max(source)" + range);
    if (!ends) {
        return tl::unexpected(ends.error());
    }
    const auto both = ends->next();
    if (both && both->column(0).integer(0) == both->column(1).integer(0)) {
        return std::vector<SourceId>(seqs.size(), both->column(0).integer(0));
    }
    auto result = connection.stream("SELECT seq, source" + range);
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::unordered_map<Seq, std::size_t> places;
    for (std::size_t i = 0; i < seqs.size(); ++i) {
        places.emplace(seqs[i], i);
    }
    std::vector<SourceId> sources(seqs.size());
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column seq = chunk.column(0);
        const duckdb::Column source = chunk.column(1);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (const auto it = places.find(seq.bigint(row)); it != places.end()) {
                sources[it->second] = source.integer(row);
            }
        }
        return true;
    });
    return read.map([&] { return std::move(sources); });
}

event::Status stream(duckdb::Connection &connection, BlockReader &blocks, std::span<const Seq> seqs,
    const TakeRawEvents &take, const std::stop_token &stop)
{
    if (const auto extents = blocks.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    for (std::size_t done = 0; done < seqs.size(); done += window) {
        const auto part = seqs.subspan(done, std::min(window, seqs.size() - done));
        const auto sources = sourcesOf(connection, part);
        if (!sources) {
            return tl::unexpected(sources.error());
        }
        auto bytes = bytesOf(blocks, part, stop);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        std::vector<RawEvent> events;
        events.reserve(part.size());
        for (std::size_t i = 0; i < part.size(); ++i) {
            events.push_back({part[i], (*sources)[i], std::move((*bytes)[i])});
        }
        if (stop.stop_requested()) {
            return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
        }
        if (!take(std::move(events))) {
            return {};
        }
    }
    return {};
}

} // namespace

event::Status streamRaw(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query,
    const std::function<void(std::int64_t)> &total, const TakeRawEvents &take, const std::stop_token &stop)
{
    SearchRunner runner(connection, cache, stop);
    const auto seqs = runner.all(query);
    if (!seqs) {
        return tl::unexpected(seqs.error());
    }
    if (total) {
        total(static_cast<std::int64_t>(seqs->size()));
    }
    return stream(connection, runner.blocks(), *seqs, take, stop);
}

event::Status streamEvents(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query,
    const std::function<void(std::int64_t)> &total, const std::function<bool(const StoredEvent &)> &consume,
    const std::stop_token &stop)
{
    event::EventReader reader;
    bool isStopped = false;
    const auto take = [&](std::vector<RawEvent> events) {
        return std::ranges::all_of(events, [&](RawEvent &raw) {
            isStopped = stop.stop_requested();
            return !isStopped && consume({raw.seq, raw.source, reader.read(std::move(raw.bytes))});
        });
    };
    event::Status status = streamRaw(connection, cache, query, total, take, stop);
    if (status && isStopped) {
        return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
    }
    return status;
}

event::Result<std::vector<Seq>> seqsThatAreThere(duckdb::Connection &connection, std::span<const Seq> seqs)
{
    if (event::Status picked = pickSeqs(connection, seqs); !picked) {
        return tl::unexpected(picked.error());
    }
    auto result = connection.stream("SELECT picked.seq FROM picked JOIN events USING (seq) ORDER BY position");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Seq> found;
    found.reserve(seqs.size());
    return result
        ->forEach([&found](const duckdb::Chunk &chunk) {
            const duckdb::Column seq = chunk.column(0);
            for (std::size_t row = 0; row < chunk.size(); ++row) {
                found.push_back(seq.bigint(row));
            }
            return true;
        })
        .map([&found] { return std::move(found); });
}

event::Status streamChosen(duckdb::Connection &connection, BlockCache &cache, std::span<const Seq> seqs,
    const TakeRawEvents &take, const std::stop_token &stop)
{
    BlockReader blocks(connection, cache);
    return stream(connection, blocks, seqs, take, stop);
}

} // namespace octotrail::store
