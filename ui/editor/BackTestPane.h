// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/BackTest.h"
#include "detect/RuleCheck.h"
#include "ui/models/TimeDisplay.h"

#include <QThreadPool>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <stop_token>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace octotrail::ui {

/// What a rule would have done in the stored past: how often it would have fired, and on which events. Rules on events
/// are asked anew whenever the rule has changed; what takes longer, on a click.
class BackTestPane : public QWidget
{
    Q_OBJECT

public:
    explicit BackTestPane(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~BackTestPane() override;

    /// The rule to be asked about; without a usable one nothing is.
    void setCheck(std::shared_ptr<const detect::RuleCheck> check);
    void setTimeDisplay(const TimeDisplay &time);
    void run();
    void cancel();

    QString figure() const;
    QTreeWidget *list() const { return m_list; }
    bool isBusy() const { return m_isRunning; }
    int days() const;
    void setDays(int days);
    /// The events that it would have fired on, in the Events view.
    void requestAll();

Q_SIGNALS:
    void figureChanged(const QString &figure);
    /// Events are to be shown: a filter, and how many days of them; 0 for all.
    void eventsRequested(const QString &filter, int days);

private:
    void setFigure(const QString &figure);
    void stop();
    void take(const event::Result<detect::BackTestResult> &result);
    void readRows();

    std::shared_ptr<store::Store> m_store;
    std::shared_ptr<const detect::BackTest> m_test;
    std::shared_ptr<const detect::RuleCheck> m_check;
    detect::BackTestResult m_result;
    int m_testedDays = 0;
    TimeDisplay m_time;
    QThreadPool m_pool;
    QTimer m_soon;
    std::stop_source m_stop;
    quint64 m_job = 0; ///< of several the last one counts
    bool m_isRunning = false;

    QPushButton *m_run;
    QComboBox *m_days;
    QProgressBar *m_progress;
    QLabel *m_figure;
    QTreeWidget *m_list;
    QLabel *m_more;
    QPushButton *m_all;
};

} // namespace octotrail::ui
