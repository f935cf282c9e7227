// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QMainWindow>

namespace octotrail::ui {

class StatePage;

/// What is seen while a store is opened, or when it cannot be.
class OpeningWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit OpeningWindow(const QString &file);

    /// Should it not open, there is a way back to the case of that name.
    void offerReturn(const QString &name);
    void showError(const QString &file, const event::Error &error);
    StatePage *page() const { return m_page; }

Q_SIGNALS:
    void tryAgainRequested();
    void openAnotherRequested();
    void returnRequested();

private:
    StatePage *m_page;
    QAction *m_tryAgain;
    QAction *m_openAnother;
    QAction *m_return = nullptr;
};

} // namespace octotrail::ui
