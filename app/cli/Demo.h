// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "simulator/Simulator.h"
#include "ui/Application.h"

#include <QTemporaryDir>
#include <chrono>
#include <memory>
#include <optional>

namespace octotrail::cli {

/// The demo: a simulated organization that the application collects from over HTTP, into a throw-away store.
class Demo
{
public:
    /// storeFile empty: a store that goes with this object. Otherwise a new file, which stays.
    explicit Demo(QString storeFile);

    /// The application is to end by itself, with a summary on standard output and a picture of the window.
    void endAfter(std::chrono::seconds seconds) { m_seconds = seconds; }
    /// Starts the organization and tells the application of it, which must exist. False leaves an error().
    bool prepare(ui::ApplicationOptions &options);
    const std::optional<event::Error> &error() const { return m_error; }
    /// Names the picture; false, with a sentence, if something is missing.
    bool tellEnd(bool isPictureSaved) const;

private:
    event::Status start();
    void printSummary(store::Store &store);

    QTemporaryDir m_folder;
    QString m_storeFile;
    std::unique_ptr<simulator::Simulator> m_simulator;
    std::optional<event::Error> m_error;
    std::optional<std::chrono::seconds> m_seconds;
    QString m_picture;
    bool m_isSummaryPrinted = false;
};

} // namespace octotrail::cli
