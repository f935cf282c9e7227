// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/SeqList.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace octotrail::ui {

using store::Seq;

PackedSeqs::PackedSeqs(std::span<const Seq> seqs)
{
    pack(seqs);
}

PackedSeqs::PackedSeqs(
    const PackedSeqs &others, std::size_t begin, std::size_t at, std::size_t end, std::span<const Seq> seqs)
    : m_lowest(others.m_lowest)
{
    if (!others.m_seqs.empty() || !std::ranges::all_of(seqs, [this](Seq seq) { return hasOffset(seq); })) {
        std::vector<Seq> together;
        together.reserve(end - begin + seqs.size());
        others.copyTo(together, begin, at);
        together.insert(together.end(), seqs.begin(), seqs.end());
        others.copyTo(together, at, end);
        pack(together);
        return;
    }
    const auto offsets = others.m_offsets.begin();
    m_offsets.resize(end - begin + seqs.size());
    auto to = std::copy(
        offsets + static_cast<std::ptrdiff_t>(begin), offsets + static_cast<std::ptrdiff_t>(at), m_offsets.begin());
    to = std::ranges::transform(seqs, to, [this](Seq seq) { return static_cast<std::uint32_t>(seq - m_lowest); }).out;
    std::copy(offsets + static_cast<std::ptrdiff_t>(at), offsets + static_cast<std::ptrdiff_t>(end), to);
}

void PackedSeqs::pack(std::span<const Seq> seqs)
{
    if (seqs.empty()) {
        return;
    }
    const auto [lowest, highest] = std::ranges::minmax(seqs);
    m_lowest = lowest;
    // Those of a file that somebody made may be anything.
    if (!hasOffset(highest)) {
        m_seqs.assign(seqs.begin(), seqs.end());
        return;
    }
    m_offsets.resize(seqs.size());
    std::ranges::transform(
        seqs, m_offsets.begin(), [this](Seq seq) { return static_cast<std::uint32_t>(seq - m_lowest); });
}

bool PackedSeqs::hasOffset(Seq seq) const
{
    return static_cast<std::uint64_t>(seq) - static_cast<std::uint64_t>(m_lowest)
        <= std::numeric_limits<std::uint32_t>::max();
}

void PackedSeqs::copyTo(std::vector<Seq> &seqs, std::size_t begin, std::size_t end) const
{
    const std::size_t size = seqs.size();
    seqs.resize(size + end - begin);
    for (std::size_t i = begin; i < end; ++i) {
        seqs[size + i - begin] = at(i);
    }
}

std::size_t PackedSeqs::find(Seq seq, std::size_t begin, std::size_t end) const
{
    const auto findIn = [=](const auto &values, auto value) {
        const auto last = values.begin() + static_cast<std::ptrdiff_t>(end);
        return static_cast<std::size_t>(
            std::find(values.begin() + static_cast<std::ptrdiff_t>(begin), last, value) - values.begin());
    };
    if (!m_seqs.empty()) {
        return findIn(m_seqs, seq);
    }
    return hasOffset(seq) ? findIn(m_offsets, static_cast<std::uint32_t>(seq - m_lowest)) : end;
}

Seq SeqList::at(qint64 row) const
{
    const Chunk &chunk = m_chunks[chunkOf(row)];
    return chunk.at(row - chunk.first);
}

void SeqList::clear()
{
    m_chunks.clear();
    m_size = 0;
}

void SeqList::append(const store::SeqsPtr &seqs)
{
    if (std::ssize(*seqs) <= chunkSize) {
        insert(m_size, *seqs); // a search that reads bytes finds some at a time
        return;
    }
    m_chunks.push_back({m_size, std::make_shared<const PackedSeqs>(*seqs), 0, std::ssize(*seqs)});
    m_size += std::ssize(*seqs);
}

void SeqList::insert(qint64 row, std::span<const Seq> seqs)
{
    if (seqs.empty()) {
        return;
    }
    if (m_chunks.empty()) {
        m_chunks.push_back({0, std::make_shared<const PackedSeqs>(seqs.first(0)), 0, 0});
    }
    const std::size_t index = row == m_size ? m_chunks.size() - 1 : chunkOf(row);
    const Chunk old = m_chunks[index];
    const qint64 at = row - old.first;
    const bool isCut = old.size > 2 * chunkSize;
    const qint64 from = isCut ? std::max<qint64>(at - chunkSize / 2, 0) : 0;
    const qint64 to = isCut ? std::min(at + chunkSize / 2, old.size) : old.size;
    const auto place = [&old](qint64 i) { return static_cast<std::size_t>(old.begin + i); };
    std::vector<Chunk> chunks;
    if (from > 0) {
        chunks.push_back(old.part(0, from));
    }
    chunks.push_back(
        {old.first + from, std::make_shared<const PackedSeqs>(*old.seqs, place(from), place(at), place(to), seqs), 0,
            to - from + std::ssize(seqs)});
    if (to < old.size) {
        chunks.push_back(old.part(to, old.size));
    }
    m_chunks[index] = std::move(chunks.front());
    m_chunks.insert(m_chunks.begin() + static_cast<std::ptrdiff_t>(index) + 1,
        std::make_move_iterator(chunks.begin() + 1), std::make_move_iterator(chunks.end()));
    m_size += std::ssize(seqs);
    renumber(index + 1);
}

