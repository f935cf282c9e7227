// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartReader.h"
#include "ui/charts/ChartTableModel.h"
#include "ui/models/Recount.h"

#include <QWidget>
#include <memory>

class QAction;
class QComboBox;
class QLabel;
class QSettings;
class QSpinBox;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace octotrail::ui {

class ChartWidget;
class MapWidget;
class StatePage;

/// Charts and a map of the events that the current search finds, with their figures as a table.
class ChartView : public QWidget
{
    Q_OBJECT

public:
    ChartView(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent = nullptr);
    ~ChartView() override;

    ChartWidget *chart() const { return m_chart; }
    MapWidget *map() const { return m_map; }
    QTableView *table() const { return m_table; }
    const ChartContent &content() const { return m_content; }
    const ChartSpec &spec() const { return m_spec; }
    void setSpec(const ChartSpec &spec);
    bool isReady() const { return m_ready; }
    StatePage *statePage() const;

    /// What the search is, in words, as the filter bar has it.
    void setSearch(const QString &filter);
    void setTimeDisplay(const TimeDisplay &time);
    /// PNG or SVG, by the name.
    event::Status savePicture(const QString &file) const;

    struct Actions
    {
        QAction *save;
        QAction *copy;
        QAction *addToDashboard;
        QAction *showEvents;
    };
    const Actions &actions() const { return m_actions; }

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    /// To be joined to the filter of the events.
    void narrowRequested(const QString &filter);
    /// No other source's events are to be shown.
    void sourceRequested(const QString &name);
    void rangeRequested(const octotrail::event::TimeRange &range);
    void eventsRequested();
    void addRequested(const octotrail::ui::ChartSpec &spec);
    void problemOccurred(const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeActions();
    void makeBar();
    void makeBody();
    void takeChoice();
    void showChoice();
    void count();
    void take(const ChartContent &content);
    void showState();
    void choose(int row, int layer);
    void askForFile();
    void copyPicture();

    std::shared_ptr<store::Store> m_store;
    const EventResult &m_result;
    Recount m_recount;
    ChartReader m_reader;
    ChartTableModel m_model;
    ChartSpec m_spec;
    ChartContent m_content;
    event::Error m_error;
    TimeDisplay m_time;
    quint64 m_turn = 0;
    bool m_ready = false;
    bool m_failed = false;
    Actions m_actions{};

    QComboBox *m_kind;
    QComboBox *m_path;
    QComboBox *m_stack;
    QSpinBox *m_limit;
    QLabel *m_pathLabel;
    QLabel *m_stackLabel;
    QLabel *m_limitLabel;
    QLabel *m_search;
    QLabel *m_title;
    QLabel *m_note;
    QStackedWidget *m_pages;
    QStackedWidget *m_pictures;
    QSplitter *m_splitter;
    ChartWidget *m_chart;
    MapWidget *m_map;
    QTableView *m_table;
    StatePage *m_state;
};

} // namespace octotrail::ui
