// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"
#include "store/Coverage.h"
#include "ui/models/TimeDisplay.h"
#include "ui/sources/EventRate.h"

#include <QWidget>

class QPlainTextEdit;
class QProgressBar;
class QToolButton;

namespace octotrail::ui {

class Sparkline;
class ToneLabel;

/// The finer points of how a source does: events per minute, the rate limits, the past being read, what went wrong.
class SourceHealth : public QWidget
{
    Q_OBJECT

public:
    explicit SourceHealth(QWidget *parent = nullptr);

    void setStatus(const collect::SourceStatus &status);
    /// Ranges of time of which the log is not here completely.
    void setGaps(const std::vector<store::Gap> &gaps);
    /// Without what is only known of a source that is collected, and without anything to do.
    void showGapsAlone();
    void setTimeDisplay(const TimeDisplay &times);
    /// Times are told from now.
    void updateTimes();

Q_SIGNALS:
    void pauseBackfillRequested();
    void resumeBackfillRequested();
    void cancelBackfillRequested();
    void fillGapsRequested();

private:
    void buildBackfill();
    void buildProblems();
    void updateBackfill();
    void updateProblems();
    void updateGaps();
    QString budgetText(event::Timestamp now) const;

    collect::SourceStatus m_status;
    TimeDisplay m_times;
    EventRate m_rate;
    Sparkline *m_sparkline;
    ToneLabel *m_rateText;
    ToneLabel *m_budget;
    QWidget *m_backfill;
    QProgressBar *m_progress = nullptr;
    ToneLabel *m_backfillText = nullptr;
    QToolButton *m_pauseBackfill = nullptr;
    QToolButton *m_cancelBackfill = nullptr;
    std::vector<store::Gap> m_gaps;
    bool m_isGapsAlone = false;
    QWidget *m_gapRow = nullptr;
    ToneLabel *m_gapText = nullptr;
    QToolButton *m_fillGaps = nullptr;
    QToolButton *m_problemsButton = nullptr;
    QPlainTextEdit *m_problems = nullptr;
};

/// "12 s", "3 min", "5 h", "2 days".
QString shortDuration(std::chrono::seconds length);

} // namespace octotrail::ui
