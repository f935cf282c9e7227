// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Sha256.h"
#include "store/Records.h"
#include "store/duckdb/Connection.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// What one entry of the chain records.
enum class ChainKind {
    Adopted, ///< what a store held before it kept a chain
    Committed,
    Removed, ///< what is left of a range of seqs after a removal
    Damaged, ///< the same, but the range was not what the chain said even before
    Recovered, ///< what could be saved of a range when the store was damaged
};

/// An entry of the integrity chain: what a commit added, or what a removal left.
struct ChainEntry
{
    std::int64_t number = 0; ///< from 1
    std::string at; ///< RFC 3339, of this machine's clock
    ChainKind kind = ChainKind::Committed;
    Seq first = 0; ///< of the seqs that it speaks of
    Seq last = 0;
    std::int64_t events = 0; ///< stored in that range
    std::string content; ///< RangeContent of these, in hex
    std::string chain; ///< SHA-256 of the entry before's chain and all of the above, in hex
};

/// The digest of some events: of their sources and the digests of their bytes, in the order of seq.
class RangeContent
{
public:
    void add(SourceId source, const event::Sha256::Digest &bytes);
    std::int64_t events() const { return m_events; }
    /// In hex. Begins anew.
    std::string finish();

private:
    event::Sha256 m_hash;
    std::int64_t m_events = 0;
};

/// What a range of seqs is to contain.
struct ExpectedRange
{
    Seq last = 0;
    std::int64_t events = 0;
    std::string content;
    std::int64_t entry = 0; ///< the one that says so
};

/// Makes the table; what is stored already is adopted.
event::Status createIntegrityChain(duckdb::Connection &connection);

/// Within the caller's transaction, which adds or removes the events.
event::Status addChainEntry(
    duckdb::Connection &connection, ChainKind kind, Seq first, Seq last, std::int64_t events, std::string content);
/// Before these events (sorted) are removed, in the same transaction: records what will be left of the ranges that
/// they stand in.
event::Status recordRemoval(duckdb::Connection &connection, const std::vector<Seq> &removed);

/// In the order of their numbers.
event::Result<std::vector<ChainEntry>> readChain(duckdb::Connection &connection);
/// What the entry's chain has to be, after that of the one before.
std::string chainOf(const ChainEntry &entry, std::string_view before);
/// The newest word on each range, by its first seq.
std::map<Seq, ExpectedRange> expectedRanges(const std::vector<ChainEntry> &entries);

} // namespace octotrail::store
