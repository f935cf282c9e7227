// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Importer.h"

#include "exchange/ArchiveReader.h"
#include "exchange/EventParser.h"

#include <QFileInfo>
#include <QObject>
#include <QUuid>
#include <deque>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

/// Batches that the store has and has not reported yet: what it commits together and some more, so that it need not
/// wait; fewer if their events are very large.
constexpr std::size_t maxBatchesInFlight = 54;
constexpr std::size_t maxBytesInFlight = std::size_t{320} << 20;
constexpr qsizetype maxProblems = 100'000;
constexpr std::chrono::milliseconds progressPeriod{100};

/// One import, from its first file to its report.
class Import
{
public:
    Import(store::Store &store, const QString &sourceName, const std::function<void(const ImportProgress &)> &progress,
        const std::stop_token &stop)
        : m_store(store)
        , m_sourceName(sourceName)
        , m_progress(progress)
        , m_stop(stop)
        , m_reader(sink(), store.file())
    { }

    ImportReport run(const QStringList &files);

private:
    event::Status check(const QStringList &files);
    event::Status importFile(const QString &name);
    ArchiveReader::Sink sink();
    event::Status advance();
    event::Status findSource();
    event::Status store(EventParser::Batch batch);
    event::Status storeReady();
    event::Status storeAll();
    event::Status finishOldest();
    event::Status finishReady();
    event::Status finishAll();
    void addProblem(const ImportProblem &problem);
    void tellProgress(bool always = false);

    store::Store &m_store;
    QString m_sourceName;
    const std::function<void(const ImportProgress &)> &m_progress;
    std::stop_token m_stop;

    ImportReport m_report;
    ArchiveReader m_reader;
    qint64 m_bytesOfFinishedFiles = 0;
    EventParser m_parser;
    std::optional<store::SourceId> m_source;
    struct InFlight
    {
        QFuture<event::Result<store::CommitReport>> report;
        std::size_t bytes;
    };
    std::deque<InFlight> m_inFlight;
    std::size_t m_bytesInFlight = 0;
    std::chrono::steady_clock::time_point m_lastProgress;
};

ImportReport Import::run(const QStringList &files)
{
    m_report.status = check(files);
    if (!m_report.status) {
        return m_report;
    }
    event::Status &status = m_report.status;
    for (const QString &file : files) {
        status = importFile(file);
        if (!status) {
            break;
        }
    }
    if (status) {
        status = storeAll();
    }
    // Whatever happened, the batches in flight will be committed: they count.
    const auto finished = finishAll();
    tellProgress(true);
    if (status) {
        status = finished;
    }
    return m_report;
}

/// A name that is wrong is told before anything is stored.
event::Status Import::check(const QStringList &files)
{
    if (files.isEmpty()) {
        return failure(ErrorKind::InvalidInput, QObject::tr("There is no file to import."));
    }
    if (m_sourceName.trimmed().isEmpty()) {
        return failure(ErrorKind::InvalidInput, QObject::tr("The source of the events needs a name."));
    }
    qint64 total = 0;
    bool known = true;
    for (const QString &file : files) {
        const QFileInfo info(file);
        if (file == QLatin1String("-") || (info.exists() && !info.isFile() && !info.isDir())) {
            known = false;
            continue;
        }
        if (auto readable = m_reader.check(file); !readable) {
            return readable;
        }
        total += info.size();
    }
    m_report.totals.bytesTotal = known ? total : 0;
    return {};
}

event::Status Import::importFile(const QString &name)
{
    auto status = m_reader.read(name, m_stop);
    m_bytesOfFinishedFiles += m_reader.position();
    m_report.totals.bytesRead = m_bytesOfFinishedFiles;
    m_report.damagedFiles = m_reader.damaged();
    if (!status && status.error().kind == ErrorKind::Cancelled) {
        return failure(ErrorKind::Cancelled, QObject::tr("The import was stopped. What was stored stays."));
    }
    return status;
}

