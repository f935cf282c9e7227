// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QMainWindow>

namespace octotrail::ui {

class StatePage;
class TransferJob;

/// What is seen while a store is opened, or when it cannot be. Of a damaged one it saves what can be read, if asked to.
class OpeningWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit OpeningWindow(const QString &file);

    /// Should it not open, there is a way back to the case of that name.
    void offerReturn(const QString &name);
    void showError(const QString &file, const event::Error &error);
    StatePage *page() const { return m_page; }
    /// Saves what can be read of the file in a new one, which it offers to open then.
    void recover(const QString &file, const QString &target);

Q_SIGNALS:
    void tryAgainRequested();
    void openAnotherRequested();
    void returnRequested();
    void openRequested(const QString &file);

private:
    void askForTarget();
    void showOnly(const QList<QAction *> &actions);

    StatePage *m_page;
    QAction *m_recover;
    QAction *m_openRecovered;
    QAction *m_cancel;
    QAction *m_tryAgain;
    QAction *m_openAnother;
    QAction *m_return = nullptr;
    TransferJob *m_job = nullptr;
    QString m_file; ///< that could not be opened
    QString m_target; ///< that was recovered
};

} // namespace octotrail::ui
