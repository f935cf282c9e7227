// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/IntegrityChain.h"

#include "event/Timestamp.h"
#include "store/EventWalk.h"

#include <algorithm>
#include <array>
#include <bit>

namespace octotrail::store {

using event::Sha256;

namespace {

std::string nowText()
{
    return event::formatTimestamp(event::now());
}

event::Result<ChainEntry> newestEntry(duckdb::Connection &connection)
{
    auto result = connection.query("SELECT entry, chain FROM integrity WHERE entry = (SELECT max(entry) FROM "
                                   "integrity)");
    if (!result) {
        return tl::unexpected(result.error());
    }
    ChainEntry newest;
    if (const auto chunk = result->next(); chunk && chunk->size() > 0) {
        newest.number = chunk->column(0).bigint(0);
        newest.chain = chunk->column(1).text(0);
    }
    return newest;
}

/// The range before and after the removal.
event::Status recordRemovalFrom(duckdb::Connection &connection, Seq first, const ExpectedRange &range,
    std::vector<Seq>::const_iterator removed, std::vector<Seq>::const_iterator end)
{
    RangeContent before;
    RangeContent after;
    bool isWhole = true;
    event::Status walked = walkEvents(connection, first, range.last, {}, [&](const WalkedEvent &event) {
        isWhole = isWhole && event.hasBytes && event.source;
        const Sha256::Digest digest = Sha256::of(event.bytes);
        before.add(event.source.value_or(0), digest);
        while (removed != end && *removed < event.seq) {
            ++removed;
        }
        if (removed == end || *removed != event.seq) {
            after.add(event.source.value_or(0), digest);
        }
        return true;
    });
    if (!walked) {
        return walked;
    }
    const bool isSound = isWhole && before.events() == range.events && before.finish() == range.content;
    const std::int64_t left = after.events();
    return addChainEntry(
        connection, isSound ? ChainKind::Removed : ChainKind::Damaged, first, range.last, left, after.finish());
}

} // namespace

void RangeContent::add(SourceId source, const Sha256::Digest &bytes)
{
    std::array<char, sizeof source + sizeof bytes> part{};
    const auto number = static_cast<std::uint32_t>(source);
    for (std::size_t i = 0; i < sizeof source; ++i) {
        part[i] = static_cast<char>((number >> (8 * i)) & 0xffU); // little-endian on every machine
    }
    std::ranges::transform(
        bytes, part.begin() + sizeof source, [](unsigned char byte) { return std::bit_cast<char>(byte); });
    m_hash.add({part.data(), part.size()});
    ++m_events;
}

std::string RangeContent::finish()
{
    m_events = 0;
    return Sha256::hex(m_hash.finish());
}

event::Status createIntegrityChain(duckdb::Connection &connection)
{
    event::Status made = connection.run(
        "CREATE TABLE integrity(entry BIGINT NOT NULL, recorded VARCHAR NOT NULL, kind INTEGER NOT NULL, "
        "first_seq BIGINT NOT NULL, last_seq BIGINT NOT NULL, events BIGINT NOT NULL, "
        "content VARCHAR NOT NULL, chain VARCHAR NOT NULL)");
    if (!made) {
        return made;
    }
    auto span = connection.query("SELECT coalesce(min(seq), 0), coalesce(max(seq), -1) FROM events");
    if (!span) {
        return tl::unexpected(span.error());
    }
    const auto chunk = span->next();
    if (!chunk || chunk->column(1).bigint(0) < 0) {
        return {};
    }
    const Seq first = chunk->column(0).bigint(0);
    const Seq last = chunk->column(1).bigint(0);
    RangeContent content;
    return walkEvents(connection, first, last, {}, [&](const WalkedEvent &event) {
        content.add(event.source.value_or(0), Sha256::of(event.bytes));
        return true;
    }).and_then([&] {
        const std::int64_t events = content.events();
        return addChainEntry(connection, ChainKind::Adopted, first, last, events, content.finish());
    });
}

event::Status addChainEntry(
    duckdb::Connection &connection, ChainKind kind, Seq first, Seq last, std::int64_t events, std::string content)
{
    const auto before = newestEntry(connection);
    if (!before) {
        return tl::unexpected(before.error());
    }
    ChainEntry entry{before->number + 1, nowText(), kind, first, last, events, std::move(content), {}};
    entry.chain = chainOf(entry, before->chain);
    const std::array<filter::SqlValue, 8> values{
        entry.number, entry.at, std::int64_t{static_cast<int>(kind)}, first, last, events, entry.content, entry.chain};
    return connection.query("INSERT INTO integrity VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        .map([](const duckdb::QueryResult &) {});
}

event::Status recordRemoval(duckdb::Connection &connection, const std::vector<Seq> &removed)
{
    const auto entries = readChain(connection);
    if (!entries) {
        return tl::unexpected(entries.error());
    }
    for (const auto &[first, range] : expectedRanges(*entries)) {
        const auto begin = std::ranges::lower_bound(removed, first);
        if (range.events == 0 || begin == removed.end() || *begin > range.last) {
            continue;
        }
        if (event::Status status = recordRemovalFrom(connection, first, range, begin, removed.end()); !status) {
            return status;
        }
    }
    return {};
}

event::Result<std::vector<ChainEntry>> readChain(duckdb::Connection &connection)
{
    auto result = connection.query("SELECT entry, recorded, kind, first_seq, last_seq, events, content, chain "
                                   "FROM integrity ORDER BY entry");
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<ChainEntry> entries;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            entries.push_back({chunk->column(0).bigint(row), std::string(chunk->column(1).text(row)),
                static_cast<ChainKind>(chunk->column(2).integer(row)), chunk->column(3).bigint(row),
                chunk->column(4).bigint(row), chunk->column(5).bigint(row), std::string(chunk->column(6).text(row)),
                std::string(chunk->column(7).text(row))});
        }
    }
    return entries;
}

std::string chainOf(const ChainEntry &entry, std::string_view before)
{
    std::string text(before);
    for (const std::string &part :
        {std::to_string(entry.number), entry.at, std::to_string(static_cast<int>(entry.kind)),
            std::to_string(entry.first), std::to_string(entry.last), std::to_string(entry.events), entry.content}) {
        text.append("|").append(part);
    }
    return Sha256::hex(Sha256::of(text));
}

std::map<Seq, ExpectedRange> expectedRanges(const std::vector<ChainEntry> &entries)
{
    std::map<Seq, ExpectedRange> ranges;
    for (const ChainEntry &entry : entries) {
        ranges[entry.first] = {entry.last, entry.events, entry.content, entry.number};
    }
    return ranges;
}

} // namespace octotrail::store
