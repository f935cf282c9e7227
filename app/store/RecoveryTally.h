// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/IntegrityChain.h"
#include "store/Recovery.h"

#include <map>
#include <string_view>
#include <vector>

namespace octotrail::store {

/// Seqs as runs of neighbours, each with its source.
class SeqRuns
{
public:
    struct Run
    {
        Seq first;
        Seq last;
        SourceId source;
    };

    SeqRuns() = default;
    /// One.
    explicit SeqRuns(Run run)
        : m_runs{run}
    { }

    /// Seqs grow from one call to the next.
    void add(Seq seq, SourceId source);
    void sort(); ///< if they did not
    const std::vector<Run> &runs() const { return m_runs; }
    bool isEmpty() const { return m_runs.empty(); }
    /// The source of the seq, or of its nearest neighbour.
    std::optional<SourceId> sourceOf(Seq seq) const;
    /// What of these seqs the other one does not have.
    std::vector<Run> without(const SeqRuns &other, Seq first, Seq last) const;
    std::int64_t countBetween(Seq first, Seq last) const;

private:
    std::vector<Run> m_runs;
};

/// Compares events, given in the order of seq, with the ranges that a chain speaks of.
class RecoveryTally
{
public:
    explicit RecoveryTally(std::map<Seq, ExpectedRange> ranges);

    void add(Seq seq, SourceId source, std::string_view bytes);
    /// After the last event.
    void finish();

    /// A range of which not all is as it was.
    struct Flaw
    {
        Seq first;
        Seq last;
        std::int64_t expected;
        std::int64_t found;
        std::string content; ///< of what was found
    };
    const std::vector<Flaw> &flaws() const { return m_flaws; }
    /// Events in ranges that are as they were.
    std::int64_t proven() const { return m_proven; }
    const SeqRuns &saved() const { return m_saved; }
    /// The events, from the first to the last of them, that no range speaks of.
    struct Stray
    {
        Seq first = 0;
        Seq last = 0;
        std::int64_t events = 0;
        std::string content;
    };
    const Stray &strays() const { return m_strays; }

private:
    void close();

    std::map<Seq, ExpectedRange> m_ranges;
    std::map<Seq, ExpectedRange>::const_iterator m_range;
    RangeContent m_content;
    RangeContent m_strayContent;
    Stray m_strays;
    std::vector<Flaw> m_flaws;
    std::int64_t m_proven = 0;
    SeqRuns m_saved;
};

} // namespace octotrail::store
