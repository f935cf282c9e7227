// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleCheck.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <memory>

namespace octotrail::ui {

/// Checks a draft while it is being written: off the GUI thread, not before typing pauses, and only the newest one.
class RuleChecker : public QObject
{
    Q_OBJECT

public:
    explicit RuleChecker(QObject *parent = nullptr);
    ~RuleChecker() override;

    void setHelpers(const detect::PythonHelpers &helpers);
    /// Soon.
    void check(const detect::RuleDraft &draft);
    /// Without waiting for a pause.
    void checkNow(const detect::RuleDraft &draft);
    bool isBusy() const { return m_isRunning || m_pause.isActive(); }

Q_SIGNALS:
    void started();
    void checked(const std::shared_ptr<const octotrail::detect::RuleCheck> &check);

private:
    void run();

    detect::PythonHelpers m_helpers;
    detect::RuleDraft m_draft;
    QTimer m_pause;
    QThreadPool m_pool; ///< of its own: back-tests and other work do not hold it up
    bool m_isRunning = false;
    bool m_isStale = false; ///< another draft came meanwhile
};

} // namespace octotrail::ui
