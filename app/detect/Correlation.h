// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"
#include "filter/Expression.h"

#include <QString>
#include <QStringList>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace octotrail::detect {

/// A field that a rule names, found as filters find it.
struct FieldName
{
    event::FieldPath path;
    filter::Reach reach = filter::Reach::Exact;
    bool operator==(const FieldName &) const = default;
};

/// gt, gte, lt, lte, eq and neq of one number; all that are given hold.
struct NumberCondition
{
    std::optional<double> gt, gte, lt, lte, eq, neq;

    bool holds(double value) const;
    /// Whether a value that is too large can break it: then it can only be judged at the end of a window.
    bool hasUpperBound() const { return lt || lte || eq || neq; }
    /// Whether it says anything.
    bool isSet() const { return gt || gte || hasUpperBound(); }
};

/// A Sigma correlation (specification 2.1), or one of two further types: first_seen and travel.
struct Correlation
{
    enum class Type {
        EventCount,
        ValueCount,
        ValueSum,
        ValueAvg,
        ValuePercentile,
        Temporal,
        TemporalOrdered,
        FirstSeen, ///< a value of the fields that was not there within the timespan, for that group
        Travel, ///< consecutive events of a group from places that nobody travels between so fast
    };

    Type type = Type::EventCount;
    QStringList rules; ///< ids or names; once loaded: ids
    /// Group-by names: a field of the events, or an alias.
    std::vector<std::string> groupBy;
    /// What a name stands for in a rule (by its id): alias -> rule -> field.
    std::map<std::string, std::map<QString, FieldName>> aliases;
    std::vector<FieldName> fields; ///< whose values are counted, or are new
    std::chrono::microseconds timespan{std::chrono::hours(1)};
    NumberCondition condition;
    double percentile = 50;
    bool generate = false; ///< its rules raise alerts of their own, too
    std::chrono::microseconds learning{
        0}; ///< FirstSeen: a group younger than that raises nothing; 0: each first value does
    double minDistance = 100; ///< Travel: in kilometres
};

} // namespace octotrail::detect
