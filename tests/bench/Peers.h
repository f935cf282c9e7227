// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/duckdb/Database.h"

#include <QString>
#include <QStringList>
#include <optional>
#include <string>

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

/// Asks the file that loadWithDuckDb() left, through the same library. Median of three, or the first if it takes more
/// than five seconds, in milliseconds; nullopt, with a message on stderr, if it fails.
class DuckDbPeer
{
public:
    explicit DuckDbPeer(const QString &file);
    std::optional<double> milliseconds(const std::string &sql);

private:
    std::optional<store::duckdb::Database> m_database;
    std::optional<store::duckdb::Connection> m_connection;
};

/// Runs a program that prints little; nullopt, with a message on stderr, if it is not installed or fails.
std::optional<Cost> runProgram(const QString &program, const QStringList &arguments);

} // namespace octotrail::bench
