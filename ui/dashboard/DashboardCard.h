// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartReader.h"
#include "ui/dashboard/CardSpec.h"
#include "ui/dashboard/NewValues.h"
#include "ui/sources/Panel.h"

class QAction;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace octotrail::ui {

class ChartWidget;
class MapWidget;

/// A card: title, chart, and a menu of what can be done with it.
class DashboardCard : public Panel
{
    Q_OBJECT

public:
    DashboardCard(std::shared_ptr<store::Store> store, const CardSpec &spec, QWidget *parent = nullptr);
    ~DashboardCard() override;

    const CardSpec &spec() const { return m_spec; }
    void count(const event::TimeRange &range, const TimeDisplay &time);
    void stop();
    bool isReady() const { return m_ready; }
    const ChartContent &content() const { return m_content; }
    ChartWidget *chart() const { return m_chart; }
    QToolButton *menuButton() const { return m_menu; }
    QString message() const;
    /// What the card's head says beside the title.
    QString note() const;
    std::chrono::milliseconds took() const { return isOnlyNew() ? m_newValues.took() : m_reader.took(); }

Q_SIGNALS:
    /// Counted, or failed.
    void finished();
    /// Events of the card; an absent range is that of the dashboard, and without a source those of all are meant.
    void eventsRequested(
        const QString &filter, const octotrail::event::TimeRange &range, const QString &source = QString());
    void openRequested();
    void removeRequested();
    void moveRequested(int by);
    void renameRequested();

private:
    void makeMenu();
    bool isOnlyNew() const { return m_spec.onlyNew && m_spec.chart.kind == ChartKind::Bars; }
    void showContent(ChartContent content, const QString &none, const QString &note);
    void showNew(const NewValues::Answer &answer);
    void fail(const event::Error &error);
    void choose(int row, int layer);
    void say(const QString &message);

    std::shared_ptr<store::Store> m_store;
    CardSpec m_spec;
    ChartReader m_reader;
    NewValues m_newValues;
    TimeDisplay m_time;
    ChartContent m_content;
    bool m_ready = false;
    QToolButton *m_title;
    QLabel *m_note;
    QLabel *m_message;
    QToolButton *m_menu;
    QStackedWidget *m_pages;
    ChartWidget *m_chart;
    MapWidget *m_map;
};

} // namespace octotrail::ui
