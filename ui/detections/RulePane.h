// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertReport.h"
#include "detect/BackTest.h"
#include "detect/Packs.h"

#include <QWidget>
#include <memory>
#include <optional>
#include <stop_token>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace octotrail::ui {

/// What a rule or a pack says of itself, and what the rule would have done in the past.
class RulePane : public QWidget
{
    Q_OBJECT

public:
    explicit RulePane(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~RulePane() override;

    void showNothing();
    void showPack(const detect::Pack &pack);
    /// packs keeps what the rule belongs to.
    void showRule(const std::shared_ptr<const std::vector<detect::Pack>> &packs, const detect::Pack &pack,
        const detect::RulePtr &rule);

    /// One that cannot be used, and why.
    void showBroken(const QString &title, const QString &place, const QStringList &reasons);

    /// What the alerts of the last days say of the rule: how noisy it is.
    void setNoise(const std::optional<detect::AlertSeries> &noise, int days);

    QString result() const;
    /// How many days back a back-test goes; 0: all that is stored.
    void setSpan(int days);
    /// As its button does.
    void requestEvents();

Q_SIGNALS:
    /// The events that the rule fires on are to be shown: a filter.
    void eventsRequested(const QString &filter, int days); ///< of so many days; 0 for all

private:
    void showText();
    void runTests();
    void startBackTest();
    void stopBackTest();
    void showResult(const event::Result<detect::BackTestResult> &result, int days);

    std::shared_ptr<store::Store> m_store;
    std::shared_ptr<const std::vector<detect::Pack>> m_packs;
    const detect::Pack *m_pack = nullptr;
    detect::RulePtr m_rule;
    std::stop_source m_stop;
    quint64 m_job = 0; ///< of several back-tests the last one counts
    detect::BackTestResult m_result;
    int m_testedDays = 0;

    QString m_tests; ///< what came of them
    std::optional<detect::AlertSeries> m_noise;
    int m_noiseDays = 0;
    QTextBrowser *m_text;
    QWidget *m_bar;
    QComboBox *m_days;
    QPushButton *m_run;
    QPushButton *m_events;
    QProgressBar *m_progress;
    QLabel *m_outcome;
};

} // namespace octotrail::ui
