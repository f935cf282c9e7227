// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlator.h"

namespace octotrail::detect {

/// first_seen: a value of the fields that the group has not had within the timespan before. With a learning time, what
/// a group shows while it is younger than that is what it is known for, and raises nothing; without, its first value is
/// new as well.
class FirstSeen : public Correlator
{
public:
    explicit FirstSeen(RulePtr rule);

private:
    struct Known
    {
        event::Timestamp first, last;
        store::Seq seq = 0;
    };
    struct History : Group
    {
        std::optional<event::Timestamp> since; ///< its first event
        event::Timestamp last; ///< its last one
        std::map<std::string, Known> values;
    };

    std::unique_ptr<Group> makeGroup() const override { return std::make_unique<History>(); }
    void add(Group &group, const Occurrence &occurrence, std::vector<Match> &matches) override;
    bool forget(Group &group, event::Timestamp oldest, store::Seq seq) override;
    std::size_t sizeOf(const Group &group) const override;
    void write(const Group &group, QDataStream &out) const override;
    void read(Group &group, QDataStream &in) const override;

    std::vector<std::string> valuesOf(const Occurrence &occurrence) const;

    std::vector<EventValues> m_fields;
};

} // namespace octotrail::detect
