// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace octotrail::ui {

/// What the first start shows, while there is no source: three ways to begin.
class WelcomePage : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);

Q_SIGNALS:
    /// Set up a source.
    void connectRequested();
    /// Start the simulated organization and collect from it.
    void demoRequested();
    /// Import a file of events.
    void openArchiveRequested();
};

} // namespace octotrail::ui
