// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Database.h"

#include <QString>
#include <QStringList>
#include <functional>
#include <optional>
#include <stop_token>

namespace octotrail::store {

/// A copy of a damaged file, with its log, on which what can be mended is mended until DuckDB opens it.
class DamagedFile
{
public:
    /// @param copy where it goes, in a folder of its own
    DamagedFile(QString file, QString copy)
        : m_file(std::move(file))
        , m_copy(std::move(copy))
    { }

    using Progress = std::function<void(double fraction)>;
    /// Locked if a process has the file open.
    event::Status copy(const Progress &progress, const std::stop_token &stop);
    /// Looks for damage and mends headers and log. @param sample a sound file of the same kind
    event::Status mend(const QString &sample, const Progress &progress, const std::stop_token &stop);
    /// Opens the copy: without what is damaged beyond repair; nullopt if no table can be read.
    std::optional<duckdb::Database> open();

    const QString &copyPath() const { return m_copy; }
    /// Of the log's bytes, those that could not be used.
    qint64 lostLogBytes() const { return m_lostLog; }
    qint64 damagedPages() const { return static_cast<qint64>(m_damaged.size()); }
    /// Sentences about what was found.
    const QStringList &notes() const { return m_notes; }

private:
    event::Status copyOne(
        const QString &from, const QString &to, const Progress &progress, const std::stop_token &stop);
    void mendLog();
    void dropLogs();
    std::optional<duckdb::Database> attach();
    bool clearDamagedBytes(duckdb::Connection &connection);

    QString m_file;
    QString m_copy;
    std::vector<qint64> m_damaged;
    qint64 m_lostLog = 0;
    QStringList m_notes;
};

/// Whether a process has the file open for writing, other than by this one's own store: its id, or 0 if none has.
qint64 processThatHolds(const QString &file);

} // namespace octotrail::store
