// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dashboard/DashboardModel.h"
#include "ui/events/QueryHistory.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QGridLayout;
class QLabel;
class QScrollArea;
class QSettings;
class QStackedWidget;

namespace octotrail::ui {

class Banner;
class DashboardCard;
class StatePage;

/// The dashboard of the case: a grid of cards for one time, counted again while events come in.
class DashboardView : public QWidget
{
    Q_OBJECT

public:
    explicit DashboardView(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~DashboardView() override;

    DashboardModel &model() { return m_model; }
    const QList<DashboardCard *> &cards() const { return m_cards; }
    TimeRangeChoice *timeRange() const { return m_range; }
    StatePage *statePage() const;
    /// Whether all cards have been counted.
    bool isReady() const;
    /// Adds a chart of a search.
    void addChart(const ChartSpec &spec, const QString &filter);
    void setTimeDisplay(const TimeDisplay &time);

    struct Actions
    {
        QAction *undo;
        QAction *refresh;
        QAction *restoreUsual;
    };
    const Actions &actions() const { return m_actions; }

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);
    void showAllTime();

Q_SIGNALS:
    /// Without a source's name, of all sources.
    void eventsRequested(const octotrail::ui::BarState &state, const QString &source);
    /// The card is to be looked at as a chart of its events.
    void chartRequested(const octotrail::ui::ChartSpec &spec, const octotrail::ui::BarState &state);
    void problemOccurred(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeActions();
    void makeHead();
    void showCards();
    DashboardCard *makeCard(const CardSpec &spec);
    void arrange();
    void countAll();
    void countNext();
    void scheduleRefresh();
    void requestRename(int card);
    BarState stateOf(const QString &filter, const event::TimeRange &range) const;

    std::shared_ptr<store::Store> m_store;
    DashboardModel m_model;
    TimeDisplay m_time;
    event::TimeRange m_counted; ///< the range of the cards
    Actions m_actions{};
    QWidget *m_head;
    TimeRangeChoice *m_range;
    QLabel *m_sentence;
    Banner *m_banner;
    QStackedWidget *m_pages;
    QScrollArea *m_area;
    QGridLayout *m_grid;
    StatePage *m_empty;
    QList<DashboardCard *> m_cards;
    QList<DashboardCard *> m_waiting; ///< to be counted, one after the other
    DashboardCard *m_counting = nullptr;
    QTimer m_refresh;
    int m_columns = 0;
    bool m_outdated = true;
};

} // namespace octotrail::ui
