// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Search.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace octotrail::ui {

/// Seqs in some order, which never change: four bytes of each, unless they are too far apart.
class PackedSeqs
{
public:
    explicit PackedSeqs(std::span<const store::Seq> seqs);
    /// A part of others, from begin to end, with seqs put in at a place in it.
    PackedSeqs(
        const PackedSeqs &others, std::size_t begin, std::size_t at, std::size_t end, std::span<const store::Seq> seqs);

    store::Seq at(std::size_t i) const
    {
        return m_seqs.empty() ? m_lowest + static_cast<store::Seq>(m_offsets[i]) : m_seqs[i];
    }
    /// Puts those from begin to end behind others.
    void copyTo(std::vector<store::Seq> &seqs, std::size_t begin, std::size_t end) const;
    /// Where the seq is from begin on; end if it is not before that.
    std::size_t find(store::Seq seq, std::size_t begin, std::size_t end) const;

private:
    void pack(std::span<const store::Seq> seqs);
    bool hasOffset(store::Seq seq) const;

    store::Seq m_lowest = 0;
    std::vector<std::uint32_t> m_offsets;
    std::vector<store::Seq> m_seqs; ///< instead of offsets, if these are too large
};

/// An ordered list of seqs that may be ten million long and grow anywhere: made of chunks, each a part of what never
/// changes, so that an insertion makes one small part anew, and copies share theirs. A copy may be read in another
/// thread.
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
        std::shared_ptr<const PackedSeqs> seqs;
        qint64 begin = 0; ///< the part of them
        qint64 size = 0;

        store::Seq at(qint64 i) const { return seqs->at(static_cast<std::size_t>(begin + i)); }
        Chunk part(qint64 from, qint64 to) const { return {first + from, seqs, begin + from, to - from}; }
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
