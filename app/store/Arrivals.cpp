// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Arrivals.h"

#include "store/BlockReader.h"
#include "store/StorePrivate.h"

#include <algorithm>
#include <span>

namespace octotrail::store {

namespace {

/// Blocks unpacked at a time.
constexpr std::size_t step = 16;

event::Result<std::vector<std::pair<Seq, SourceId>>> next(duckdb::Connection &connection, Seq seq, std::size_t most)
{
    auto result = connection.query("SELECT seq, source FROM events WHERE seq > " + std::to_string(seq)
        + " ORDER BY seq LIMIT " + std::to_string(most));
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<std::pair<Seq, SourceId>> found;
    const event::Status read = result->forEach([&](const duckdb::Chunk &chunk) {
        const duckdb::Column seqs = chunk.column(0);
        const duckdb::Column sources = chunk.column(1);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            found.emplace_back(seqs.bigint(row), sources.integer(row));
        }
        return true;
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return found;
}

event::Result<std::vector<StoredEvent>> read(
    duckdb::Connection &connection, BlockCache &cache, Seq seq, std::size_t most)
{
    const auto found = next(connection, seq, most);
    if (!found) {
        return tl::unexpected(found.error());
    }
    BlockReader blocks(connection, cache);
    if (const auto extents = blocks.extents(); !extents) {
        return tl::unexpected(extents.error());
    }
    std::vector<std::size_t> indexes;
    for (const auto &[one, source] : *found) {
        const auto index = blocks.indexOf(one);
        if (index && (indexes.empty() || indexes.back() != *index)) {
            indexes.push_back(*index);
        }
    }
    std::vector<StoredEvent> events;
    events.reserve(found->size());
    event::EventReader reader;
    auto it = found->begin();
    for (std::size_t first = 0; first < indexes.size(); first += step) {
        const auto some = std::span(indexes).subspan(first, std::min(step, indexes.size() - first));
        const auto unpacked = blocks.blocks(some);
        if (!unpacked) {
            return tl::unexpected(unpacked.error());
        }
        for (std::size_t i = 0; i < some.size(); ++i) {
            for (; it != found->end(); ++it) {
                const auto index = blocks.indexOf(it->first);
                if (index && *index != some[i]) {
                    break;
                }
                if (index) {
                    events.push_back(
                        {it->first, it->second, reader.read(std::string((*unpacked)[i]->find(it->first)))});
                }
            }
        }
    }
    return events;
}

} // namespace

Arrivals::Arrivals(std::shared_ptr<Store> store)
    : m_store(std::move(store))
{ }

event::Result<Seq> Arrivals::newest(const std::stop_token &stop) const
{
    return Store::Private::of(*m_store).readHere<Seq>(stop, [](duckdb::Connection &connection) {
        return connection.query("SELECT coalesce(max(seq), 0) FROM events").map([](duckdb::QueryResult &&result) {
            return result.number();
        });
    });
}

event::Result<std::vector<StoredEvent>> Arrivals::after(Seq seq, std::size_t most, const std::stop_token &stop) const
{
    Store::Private &store = Store::Private::of(*m_store);
    return store.readSnapshot<std::vector<StoredEvent>>(
        stop, [&](duckdb::Connection &connection) { return read(connection, store.cache, seq, most); });
}

} // namespace octotrail::store
