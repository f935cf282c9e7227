// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/EventWriter.h"

#include "event/Text.h"
#include "exchange/CsvText.h"

#include <QFileDevice>
#include <QObject>
#include <algorithm>

namespace octotrail::exchange {

using event::ErrorKind;
using event::JsonKind;

namespace {

constexpr std::size_t bufferSize = std::size_t{256} << 10;

void appendJsonValue(std::string &json, std::string_view text, JsonKind kind)
{
    if (kind == JsonKind::String) {
        json += event::quoteJson(text);
    } else {
        json += text;
    }
}

} // namespace

EventWriter::EventWriter(QIODevice &device, Format format, std::optional<ColumnReader> columns)
    : m_device(device)
    , m_format(format)
    , m_columns(std::move(columns))
{
    m_buffer.reserve(bufferSize + bufferSize / 4);
}

bool EventWriter::begin()
{
    if (m_format == Format::Json) {
        m_buffer += '[';
    } else if (m_format == Format::Csv && m_columns) {
        for (std::size_t column = 0; column < m_columns->size(); ++column) {
            if (column > 0) {
                m_buffer += ',';
            }
            appendCsvCell(m_buffer, m_columns->path(column), false);
        }
        m_buffer += "\r\n";
    }
    return flush(bufferSize);
}

void EventWriter::beginEvent()
{
    if (m_format == Format::Json) {
        m_buffer += m_isFirst ? "\n" : ",\n";
    }
    m_isFirst = false;
}

bool EventWriter::endEvent()
{
    if (m_format == Format::NdJson) {
        m_buffer += '\n';
    }
    return flush(bufferSize);
}

bool EventWriter::write(const store::StoredEvent &stored)
{
    beginEvent();
    if (m_format == Format::Csv) {
        appendCsvRow(stored);
    } else if (m_columns) {
        appendObject(stored);
    }
    return endEvent();
}

bool EventWriter::writeBytes(const std::string &bytes, bool isJson)
{
    beginEvent();
    appendBytes(bytes, isJson);
    return endEvent();
}

bool EventWriter::end()
{
    if (m_format == Format::Json) {
        m_buffer += "\n]\n";
    }
    return flush(0);
}

void EventWriter::appendCsvRow(const store::StoredEvent &stored)
{
    if (!m_columns) {
        return;
    }
    for (std::size_t column = 0; column < m_columns->size(); ++column) {
        if (column > 0) {
            m_buffer += ',';
        }
        m_cell.clear();
        std::size_t count = 0;
        bool isNumber = false;
        m_columns->visit(stored, column, [&](std::string_view text, JsonKind kind) {
            if (count++ > 0) {
                m_cell += "; ";
            }
            m_cell += text;
            isNumber = count == 1 && kind == JsonKind::Number;
        });
        appendCsvCell(m_buffer, m_cell, isNumber);
    }
    m_buffer += "\r\n";
}

/// A flat object: a path without a value is null, one with several is an array.
void EventWriter::appendObject(const store::StoredEvent &stored)
{
    m_buffer += '{';
    for (std::size_t column = 0; column < m_columns->size(); ++column) {
        if (column > 0) {
            m_buffer += ',';
        }
        m_buffer += event::quoteJson(m_columns->path(column));
        m_buffer += ':';
        m_cell.clear();
        std::size_t count = 0;
        m_columns->visit(stored, column, [&](std::string_view text, JsonKind kind) {
            if (count++ > 0) {
                m_cell += ',';
            }
            appendJsonValue(m_cell, text, kind);
        });
        if (count == 0) {
            m_buffer += "null";
        } else if (count == 1) {
            m_buffer += m_cell;
        } else {
            m_buffer.append("[").append(m_cell).append("]");
        }
    }
    m_buffer += '}';
}

void EventWriter::appendBytes(const std::string &bytes, bool isJson)
{
    if (m_format == Format::Json) {
        // One event that is no JSON must not make the whole array unreadable: it goes as a string.
        m_buffer += isJson ? bytes : event::quoteJson(event::toValidUtf8(bytes));
        return;
    }
    // Valid JSON has line breaks between its tokens only, where a space is the same.
    const auto start = m_buffer.size();
    m_buffer += bytes;
    if (bytes.find('\n') != std::string::npos || bytes.find('\r') != std::string::npos) {
        std::replace_if(
            m_buffer.begin() + static_cast<std::ptrdiff_t>(start), m_buffer.end(),
            [](char c) { return c == '\r' || c == '\n'; }, ' ');
    }
}

bool EventWriter::flush(std::size_t atLeast)
{
    if (m_buffer.size() < std::max<std::size_t>(atLeast, 1)) {
        return true;
    }
    const auto size = static_cast<qint64>(m_buffer.size());
    if (m_device.write(m_buffer.data(), size) != size) {
        const auto *file = qobject_cast<QFileDevice *>(&m_device);
        const bool full = file && file->error() == QFileDevice::ResourceError;
        m_error = {full ? ErrorKind::DiskFull : ErrorKind::Storage,
            QObject::tr("The export could not be written: %1.").arg(m_device.errorString()), 0};
        return false;
    }
    m_buffer.clear();
    return true;
}

} // namespace octotrail::exchange
