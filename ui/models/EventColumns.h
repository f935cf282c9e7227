// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace octotrail::ui {

/// The columns of the event table, in their first order.
enum class EventColumn {
    Time,
    Severity,
    EventType,
    Message,
    Actor,
    ClientIp,
    Location,
    Outcome,
    Targets,
    Source,
    Marks, ///< what is noted of the event; stands first
    ActorDepartment,
    ActorTitle,
    ActorManager,
    ActorStatus
};
inline constexpr int eventColumnCount = 15;
/// From here on columns show what the actor's profile tells. They are hidden until somebody wants them.
inline constexpr int firstProfileColumn = static_cast<int>(EventColumn::ActorDepartment);

/// What a column shows and how it is asked for.
struct EventColumnInfo
{
    EventColumn column;
    const char *key; ///< for settings and exports; never changes
    std::string_view sortPath; ///< see store::EventQuery; empty if it cannot be sorted by
    std::string_view filterPath; ///< the path of "Filter to this value", empty if it takes more than one comparison
    int width; ///< at first, in device-independent pixels
    bool tabular; ///< digits stand in columns
};

std::span<const EventColumnInfo> eventColumns();
const EventColumnInfo &eventColumnInfo(EventColumn column);
QString eventColumnTitle(EventColumn column);

/// Where each of the paths stands in the cells of a row that was read for the table.
namespace cell {
enum Index {
    Severity,
    EventType,
    Message,
    Actor,
    ActorName,
    ClientIp,
    City,
    Country,
    Outcome,
    Reason,
    Targets,
    Source,
    ActorDepartment, ///< from here on only if profiles are asked for
    ActorTitle,
    ActorManager,
    ActorStatus,
    Count
};
}

/// Where the column stands at first.
int firstPlaceOf(EventColumn column);

/// A column of the table as it is: one of those above, or that of any path.
struct ColumnInfo
{
    QString key; ///< names it in layouts: EventColumnInfo's, or the path
    QString title;
    QString path; ///< what a filter compares; empty if it takes more than one comparison
    std::string sortPath; ///< empty if it cannot be sorted by
    int width = 144;
    bool tabular = false;
};
ColumnInfo columnInfo(EventColumn column);
/// Of a path that has no column of its own there.
ColumnInfo columnInfo(const QString &path);
/// What the path is called; the path itself if it has no name.
QString captionOfPath(const QString &path);
/// The paths of events to propose: of columns, targets, annotations, profiles and the parts of the time.
const QStringList &eventPaths();
/// Those to propose where events are counted by one: what has a value of its own, "target" and "source".
QStringList countablePaths();

/// The paths that the table reads for a row, in the order of cell::Index.
const std::vector<std::string> &eventCellPaths(bool withProfiles);

} // namespace octotrail::ui
