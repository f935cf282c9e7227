// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>
#include <cstdint>
#include <optional>

namespace octotrail::store {

/// Where the file of an open store is. What is written to a file that somebody removed would vanish with the last
/// handle of it; one that somebody replaced or cut off would be spoilt. The system's view of the names tells, without
/// the file being opened, which would drop DuckDB's lock on it.
class FilePlace
{
public:
    /// Of a file that was just opened.
    void begin(const QString &path);
    /// The file and its log are now as this process has left them. Only after check() was well before it wrote.
    void noteWritten();
    /// Storage if the file is not there any more, or is shorter than it was left.
    event::Status check() const;
    /// Whether somebody removed the log, replaced it or cut it off: then only this process knows what was in it.
    bool hasLostLog() const;
    /// Whether beside the file's name stands a log of somebody else's, which DuckDB would remove as its own.
    bool hasOthersLog() const;
    /// A name by which the file can be read, even if it has none any more.
    QString readableName() const;

private:
    struct Identity
    {
        std::uint64_t device = 0;
        std::uint64_t number = 0;
        std::int64_t size = 0;
        bool isSameFile(const Identity &other) const { return device == other.device && number == other.number; }
    };
    static std::optional<Identity> identityOf(const QString &path);

    QString m_path;
    std::optional<Identity> m_file;
    std::optional<Identity> m_log;
};

} // namespace octotrail::store
