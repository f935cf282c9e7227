// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ImportPreview.h"

#include "exchange/ArchiveReader.h"
#include "exchange/RecordParser.h"

#include <QFileInfo>
#include <QObject>
#include <algorithm>
#include <chrono>

namespace octotrail::exchange {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype shownRows = 50;
constexpr qsizetype shownProblems = 200;
constexpr qsizetype longestCell = 300;
constexpr auto period = 250ms;
/// Now and then while a large piece is taken apart.
constexpr qint64 recordsBetween = 500;

QString text(std::optional<std::string_view> view)
{
    return view ? QString::fromUtf8(view->data(), static_cast<qsizetype>(view->size())).left(longestCell) : QString();
}

class Preview
{
public:
    Preview(
        const QString &storeFile, const std::function<void(const ImportPreview &)> &seen, const std::stop_token &stop)
        : m_seen(seen)
        , m_stop(stop)
        , m_reader({[this](std::string_view bytes, const QString &file, qint64 line) { take(bytes, file, line); },
                       [this](const QString &file, qint64 line, const QString &sentence) {
                           addProblem({file, line, sentence});
                       },
                       [this] { return advance(); }},
              storeFile)
    { }

    event::Result<ImportPreview> run(const QStringList &files)
    {
        bool isSizeKnown = true;
        for (const QString &file : files) {
            const QFileInfo info(file);
            if (file == QLatin1String("-") || (info.exists() && !info.isFile() && !info.isDir())) {
                isSizeKnown = false;
                continue;
            }
            if (const auto readable = m_reader.check(file); !readable) {
                return tl::unexpected(readable.error());
            }
            m_preview.bytesTotal += info.size();
        }
        m_preview.bytesTotal = isSizeKnown ? m_preview.bytesTotal : 0;
        for (const QString &file : files) {
            if (const auto read = m_reader.read(file, m_stop); !read) {
                return tl::unexpected(read.error());
            }
            m_bytesOfFinishedFiles += m_reader.position();
        }
        m_preview.isWhole = true;
        complete();
        return m_preview;
    }

private:
    void take(std::string_view bytes, const QString &file, qint64 line)
    {
        if (m_stop.stop_requested()) {
            return; // the reader notices at its next piece
        }
        m_events.clear();
        const QString problem = m_parser.parse(std::string(bytes), m_events);
        if (!problem.isEmpty()) {
            addProblem({file, line, problem});
        }
        if (m_parser.wrapper() != Wrapper::None) {
            const QString tool = text(wrapperName(m_parser.wrapper()));
            if (!m_preview.wrappers.contains(tool)) {
                m_preview.wrappers << tool;
            }
        }
        const auto count = static_cast<qint64>(m_events.size());
        m_preview.events += count;
        m_preview.rebuilt += m_parser.isRebuilt() || m_reader.isRebuilding() ? count : 0;
        for (const event::LogEvent &event : m_events) {
            look(event);
        }
        if (m_preview.events % recordsBetween == 0) {
            tell();
        }
    }

    void look(const event::LogEvent &event)
    {
        if (const auto time = event.published()) {
            m_preview.first = std::min(m_preview.first.value_or(*time), *time);
            m_preview.last = std::max(m_preview.last.value_or(*time), *time);
        }
        if (m_preview.rows.size() < shownRows) {
            using namespace event::field;
            m_preview.rows.append({event.published() ? text(event::formatTimestamp(*event.published())) : QString(),
                text(event.text(EventType)), text(event.text(ActorAlternateId)), text(event.text(OutcomeResult)),
                text(event.text(DisplayMessage))});
        }
    }

    void addProblem(const ImportProblem &problem)
    {
        ++m_preview.problemCount;
        if (m_preview.problems.size() < shownProblems) {
            m_preview.problems.append(problem);
        }
    }

    event::Status advance()
    {
        tell();
        return {};
    }

    void complete()
    {
        m_preview.formats = m_reader.formats();
        m_preview.packings = m_reader.packings();
        m_preview.bytesRead = m_bytesOfFinishedFiles + (m_preview.isWhole ? 0 : m_reader.position());
    }

    void tell()
    {
        const auto now = std::chrono::steady_clock::now();
        if (m_seen && now - m_lastTold >= period) {
            m_lastTold = now;
            complete();
            m_seen(m_preview);
        }
    }

    const std::function<void(const ImportPreview &)> &m_seen;
    std::stop_token m_stop;
    ImportPreview m_preview;
    RecordParser m_parser;
    std::vector<event::LogEvent> m_events;
    qint64 m_bytesOfFinishedFiles = 0;
    std::chrono::steady_clock::time_point m_lastTold;
    ArchiveReader m_reader;
};

} // namespace

event::Result<ImportPreview> previewImport(const QStringList &files, const QString &storeFile,
    const std::function<void(const ImportPreview &)> &seen, const std::stop_token &stop)
{
    return Preview(storeFile, seen, stop).run(files);
}

} // namespace octotrail::exchange
