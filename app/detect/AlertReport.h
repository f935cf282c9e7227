// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Packs.h"
#include "detect/RuleChoices.h"
#include "store/AlertRecords.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace octotrail::detect {

/// What alerts are counted by.
enum class ReportBy { Rule, Actor, Technique };

/// The alerts of one rule, actor or technique. One of several actors counts for each of them.
struct AlertSeries
{
    QString key; ///< a rule's or technique's id, an actor's name; empty: alerts without one
    QString name;
    std::vector<std::int64_t> counts; ///< one for each bin
    std::int64_t total = 0;
    std::int64_t recorded = 0; ///< beside these: of rules that only record
    std::int64_t falsePositives = 0;
    std::int64_t judged = 0; ///< resolved, or marked as false positives
    std::optional<event::Timestamp> last; ///< of its events

    /// The share of those that somebody judged; nullopt as long as nobody did.
    std::optional<double> falsePositiveShare() const;
    bool operator==(const AlertSeries &) const = default;
};

/// Alerts over time. An alert counts at the time of its first event; what is only recorded counts by itself.
struct AlertReport
{
    event::Timestamp since; ///< of the first bin
    std::chrono::days bin{1};
    std::vector<std::int64_t> counts; ///< all alerts; one of several techniques once
    std::vector<AlertSeries> series; ///< most alerts first
    double observed = 0; ///< days of it that there are events of; 0: all

    std::int64_t total() const;
    /// That alerts are counted by: whoever collects since yesterday has seen no month.
    double days() const;
};

/// Of the alerts from then on until now, in bins of whole days. oldest: of the events, if that is known.
AlertReport reportOf(const std::vector<store::Alert> &alerts, ReportBy by, event::Timestamp since,
    event::Timestamp until, std::chrono::days bin, std::optional<event::Timestamp> oldest = {});

/// A technique in a tactic's column of ATT&CK, with what the rules know of it.
struct CoverageCell
{
    QString technique; ///< T1110.003
    QString name;
    QStringList rules; ///< titles of the enabled ones
    std::int64_t alerts = 0;
    bool operator==(const CoverageCell &) const = default;
};

struct CoverageColumn
{
    QString tactic; ///< credential-access
    QString name;
    std::vector<CoverageCell> cells; ///< by id

    int covered() const; ///< cells with rules
    bool operator==(const CoverageColumn &) const = default;
};

/// Which techniques the enabled rules cover, in ATT&CK's order. Techniques that no enabled rule names are there if
/// known rules do, so that what is not watched shows. A technique that the table does not know stands under the tactics
/// that its rules name.
std::vector<CoverageColumn> coverageOf(const std::vector<Pack> &packs,
    const std::function<bool(const Pack &pack, const Rule &rule)> &isOn, const std::vector<store::Alert> &alerts);

} // namespace octotrail::detect
