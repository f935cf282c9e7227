// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertReport.h"
#include "store/Alerts.h"
#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QTimer>
#include <QWidget>
#include <memory>

class QAction;
class QComboBox;
class QLabel;
class QSettings;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace octotrail::detect {
class Engine;
}

namespace octotrail::ui {

class AlertChart;
class CoverageModel;
class CoverageTable;
class ReportModel;
class StatePage;

/// What alerts say over time: by rule, by actor, by technique; and what of ATT&CK the enabled rules watch for.
class ReportsPage : public QWidget
{
    Q_OBJECT

public:
    enum class Report { Rules, Actors, Techniques, Coverage };

    ReportsPage(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent = nullptr);
    ~ReportsPage() override;

    /// Whose rules the coverage is of; lives as long as the page does.
    void setEngine(detect::Engine *engine);
    void setTimeDisplay(const TimeDisplay &time);

    Report current() const;
    void show(Report report);
    using QWidget::show;
    /// Of how many days, up to now.
    int days() const;
    void setDays(int days);

    ReportModel &model() const { return *m_model; }
    CoverageModel &coverage() const { return *m_coverage; }
    QTableView *table() const { return m_table; }
    CoverageTable *matrix() const { return m_matrix; }
    bool hasLoaded() const { return m_hasLoaded; }

    /// Written off the GUI thread; what came of it stands in the page.
    void exportCsv(const QString &file);
    void exportPicture(const QString &file);

    struct Actions
    {
        QAction *csv;
        QAction *picture;
    };
    const Actions &actions() const { return m_actions; }

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    void ruleRequested(const QString &ruleId);
    void actorRequested(const QString &actor);
    /// Alerts or rules with these words are to be shown.
    void techniqueRequested(const QString &technique);
    void exported(bool isGood, const QString &sentence);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeActions();
    void makeLayout();
    void readSoon();
    void read();
    void fill();
    void readSources();
    void showSelected();
    void openSelected();
    void tellWritten(const event::Status &done, const QString &file);

    std::shared_ptr<store::Store> m_store;
    store::Alerts &m_alerts;
    detect::Engine *m_engine = nullptr;
    std::vector<store::SourceConfig> m_sources;
    std::vector<store::Alert> m_list; ///< of the span
    std::optional<event::Timestamp> m_oldest; ///< of all events
    std::int64_t m_total = 0; ///< that there are, also beyond the list
    QTimer m_due;
    bool m_isStale = true;
    bool m_hasLoaded = false;
    quint64 m_job = 0;

    Actions m_actions{};
    QTabBar *m_tabs;
    QComboBox *m_days;
    QLabel *m_note;
    QStackedWidget *m_pages;
    QWidget *m_report;
    AlertChart *m_chart;
    ReportModel *m_model;
    QTableView *m_table;
    CoverageModel *m_coverage;
    CoverageTable *m_matrix;
    StatePage *m_nothing;
};

} // namespace octotrail::ui
