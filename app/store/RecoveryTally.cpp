// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RecoveryTally.h"

#include <algorithm>

namespace octotrail::store {

void SeqRuns::add(Seq seq, SourceId source)
{
    if (!m_runs.empty() && m_runs.back().last + 1 == seq && m_runs.back().source == source) {
        m_runs.back().last = seq;
    } else {
        m_runs.push_back({seq, seq, source});
    }
}

void SeqRuns::sort()
{
    std::ranges::sort(m_runs, {}, &Run::first);
}

std::optional<SourceId> SeqRuns::sourceOf(Seq seq) const
{
    if (m_runs.empty()) {
        return std::nullopt;
    }
    const auto after = std::ranges::upper_bound(m_runs, seq, {}, &Run::first);
    return after == m_runs.begin() ? after->source : std::prev(after)->source;
}

std::vector<SeqRuns::Run> SeqRuns::without(const SeqRuns &other, Seq first, Seq last) const
{
    std::vector<Run> rest;
    auto hole = std::ranges::lower_bound(other.m_runs, first, {}, &Run::last);
    for (auto run = std::ranges::lower_bound(m_runs, first, {}, &Run::last); run != m_runs.end() && run->first <= last;
         ++run) {
        Seq next = std::max(run->first, first);
        const Seq end = std::min(run->last, last);
        while (hole != other.m_runs.end() && hole->last < next) {
            ++hole;
        }
        for (auto it = hole; next <= end && it != other.m_runs.end() && it->first <= end; ++it) {
            if (it->first > next) {
                rest.push_back({next, it->first - 1, run->source});
            }
            next = it->last + 1;
        }
        if (next <= end) {
            rest.push_back({next, end, run->source});
        }
    }
    return rest;
}

std::int64_t SeqRuns::countBetween(Seq first, Seq last) const
{
    std::int64_t count = 0;
    for (auto run = std::ranges::lower_bound(m_runs, first, {}, &Run::last); run != m_runs.end() && run->first <= last;
         ++run) {
        count += std::min(run->last, last) - std::max(run->first, first) + 1;
    }
    return count;
}

RecoveryTally::RecoveryTally(std::map<Seq, ExpectedRange> ranges)
    : m_ranges(std::move(ranges))
    , m_range(m_ranges.begin())
{ }

void RecoveryTally::add(Seq seq, SourceId source, std::string_view bytes)
{
    while (m_range != m_ranges.end() && seq > m_range->second.last) {
        close();
    }
    m_saved.add(seq, source);
    const event::Sha256::Digest digest = event::Sha256::of(bytes);
    if (m_range != m_ranges.end() && seq >= m_range->first) {
        m_content.add(source, digest);
        return;
    }
    m_strays.first = m_strays.events == 0 ? seq : m_strays.first;
    m_strays.last = seq;
    ++m_strays.events;
    m_strayContent.add(source, digest);
}

void RecoveryTally::finish()
{
    while (m_range != m_ranges.end()) {
        close();
    }
    m_strays.content = m_strayContent.finish();
}

void RecoveryTally::close()
{
    const auto &[first, range] = *m_range;
    const std::int64_t found = m_content.events();
    const std::string content = m_content.finish();
    if (found == range.events && content == range.content) {
        m_proven += found;
    } else {
        m_flaws.push_back({first, range.last, range.events, found, content});
    }
    ++m_range;
}

} // namespace octotrail::store
