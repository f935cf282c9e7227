// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "ui/models/EventTableModel.h"

#include <QMenu>

namespace octotrail::ui {

/// The menu of a cell of the event table: what a filter can make of its value, and copying.
class CellMenu : public QMenu
{
    Q_OBJECT

public:
    /// event is needed for the targets, whose cell is a summary.
    CellMenu(const EventTableModel &model, const QModelIndex &index, const event::LogEvent *event, QWidget *parent);

    /// The comparison that a cell's value stands for, the first in its menu; empty if there is none, and for targets.
    static QString comparison(const QModelIndex &index, bool exclude);
    /// The same for the cell of targets.
    static QString comparisonByTarget(const event::LogEvent &event, bool exclude);

Q_SIGNALS:
    /// To be joined to the filter.
    void narrowRequested(const QString &comparison);
    void rangeRequested(const octotrail::event::TimeRange &range);
    void sourceRequested(octotrail::store::SourceId source);

private:
    void addPair(const QString &what, const QString &path, const QString &value, bool named);
    void addTargets(const event::LogEvent *event);
};

/// path op "value" in the filter language; exclude turns it round. For no value: not (path pr).
QString comparisonFor(const QString &path, const QString &value, bool exclude);

} // namespace octotrail::ui
