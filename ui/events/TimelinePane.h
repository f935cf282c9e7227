// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Coverage.h"
#include "ui/events/TimelineView.h"
#include "ui/models/TimelineModel.h"

#include <QWidget>
#include <memory>
#include <set>
#include <vector>

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
    /// What the sources' logs lack in the store is hatched, and asked for with a button if Okta can still tell it.
    void setGaps(std::vector<store::Gap> gaps);
    /// Whether the source is reading what it lacks: then nobody need ask for it.
    void setFilling(store::SourceId source, bool filling);

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    void rangeChosen(const octotrail::event::TimeRange &range);
    void backRequested();
    /// What is missing in the time that is shown is to be read.
    void fillRequested(const std::vector<octotrail::store::Gap> &gaps);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showData();
    void setSplit(TimelineModel::Split split);
    std::vector<store::Gap> shownGaps() const;
    std::vector<store::Gap> fillableGaps() const;
    void showGaps();

    TimelineModel m_model;
    QLabel *m_title;
    TimelineLegend *m_legend;
    QToolButton *m_fill;
    QToolButton *m_back;
    QToolButton *m_split;
    TimelineView *m_view;
    std::vector<store::Gap> m_gaps;
    std::set<store::SourceId> m_filling;
};

} // namespace octotrail::ui
