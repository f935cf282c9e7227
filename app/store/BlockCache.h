// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/BlockCodec.h"
#include "store/ProfileIndexCache.h"

#include <atomic>
#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <optional>

namespace octotrail::store {

/// What a store's readers keep: the blocks that were unpacked last, within a budget of memory, the profiles that
/// filters ask, what is known of all events, and whether to believe in sort_heads. Thread-safe.
class BlockCache
{
public:
    explicit BlockCache(std::size_t budget)
        : m_budget(budget)
    { }

    /// The block with exactly this extent. Events are never changed and seqs never used again, so a block that was
    /// merged with its neighbours since is still right; it has another extent then.
    BlockPtr find(Seq first, Seq last);
    BlockPtr findContaining(Seq seq);
    void insert(Seq first, Seq last, BlockPtr block);
    void clear();

    /// From when to when events were published, as somebody saw when last was the newest seq.
    struct Span
    {
        event::Timestamp oldest;
        event::Timestamp newest;
        Seq last = 0;
    };
    /// What was noted, if few events came since: for those who need not know it exactly, since asking the store takes
    /// longer the more there are.
    std::optional<Span> span(Seq last);
    void note(const Span &span);

    ProfileIndexCache &profiles() { return m_profiles; }

    /// Whether the file's sort_heads are used: not once they were found to be wrong.
    bool believesSortHeads() const { return m_believesSortHeads; }
    void disbelieveSortHeads() { m_believesSortHeads = false; }
    /// The same of its value_counts.
    bool believesValueCounts() const { return m_believesValueCounts; }
    void disbelieveValueCounts() { m_believesValueCounts = false; }

private:
    struct Entry
    {
        Seq first;
        Seq last;
        BlockPtr block;
    };
    using Entries = std::list<Entry>; // the one used last in front

    BlockPtr use(Entries::iterator entry);

    std::mutex m_mutex;
    Entries m_entries;
    std::map<Seq, Entries::iterator> m_byFirst;
    std::size_t m_budget;
    std::size_t m_used = 0;
    std::optional<Span> m_span;
    ProfileIndexCache m_profiles;
    std::atomic<bool> m_believesSortHeads = true;
    std::atomic<bool> m_believesValueCounts = true;
};

} // namespace octotrail::store
