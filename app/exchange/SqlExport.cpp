// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/SqlExport.h"

#include "event/Json.h"
#include "event/PrivateFile.h"
#include "exchange/CsvText.h"

#include <QDir>
#include <QObject>
#include <QSaveFile>
#include <QSet>
#include <chrono>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr std::size_t bufferSize = std::size_t{256} << 10;
constexpr std::chrono::milliseconds progressPeriod{100};

tl::unexpected<event::Error> fileFailure(const QString &fileName, const QString &reason)
{
    return failure(ErrorKind::Storage,
        QObject::tr("%1 cannot be written: %2. Choose another folder.")
            .arg(QDir::toNativeSeparators(fileName), reason));
}

/// Whether JSON takes this text of a number: not inf and nan.
bool isJsonNumber(std::string_view text)
{
    return text.find_first_not_of("0123456789+-.eE") == std::string_view::npos && !text.empty();
}

} // namespace

TableWriter::TableWriter(QIODevice &device, TableFormat format, const std::vector<store::SqlColumn> &columns)
    : m_device(device)
    , m_format(format)
    , m_columns(columns)
{
    m_buffer.reserve(bufferSize + bufferSize / 4);
    QSet<QString> taken;
    for (const store::SqlColumn &column : m_columns) {
        QString key = column.name;
        for (int i = 2; taken.contains(key); ++i) {
            key = column.name + u'_' + QString::number(i);
        }
        taken.insert(key);
        m_keys.push_back(event::quoteJson(key.toStdString()));
    }
}

bool TableWriter::begin()
{
    if (m_format == TableFormat::Json) {
        m_buffer += '[';
        return flush(bufferSize);
    }
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        m_buffer += column > 0 ? "," : "";
        appendCsvCell(m_buffer, m_columns[column].name.toStdString(), false);
    }
    m_buffer += "\r\n";
    return flush(bufferSize);
}

bool TableWriter::write(store::SqlConsole::Row row)
{
    if (m_format == TableFormat::Json) {
        m_buffer += m_isFirst ? "\n{" : ",\n{";
        m_isFirst = false;
        for (std::size_t i = 0; i < row.size(); ++i) {
            m_buffer += i > 0 ? "," : "";
            m_buffer.append(m_keys[i]).append(":");
            if (row[i]) {
                appendJson(m_columns[i], *row[i]);
            } else {
                m_buffer += "null";
            }
        }
        m_buffer += '}';
        return flush(bufferSize);
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
        m_buffer += i > 0 ? "," : "";
        appendCsvCell(
            m_buffer, row[i].value_or(std::string_view()), m_columns[i].kind == store::SqlColumn::Kind::Number);
    }
    m_buffer += "\r\n";
    return flush(bufferSize);
}

bool TableWriter::end()
{
    if (m_format == TableFormat::Json) {
        m_buffer += "\n]\n";
    }
    return flush(0);
}

void TableWriter::appendJson(const store::SqlColumn &column, std::string_view text)
{
    switch (column.kind) {
    case store::SqlColumn::Kind::Number:
        if (isJsonNumber(text)) {
            m_buffer += text;
            return;
        }
        break;
    case store::SqlColumn::Kind::Boolean:
    case store::SqlColumn::Kind::Json:
        m_buffer += text;
        return;
    case store::SqlColumn::Kind::Text:
        break;
    }
    m_buffer += event::quoteJson(text);
}

bool TableWriter::flush(std::size_t atLeast)
{
    if (m_buffer.size() < std::max<std::size_t>(atLeast, 1)) {
        return true;
    }
    const auto size = static_cast<qint64>(m_buffer.size());
    const bool written = m_device.write(m_buffer.data(), size) == size;
    m_buffer.clear();
    return written;
}

event::Result<std::int64_t> exportRows(const RowSource &source, TableFormat format, QIODevice &device,
    const std::function<void(std::int64_t rows)> &progress)
{
    std::optional<TableWriter> writer;
    bool isWritten = true;
    std::int64_t rows = 0;
    auto lastProgress = std::chrono::steady_clock::now();
    const auto begin = [&](const std::vector<store::SqlColumn> &columns) {
        writer.emplace(device, format, columns);
        return isWritten = writer->begin();
    };
    const auto write = [&](store::SqlConsole::Row row) {
        isWritten = writer->write(row);
        ++rows;
        const auto now = std::chrono::steady_clock::now();
        if (progress && now - lastProgress >= progressPeriod) {
            lastProgress = now;
            progress(rows);
        }
        return isWritten;
    };
    auto done = source(begin, write);
    if (done && writer) {
        isWritten = isWritten && writer->end();
    }
    if (!isWritten) {
        return failure(
            ErrorKind::Storage, QObject::tr("The result could not be written: %1.").arg(device.errorString()));
    }
    return done;
}

event::Result<std::int64_t> exportRowsToFile(const RowSource &source, TableFormat format, const QString &fileName,
    const std::function<void(std::int64_t rows)> &progress)
{
    QSaveFile file(fileName);
    if (!event::openPrivately(file)) {
        return fileFailure(fileName, file.errorString());
    }
    auto done = exportRows(source, format, file, progress);
    if (done && !file.commit()) {
        return fileFailure(fileName, file.errorString());
    }
    return done;
}

} // namespace octotrail::exchange
