// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/SqlConsole.h"

#include <QIODevice>
#include <functional>

namespace octotrail::exchange {

enum class TableFormat { Csv, Json };

/// Writes rows of texts to a device, buffered: as RFC 4180 with a header and the guard against formulas, or as an array
/// of objects, one a line, in which numbers, booleans and nested values stand as such. For one thread.
class TableWriter
{
public:
    TableWriter(QIODevice &device, TableFormat format, const std::vector<store::SqlColumn> &columns);

    /// Each is false when the device takes no more.
    bool begin();
    bool write(store::SqlConsole::Row row);
    bool end();

private:
    void appendJson(const store::SqlColumn &column, std::string_view text);
    bool flush(std::size_t atLeast);

    QIODevice &m_device;
    TableFormat m_format;
    std::vector<store::SqlColumn> m_columns;
    std::vector<std::string> m_keys; ///< quoted, each another one
    std::string m_buffer;
    bool m_isFirst = true;
};

/// What gives the columns, then row by row, until one of the two is false, as SqlConsole::stream() and Pivot::stream()
/// do; the number of rows.
using RowSource
    = std::function<event::Result<std::int64_t>(const std::function<bool(const std::vector<store::SqlColumn> &)> &begin,
        const std::function<bool(store::SqlConsole::Row)> &row)>;

/// Writes all rows to a device that is open for writing; gives their number. Waits: call it from a worker thread.
event::Result<std::int64_t> exportRows(const RowSource &source, TableFormat format, QIODevice &device,
    const std::function<void(std::int64_t rows)> &progress);

/// The same into a file that appears whole or not at all, readable by its owner alone.
event::Result<std::int64_t> exportRowsToFile(const RowSource &source, TableFormat format, const QString &fileName,
    const std::function<void(std::int64_t rows)> &progress);

} // namespace octotrail::exchange
