// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <CLI/App.hpp>
#include <QString>
#include <string>

namespace octotrail::cli {

/// What the program tells whoever started it.
enum class ExitCode {
    Success = 0,
    Failure = 1,
    Usage = 2, ///< wrong usage or bad input
};

/// Usage if what was given cannot be used, else Failure.
ExitCode exitCodeFor(const event::Error &error);

/// What is said before or after the command.
struct CommonOptions
{
    QString storeFile; ///< empty: Store::defaultFile()
    bool readOnly = false; ///< nothing in it is changed, and others may read it, too
};

/// One command of the command line. Made before there is an application object, run after it.
class Command
{
public:
    virtual ~Command() = default;

    virtual const char *name() const = 0;
    virtual const char *summary() const = 0;
    /// Declares the command's own options.
    virtual void declare(CLI::App &options) = 0;
    /// Whether it lays out text, for which there have to be fonts. Asked after the options were read.
    virtual bool needsFonts() const { return false; }
    virtual ExitCode run(const CommonOptions &common) = 0;
};

} // namespace octotrail::cli
