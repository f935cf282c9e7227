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

event::Result<std::unordered_map<Seq, SourceId>> sourcesOf(duckdb::Connection &connection, std::span<const Seq> seqs)
{
    const auto [least, most] = std::ranges::minmax(seqs);
    // One source is the rule; then there is nothing to look up for each event.
    const std::string range
        = " FROM events WHERE seq BETWEEN " + std::to_string(least) + " AND " + std::to_string(most);
    auto ends = connection.query("SELECT min(source), max(source)" + range);
    if (!ends) {
        return tl::unexpected(ends.error());
    }
    std::unordered_map<Seq, SourceId> sources;
    const auto both = ends->next();
    if (both && both->column(0).integer(0) == both->column(1).integer(0)) {
        for (const Seq seq : seqs) {
            sources.emplace(seq, both->column(0).integer(0));
        }
        return sources;
    }
    auto result = connection.stream("SELECT seq, source" + range);
    if (!result) {
        return tl::unexpected(result.error());
    }
    for (const Seq seq : seqs) {
        sources.emplace(seq, 0);
    }
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column seq = chunk.column(0);
        const duckdb::Column source = chunk.column(1);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            if (const auto it = sources.find(seq.bigint(row)); it != sources.end()) {
                it->second = source.integer(row);
            }
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return sources;
}

event::Status stream(duckdb::Connection &connection, BlockReader &blocks, std::span<const Seq> seqs,
    const std::function<bool(const StoredEvent &)> &consume, const std::stop_token &stop)
{
    if (const auto extents = blocks.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    event::EventReader reader;
    for (std::size_t done = 0; done < seqs.size(); done += window) {
        const auto part = seqs.subspan(done, std::min(window, seqs.size() - done));
        auto sources = sourcesOf(connection, part);
        if (!sources) {
            return tl::unexpected(sources.error());
        }
        auto bytes = bytesOf(blocks, part, stop);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (stop.stop_requested()) {
                return event::failure(event::ErrorKind::Cancelled, QObject::tr("The query was cancelled."));
            }
            if (!consume({part[i], (*sources)[part[i]], reader.read(std::move((*bytes)[i]))})) {
                return {};
            }
        }
    }
    return {};
}

} // namespace

event::Status streamEvents(duckdb::Connection &connection, BlockCache &cache, const EventQuery &query,
    const std::function<void(std::int64_t)> &total, const std::function<bool(const StoredEvent &)> &consume,
    const std::stop_token &stop)
{
    SearchRunner runner(connection, cache, stop);
    const auto seqs = runner.all(query);
    if (!seqs) {
        return tl::unexpected(seqs.error());
    }
    if (total) {
        total(static_cast<std::int64_t>(seqs->size()));
    }
    return stream(connection, runner.blocks(), *seqs, consume, stop);
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
    const std::function<bool(const StoredEvent &)> &consume, const std::stop_token &stop)
{
    BlockReader blocks(connection, cache);
    return stream(connection, blocks, seqs, consume, stop);
}

} // namespace octotrail::store