std::vector<Seq> SeqList::slice(qint64 first, qint64 last) const
{
    std::vector<Seq> result;
    first = std::max<qint64>(first, 0);
    last = std::min(last, m_size - 1);
    if (first > last) {
        return result;
    }
    result.reserve(static_cast<std::size_t>(last - first + 1));
    for (std::size_t c = chunkOf(first); c < m_chunks.size() && m_chunks[c].first <= last; ++c) {
        const Chunk &chunk = m_chunks[c];
        const qint64 to = std::min(last - chunk.first + 1, chunk.size);
        const qint64 from = std::max(first - chunk.first, qint64(0));
        chunk.seqs->copyTo(
            result, static_cast<std::size_t>(chunk.begin + from), static_cast<std::size_t>(chunk.begin + to));
    }
    return result;
}

std::optional<qint64> SeqList::find(Seq seq, qint64 around, qint64 count) const
{
    constexpr qint64 near = 65536;
    const qint64 end = std::min(count, m_size);
    const qint64 nearBegin = std::clamp<qint64>(around - near, 0, std::max<qint64>(end, 0));
    const qint64 nearEnd = std::clamp<qint64>(around + near, nearBegin, std::max<qint64>(end, nearBegin));
    for (const auto &[from, to] : {std::pair(nearBegin, nearEnd), {0, nearBegin}, {nearEnd, end}}) {
        if (const auto row = findBetween(seq, from, to)) {
            return row;
        }
    }
    return std::nullopt;
}

std::optional<qint64> SeqList::findBetween(Seq seq, qint64 begin, qint64 end) const
{
    for (std::size_t c = begin < end ? chunkOf(begin) : m_chunks.size(); c < m_chunks.size(); ++c) {
        const Chunk &chunk = m_chunks[c];
        if (chunk.first >= end) {
            break;
        }
        const auto from = static_cast<std::size_t>(chunk.begin + std::max<qint64>(begin - chunk.first, 0));
        const auto to = static_cast<std::size_t>(chunk.begin + std::min<qint64>(end - chunk.first, chunk.size));
        if (const std::size_t hit = chunk.seqs->find(seq, from, to); hit < to) {
            return chunk.first + static_cast<qint64>(hit) - chunk.begin;
        }
    }
    return std::nullopt;
}

std::size_t SeqList::chunkOf(qint64 row) const
{
    const auto after = std::ranges::upper_bound(m_chunks, row, {}, &Chunk::first);
    return static_cast<std::size_t>(after - m_chunks.begin()) - 1;
}

void SeqList::renumber(std::size_t from)
{
    for (std::size_t c = from; c < m_chunks.size(); ++c) {
        m_chunks[c].first = m_chunks[c - 1].first + m_chunks[c - 1].size;
    }
}

std::optional<std::vector<InsertedRun>> insertionsBetween(
    const SeqList &before, const SeqList &after, std::size_t maxRuns)
{
    if (after.size() < before.size()) {
        return std::nullopt;
    }
    std::vector<InsertedRun> runs;
    constexpr qint64 step = 65536; // rows of each that are looked at together
    std::vector<Seq> old = before.slice(0, step - 1);
    qint64 oldFirst = 0;
    qint64 row = 0;
    bool inRun = false;
    for (qint64 from = 0; from < after.size(); from += step) {
        for (const Seq seq : after.slice(from, from + step - 1)) {
            if (row - oldFirst >= static_cast<qint64>(old.size()) && row < before.size()) {
                oldFirst = row;
                old = before.slice(row, row + step - 1);
            }
            if (row < before.size() && old[static_cast<std::size_t>(row - oldFirst)] == seq) {
                ++row;
                inRun = false;
                continue;
            }
            if (!inRun) {
                if (runs.size() == maxRuns) {
                    return std::nullopt;
                }
                runs.push_back({row, {}});
                inRun = true;
            }
            runs.back().seqs.push_back(seq);
        }
    }
    return row == before.size() ? std::optional(std::move(runs)) : std::nullopt;
}

} // namespace octotrail::ui
