// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

/// What others take for the same: measured in the same run, since a figure of another day says nothing.
namespace octotrail::bench {

struct Cost
{
    double milliseconds = 0;
    double processorSeconds = 0;
    double bytes = 0; ///< of the file that it left
};

/// DuckDB's own best single statement, through the same library: the fields' columns and the JSON as it was, without
/// targets, order of arrival or a look for duplicates. nullopt, with a message on stderr, if it refuses the file.
std::optional<Cost> loadWithDuckDb(const QString &input, const QString &file);

/// Runs a program, dropping what it prints; nullopt if it is not installed.
std::optional<Cost> runProgram(const QString &program, const QStringList &arguments);

} // namespace octotrail::bench
