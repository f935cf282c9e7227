// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/LineFilter.h"

#include "cli/Console.h"
#include "exchange/ByteSource.h"
#include "exchange/Unpacker.h"

#include <QFile>
#include <QObject>
#include <algorithm>

namespace octotrail::cli {

using exchange::RecordScanner;

namespace {

constexpr std::size_t bufferSize = std::size_t{64} << 10;

} // namespace

LineFilter::LineFilter(Pick pick, StandardOutput &output)
    : m_pick(std::move(pick))
    , m_output(output)
{ }

ExitCode LineFilter::readAll(const std::vector<std::string> &files)
{
    bool isWhole = true;
    for (const std::string &file : files.empty() ? std::vector<std::string>{"-"} : files) {
        isWhole = read(QFile::decodeName(file.c_str())) && isWhole;
        if (!m_isWritten) {
            break;
        }
    }
    if (!m_isWritten && !m_output.isAbandoned()) {
        tell(QObject::tr("The lines could not be written: %1.").arg(m_output.errorString()));
        return ExitCode::Failure;
    }
    return isWhole ? ExitCode::Success : ExitCode::Usage;
}

/// False when the file cannot be read to its end.
bool LineFilter::read(const QString &name)
{
    auto source = exchange::ByteSource::open(name);
    if (!source) {
        tell(source.error());
        return false;
    }
    exchange::Unpacker unpacker(**source);
    RecordScanner scanner([this](const RecordScanner::Record &record) { take(record); });
    m_odd = 0;
    bool isWhole = true;
    while (m_isWritten) {
        const auto piece = unpacker.next({});
        if (!piece) {
            tell(piece.error());
            isWhole = false;
            break;
        }
        if (piece->empty()) {
            scanner.finish();
            break;
        }
        scanner.feed(*piece);
        // What has come is printed before more is waited for: the input may be a live stream.
        flush(0);
    }
    flush(0);
    if (m_odd > 0) {
        tell(QObject::tr("%1: skipped %2 lines that are no JSON objects.").arg((*source)->caption()).arg(m_odd));
    }
    return isWhole;
}

void LineFilter::take(const RecordScanner::Record &record)
{
    if (record.flaw != RecordScanner::Flaw::None) {
        ++m_odd;
        return;
    }
    if (m_isWritten && m_pick(m_reader.read(std::string(record.bytes)))) {
        print(record.whole);
    }
}

void LineFilter::print(std::string_view line)
{
    const auto start = m_buffer.size();
    m_buffer.append(line);
    // An object that is spread over lines becomes one.
    std::replace(m_buffer.begin() + static_cast<std::ptrdiff_t>(start), m_buffer.end(), '\n', ' ');
    m_buffer += '\n';
    flush(bufferSize);
}

void LineFilter::flush(std::size_t atLeast)
{
    if (m_isWritten && m_buffer.size() > atLeast) {
        m_isWritten = m_output.print(m_buffer);
        m_buffer.clear();
    }
}

} // namespace octotrail::cli
