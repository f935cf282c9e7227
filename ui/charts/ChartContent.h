// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace octotrail::ui {

enum class ChartKind { Bars, Time, Map };

/// What a chart shows of some events.
struct ChartSpec
{
    ChartKind kind = ChartKind::Bars;
    QString path; ///< of the bars; of Time: what divides a bar, may be empty
    QString stack; ///< of Bars: what divides a bar, may be empty
    int limit = 12;

    bool operator==(const ChartSpec &) const = default;
};

/// A chart's figures, with the filter that each of them stands for.
struct ChartContent
{
    struct Row
    {
        QString label; ///< one line, bounded
        QString filter; ///< finds its events; empty if they are those of a range or a source
        event::TimeRange range; ///< of Time
        qint64 total = 0;
        std::vector<qint64> parts; ///< one for each layer
        double latitude = 0; ///< of Map
        double longitude = 0;
        QString country{}; ///< of Map: as it is in events
        QString value{}; ///< of Bars: as it is in events
    };
    struct Layer
    {
        QString label;
        QString value; ///< as it is in events
        QString filter; ///< empty for all that are not told one by one
    };

    ChartSpec spec;
    std::vector<Layer> layers; ///< what divides the bars; empty: nothing
    std::vector<Row> rows;
    event::Timestamp start{}; ///< of Time: of the first row
    qint64 total = 0; ///< events that were counted
    qint64 distinct = 0; ///< values there are, of which rows may be a part
    qint64 missing = 0; ///< events without a value, a time or a place
    bool severalValues = false; ///< whether some events are in several layers

    qint64 highest() const;
    /// "12 of 318 values" and the like: what the rows leave out; may be empty.
    QString note() const;
    /// What finds the events of a row, or of one layer of it.
    QString filterOf(int row, int layer) const;
    /// The source that a row, or one layer of it, stands for, since no filter asks for sources; empty if none.
    QString sourceOf(int row, int layer) const;
};

/// What a chart is called: "Actor by Outcome".
QString chartTitle(const ChartSpec &spec);
/// What a filter calls the field that a chart counts.
QString chartFilterPath(const QString &path);

} // namespace octotrail::ui
