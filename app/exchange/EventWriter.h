// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ColumnReader.h"
#include "exchange/Exporter.h"

#include <QIODevice>
#include <optional>

namespace octotrail::exchange {

/// Writes events in one of the text formats to a device, buffered. For one thread.
class EventWriter
{
public:
    /// With columns write() gives them; without, writeBytes() gives the events as they are.
    EventWriter(QIODevice &device, Format format, std::optional<ColumnReader> columns);

    /// Each is false when the device takes no more; then error() tells why.
    bool begin();
    bool write(const store::StoredEvent &stored);
    bool writeBytes(const std::string &bytes, bool isJson);
    bool end();
    bool hasColumns() const { return m_columns.has_value(); }

    const event::Error &error() const { return m_error; }

private:
    void appendCsvRow(const store::StoredEvent &stored);
    void appendObject(const store::StoredEvent &stored);
    void appendBytes(const std::string &bytes, bool isJson);
    void beginEvent();
    bool endEvent();
    bool flush(std::size_t atLeast);

    QIODevice &m_device;
    Format m_format;
    std::optional<ColumnReader> m_columns;
    std::string m_buffer;
    std::string m_cell;
    bool m_isFirst = true;
    event::Error m_error;
};

} // namespace octotrail::exchange
