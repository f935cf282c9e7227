// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "simulator/Simulator.h"
#include "ui/Application.h"

#include <QTemporaryDir>
#include <QUrl>
#include <memory>

namespace octotrail::cli {

/// The demo: a simulated organization that the application collects from over HTTP, into a throw-away store.
class Demo
{
public:
    /// storeFile empty: a store that goes with this object. Otherwise a new file, which stays.
    static event::Result<std::unique_ptr<Demo>> start(const QString &storeFile);

    QUrl origin() const { return m_simulator->origin(); }

    /// Tells the application of the organization.
    void prepare(ui::ApplicationOptions &options) const;
    /// Lets it end by itself: with a summary on standard output and a picture of the window.
    void prepareToEnd(ui::ApplicationOptions &options, std::chrono::milliseconds after);
    /// Names the picture; false, with a sentence, if something is missing.
    bool tellEnd(bool isPictureSaved) const;

private:
    Demo() = default;
    static void printSummary(store::Store &store, bool &isPrinted);

    QTemporaryDir m_folder;
    QString m_storeFile;
    std::unique_ptr<simulator::Simulator> m_simulator;
    QString m_picture;
    bool m_isSummaryPrinted = false;
};

} // namespace octotrail::cli
