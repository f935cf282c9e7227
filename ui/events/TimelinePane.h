// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/events/TimelineView.h"
#include "ui/models/TimelineModel.h"

#include <QWidget>
#include <memory>

class QLabel;
class QSettings;
class QToolButton;

namespace octotrail::ui {

class TimelineLegend;

/// The timeline of a result with its heading: what a bar is, what its layers mean, by what they are divided.
class TimelinePane : public QWidget
{
    Q_OBJECT

public:
    TimelinePane(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent = nullptr);
    ~TimelinePane() override;

    TimelineView *view() const { return m_view; }
    TimelineModel &model() { return m_model; }
    void setTimeDisplay(const TimeDisplay &time);
    /// A button for the action, seen while it is enabled: what goes back from a narrowed time.
    void setBackAction(QAction *action);

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    void rangeChosen(const octotrail::event::TimeRange &range);
    void backRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showData();
    void setSplit(TimelineModel::Split split);

    TimelineModel m_model;
    QLabel *m_title;
    TimelineLegend *m_legend;
    QToolButton *m_back;
    QToolButton *m_split;
    TimelineView *m_view;
};

} // namespace octotrail::ui