ArchiveReader::Sink Import::sink()
{
    return {
        [this](std::string_view bytes, const QString &file, qint64 line) {
            m_parser.add(bytes, file, line, m_reader.isRebuilding());
        },
        [this](
            const QString &file, qint64 line, const QString &sentence) { m_parser.addProblem(file, line, sentence); },
        [this] { return advance(); },
    };
}

event::Status Import::advance()
{
    m_report.totals.bytesRead = m_bytesOfFinishedFiles + m_reader.position();
    auto status = storeReady().and_then([this] { return finishReady(); });
    tellProgress();
    return status;
}

/// The source is made with its first event, so that an import of nothing leaves nothing.
event::Status Import::findSource()
{
    if (m_source) {
        return {};
    }
    const auto sources = m_store.sources().result();
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    const QString name = m_sourceName.trimmed();
    for (const store::SourceConfig &source : *sources) {
        if (source.name == name) {
            m_source = source.id;
            return {};
        }
    }
    store::SourceConfig config;
    config.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    config.name = name;
    config.collects = false;
    config.alertOnSilence = false;
    const auto added = m_store.putSource(config).result();
    if (!added) {
        return tl::unexpected(added.error());
    }
    m_source = added->id;
    return {};
}

event::Status Import::store(EventParser::Batch batch)
{
    for (const ImportProblem &problem : batch.problems) {
        addProblem(problem);
    }
    m_report.rebuilt += batch.rebuilt;
    if (batch.events.empty()) {
        return {};
    }
    if (auto status = findSource(); !status) {
        return status;
    }
    while (m_inFlight.size() >= maxBatchesInFlight
        || (!m_inFlight.empty() && m_bytesInFlight + batch.bytes > maxBytesInFlight)) {
        if (auto status = finishOldest(); !status) {
            return status;
        }
    }
    store::EventBatch events;
    events.source = *m_source;
    events.events = std::move(batch.events);
    m_inFlight.push_back({m_store.append(std::move(events)), batch.bytes});
    m_bytesInFlight += batch.bytes;
    return {};
}

/// Stores what was parsed meanwhile.
event::Status Import::storeReady()
{
    while (auto batch = m_parser.next()) {
        if (auto status = store(std::move(*batch)); !status) {
            return status;
        }
    }
    return {};
}

event::Status Import::storeAll()
{
    m_parser.flush();
    while (auto batch = m_parser.wait()) {
        if (auto status = store(std::move(*batch)); !status) {
            return status;
        }
    }
    return {};
}

event::Status Import::finishOldest()
{
    const InFlight oldest = m_inFlight.front();
    m_inFlight.pop_front();
    m_bytesInFlight -= oldest.bytes;
    const auto report = oldest.report.result();
    if (!report) {
        return tl::unexpected(report.error());
    }
    m_report.totals.events += report->inserted;
    m_report.totals.duplicates += report->duplicates;
    tellProgress();
    return {};
}

/// Counts what was stored meanwhile, without waiting.
event::Status Import::finishReady()
{
    while (!m_inFlight.empty() && m_inFlight.front().report.isFinished()) {
        if (auto status = finishOldest(); !status) {
            return status;
        }
    }
    return {};
}

event::Status Import::finishAll()
{
    event::Status first;
    while (!m_inFlight.empty()) {
        if (auto status = finishOldest(); !status && first) {
            first = status;
        }
    }
    return first;
}

void Import::addProblem(const ImportProblem &problem)
{
    ++m_report.totals.errors;
    if (m_report.problems.size() < maxProblems) {
        m_report.problems.append(problem);
    }
}

void Import::tellProgress(bool always)
{
    const auto now = std::chrono::steady_clock::now();
    if (m_progress && (always || now - m_lastProgress >= progressPeriod)) {
        m_lastProgress = now;
        m_progress(m_report.totals);
    }
}

} // namespace

ImportReport importEvents(store::Store &store, const QStringList &files, const QString &sourceName,
    const std::function<void(const ImportProgress &)> &progress, const std::stop_token &stop)
{
    return Import(store, sourceName, progress, stop).run(files);
}

} // namespace octotrail::exchange
