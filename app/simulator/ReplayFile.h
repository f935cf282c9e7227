// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QFile>
#include <memory>
#include <string_view>
#include <vector>

namespace octotrail::simulator {

/// An NDJSON file mapped into memory, and where its lines are: an event each, never copied or parsed.
class ReplayFile
{
public:
    /// Fails if the file cannot be read or a line is no JSON object by its first and last byte.
    static event::Result<std::unique_ptr<ReplayFile>> open(const QString &path);

    /// In the order of the file, without line ends; blank lines are left out.
    const std::vector<std::string_view> &lines() const { return m_lines; }

private:
    explicit ReplayFile(const QString &path)
        : m_file(path)
    { }
    QFile m_file;
    std::vector<std::string_view> m_lines;
};

} // namespace octotrail::simulator
