// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QElapsedTimer>
#include <QString>

/// Messages for people: on standard error, so that data on standard output stays data.
namespace octotrail::cli {

/// A line. Control characters, which could play with the terminal, are shown as U+FFFD.
void tell(const QString &line);
/// The same for an error's sentence.
void tell(const event::Error &error);

/// A line that overwrites itself, if standard error is a terminal; else nothing.
class ProgressLine
{
public:
    ProgressLine();
    /// Wipes the line.
    ~ProgressLine();
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void show(const QString &text);
    void wipe();

private:
    bool m_isTerminal;
    bool m_isShown = false;
};

} // namespace octotrail::cli
