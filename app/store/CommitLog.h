// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>

namespace octotrail::store {

/// What is in DuckDB's log beside a file, which has the commits since the last checkpoint.
struct CommitLog
{
    qint64 size = 0; ///< 0: there is none
    qint64 sound = 0; ///< bytes up to the first entry that is not whole
    bool hasHeader = true; ///< false: DuckDB would take no notice of any of it, and write over it
    /// What follows the sound part is one entry at most, whose writing was broken off: of a commit that nobody was told
    /// of. (A file system that lost power may have made room for it, and filled that with zeros.)
    bool isTorn = false;

    bool isWhole() const { return hasHeader && sound == size; }

    /// Reads the log at that path.
    static event::Result<CommitLog> read(const QString &path);
};

} // namespace octotrail::store
