// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "cli/StandardOutput.h"
#include "event/LogEvent.h"
#include "exchange/RecordScanner.h"

#include <functional>
#include <string>
#include <vector>

namespace octotrail::cli {

/// Reads NDJSON, perhaps packed, and prints the lines whose events are picked, unchanged.
class LineFilter
{
public:
    using Pick = std::function<bool(const event::LogEvent &event)>;

    LineFilter(Pick pick, StandardOutput &output);

    /// All files, or standard input if there is none; tells what went wrong.
    ExitCode readAll(const std::vector<std::string> &files);

    /// A line that was not printed when its event was picked.
    void print(std::string_view line);

private:
    bool read(const QString &name);
    void take(const exchange::RecordScanner::Record &record);
    void flush(std::size_t atLeast);

    Pick m_pick;
    StandardOutput &m_output;
    event::EventReader m_reader;
    std::string m_buffer;
    qint64 m_odd = 0;
    bool m_isWritten = true;
};

} // namespace octotrail::cli
