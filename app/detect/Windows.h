// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlator.h"

#include <unordered_map>
#include <vector>

namespace octotrail::detect {

/// Counts, values and sequences within a timespan: event_count, value_count, value_sum, value_avg, value_percentile,
/// temporal and temporal_ordered.
///
/// Windows slide: a match is told as soon as some window that holds the new event fulfils the condition, and again with
/// each further event while one does. A condition that a later event could break (lt, lte, eq, neq) is judged when a
/// window is over, which begins with the first event that no window before had.
class Windows : public Correlator
{
public:
    explicit Windows(RulePtr rule);

private:
    struct Entry
    {
        event::Timestamp time;
        std::vector<Member> members;
        std::string value; ///< what is counted once
        double number = 0;
        bool isTold = false; ///< was in a match

        store::Seq seq() const { return members.empty() ? 0 : members.back().seq; }
    };
    struct Sequence : Group
    {
        std::vector<Entry> entries; ///< by time, then by arrival
        // Of the window that ends with the newest entry, while events come in order:
        bool isCounted = false;
        std::size_t begin = 0;
        std::unordered_map<std::string, std::size_t> counts;
    };

    std::unique_ptr<Group> makeGroup() const override { return std::make_unique<Sequence>(); }
    void add(Group &group, const Occurrence &occurrence, std::vector<Match> &matches) override;
    void close(Group &group, event::Timestamp until, std::vector<Match> &matches) override;
    bool forget(Group &group, event::Timestamp oldest, store::Seq seq) override;
    std::size_t sizeOf(const Group &group) const override;
    void write(const Group &group, QDataStream &out) const override;
    void read(Group &group, QDataStream &in) const override;
    bool closesWindows() const override { return m_condition.hasUpperBound(); }

    void insert(Sequence &sequence, Entry entry, std::vector<Match> &matches);
    void judgeNewest(Sequence &sequence, std::vector<Match> &matches) const;
    void judgeAround(Sequence &sequence, std::size_t at, std::vector<Match> &matches) const;
    void judgeOrder(Sequence &sequence, std::size_t at, std::vector<Match> &matches) const;
    double measure(const Sequence &sequence, std::size_t begin, std::size_t end) const;
    void tell(
        Sequence &sequence, std::size_t begin, std::size_t end, double measured, std::vector<Match> &matches) const;
    std::string describe(double measured) const;

    std::vector<EventValues> m_fields;
    std::vector<std::string> m_ruleNames; ///< as values, for temporal
    NumberCondition m_condition;
};

} // namespace octotrail::detect
