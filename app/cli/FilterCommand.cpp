// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/FilterCommand.h"

#include "cli/Console.h"
#include "cli/QueryOptions.h"
#include "cli/StandardOutput.h"
#include "exchange/RecordScanner.h"
#include "exchange/Unpacker.h"
#include "filter/Matcher.h"

#include <QFile>
#include <QObject>
#include <algorithm>

namespace octotrail::cli {

using exchange::RecordScanner;

namespace {

constexpr std::size_t bufferSize = std::size_t{64} << 10;

/// Asks the matcher about every record and prints those that match.
class LineFilter
{
public:
    LineFilter(const filter::Matcher &matcher, StandardOutput &output)
        : m_matcher(matcher)
        , m_output(output)
    { }

    /// False when the file cannot be read to its end.
    bool read(const QString &name)
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

    bool isWritten() const { return m_isWritten; }

private:
    void take(const RecordScanner::Record &record)
    {
        if (record.flaw != RecordScanner::Flaw::None) {
            ++m_odd;
            return;
        }
        if (!m_isWritten || !m_matcher.matches(m_reader.read(std::string(record.bytes)))) {
            return;
        }
        const auto start = m_buffer.size();
        m_buffer.append(record.whole);
        // An object that is spread over lines becomes one.
        std::replace(m_buffer.begin() + static_cast<std::ptrdiff_t>(start), m_buffer.end(), '\n', ' ');
        m_buffer += '\n';
        flush(bufferSize);
    }

    void flush(std::size_t atLeast)
    {
        if (m_isWritten && m_buffer.size() > atLeast) {
            m_isWritten = m_output.print(m_buffer);
            m_buffer.clear();
        }
    }

    const filter::Matcher &m_matcher;
    StandardOutput &m_output;
    event::EventReader m_reader;
    std::string m_buffer;
    qint64 m_odd = 0;
    bool m_isWritten = true;
};

} // namespace

void FilterCommand::declare(CLI::App &options)
{
    options.add_option("EXPR", m_expression, "An expression, or words that all occur in the event")
        ->required()
        ->type_name("");
    options.add_option("FILE", m_files, "NDJSON, perhaps packed; standard input if there is none")->type_name("");
}

ExitCode FilterCommand::run(const CommonOptions & /*common*/)
{
    const auto input = filter::parseInput(m_expression);
    if (!input) {
        tell(filterErrorText(input.error()));
        return ExitCode::Usage;
    }
    const filter::Matcher matcher(*input);
    StandardOutput output;
    LineFilter lines(matcher, output);
    if (m_files.empty()) {
        m_files.emplace_back("-");
    }
    bool isWhole = true;
    for (const std::string &file : m_files) {
        isWhole = lines.read(QFile::decodeName(file.c_str())) && isWhole;
        if (!lines.isWritten()) {
            break;
        }
    }
    if (!lines.isWritten() && !output.isAbandoned()) {
        tell(QObject::tr("The lines could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    return isWhole ? ExitCode::Success : ExitCode::Usage;
}

} // namespace octotrail::cli
