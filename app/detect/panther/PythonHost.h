// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>
#include <chrono>
#include <memory>

namespace octotrail::detect {

/// A python3 process that runs rules in Panther's format (resources/panther/host.py), confined and watched.
///
/// Waits for its answers: for one thread that is not the GUI's. What rules do in it can end it, never us: it is killed
/// when a rule neither ends nor is interrupted in time, and place() then names the rule.
class PythonHost
{
public:
    struct Options
    {
        QString python; ///< empty: findPython()
        QStringList readable; ///< folders with rules and helpers
        std::chrono::milliseconds functionLimit{std::chrono::seconds(15)};
        qint64 memoryBytes = 1024LL * 1024 * 1024;
    };
    /// What the system really keeps from rules, as tried in the process.
    struct Confined
    {
        bool network = false;
        bool files = false;
    };
    /// Which rule was at work, and on which event of the batch; -1: none.
    struct Place
    {
        int rule = -1;
        int event = -1;
        bool operator==(const Place &) const = default;
    };

    /// NotFound if there is no python3, with a sentence on how to get it.
    static event::Result<std::unique_ptr<PythonHost>> start(const Options &options);
    ~PythonHost();
    PythonHost(const PythonHost &) = delete;
    PythonHost &operator=(const PythonHost &) = delete;

    /// Sends a request, a JSON object, and waits for the answer. Timeout: a rule took too long, and the process was
    /// killed. Protocol: it ended, or answered what is no answer. After either it is of no more use.
    event::Result<QJsonObject> ask(const QByteArray &request);

    Confined confined() const;
    QString pythonVersion() const;
    Place place() const;
    /// The end of what rules printed.
    QString output() const;

    /// The system's own python3 before others, which may lack the modules that rules need; empty if there is none.
    static QString findPython();
    /// The folder of host.py: installed, or of the source tree; empty if it is in neither.
    static QString scriptFolder();

private:
    PythonHost();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace octotrail::detect
