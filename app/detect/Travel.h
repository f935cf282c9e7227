// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlator.h"

namespace octotrail::detect {

/// travel: two consecutive events of a group within the timespan whose clients were so far apart that nobody travels so
/// fast. Distances under min-distance are the inaccuracy of geolocation.
class Travel : public Correlator
{
public:
    explicit Travel(RulePtr rule);

private:
    struct Stop
    {
        event::Timestamp time;
        double latitude = 0, longitude = 0; ///< in degrees
        Member member;
        std::string place;
    };
    struct Journey : Group
    {
        std::vector<Stop> stops; ///< by time
    };

    std::unique_ptr<Group> makeGroup() const override { return std::make_unique<Journey>(); }
    void add(Group &group, const Occurrence &occurrence, std::vector<Match> &matches) override;
    bool forget(Group &group, event::Timestamp oldest, store::Seq seq) override;
    std::size_t sizeOf(const Group &group) const override;
    void write(const Group &group, QDataStream &out) const override;
    void read(Group &group, QDataStream &in) const override;

    bool judge(const Journey &journey, const Stop &from, const Stop &to, store::Seq firedBy,
        std::vector<Match> &matches) const;
};

/// The distance of two places on Earth in kilometres.
double distanceBetween(double latitude, double longitude, double otherLatitude, double otherLongitude);

} // namespace octotrail::detect
