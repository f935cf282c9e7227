// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Search.h"

#include <optional>
#include <span>
#include <vector>

namespace octotrail::ui {

/// An ordered list of seqs that may be ten million long and grow anywhere: made of chunks, each a part of a vector that
/// never changes, so that an insertion makes one small vector anew, and what a search found and copies share theirs. A
/// copy may be read in another thread.
class SeqList
{
public:
    qint64 size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    store::Seq at(qint64 row) const;

    void clear();
    void append(const store::SeqsPtr &seqs);
    void insert(qint64 row, std::span<const store::Seq> seqs);

    /// The seqs of a range of rows, cut to what there is.
    std::vector<store::Seq> slice(qint64 first, qint64 last) const;
    /// The row of a seq among the first count rows; looks at those around a row first. Ten million take some 10 ms.
    std::optional<qint64> find(store::Seq seq, qint64 around, qint64 count) const;

private:
    static constexpr qint64 chunkSize = 16384; ///< that an insertion copies at least, if there are so many
    struct Chunk
    {
        qint64 first = 0; ///< row of its first seq
        store::SeqsPtr vector;
        std::span<const store::Seq> seqs; ///< the part of it
    };
    std::size_t chunkOf(qint64 row) const;
    std::optional<qint64> findBetween(store::Seq seq, qint64 begin, qint64 end) const;
    void renumber(std::size_t from);

    std::vector<Chunk> m_chunks;
    qint64 m_size = 0;
};

/// Where in the old list new seqs have come in.
struct InsertedRun
{
    qint64 row = 0; ///< in the list as it is when the runs are inserted from the last one to the first
    std::vector<store::Seq> seqs;
    bool operator==(const InsertedRun &) const = default;
};

/// How to get from before to after by insertions alone; nullopt if seqs went away or changed places, or if there would
/// be more than maxRuns.
std::optional<std::vector<InsertedRun>> insertionsBetween(
    const SeqList &before, const SeqList &after, std::size_t maxRuns);

} // namespace octotrail::ui
