// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Exporter.h"

#include "exchange/EventWriter.h"

#include "filter/ProfilePath.h"
#include "store/Profiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QSaveFile>
#include <QTemporaryDir>
#include <cerrno>
#include <cstdio>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr std::chrono::milliseconds progressPeriod{100};
constexpr QFileDevice::Permissions ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

event::Result<std::map<store::SourceId, std::string>> sourceNames(store::Store &store)
{
    const auto sources = store.sources().result();
    if (!sources) {
        return tl::unexpected(sources.error());
    }
    std::map<store::SourceId, std::string> names;
    for (const store::SourceConfig &source : *sources) {
        names.emplace(source.id, source.name.toStdString());
    }
    return names;
}

event::Result<std::optional<ColumnReader>> columnsFor(store::Store &store, const ExportOptions &options)
{
    if (options.format != Format::Csv && options.fields.empty()) {
        return std::optional<ColumnReader>{};
    }
    auto names = sourceNames(store);
    if (!names) {
        return tl::unexpected(names.error());
    }
    filter::ProfileIndexPtr profiles;
    const auto isOfProfile
        = [](const std::string &path) { return filter::profilePath(event::FieldPath(path)).has_value(); };
    if (std::ranges::any_of(options.fields, isOfProfile)) {
        auto index = store::Profiles(store).index();
        index.waitForFinished();
        if (!index.result()) {
            return tl::unexpected(index.result().error());
        }
        profiles = *index.result();
    }
    auto columns = ColumnReader::create(
        options.fields.empty() ? ColumnReader::allPaths() : options.fields, std::move(*names), std::move(profiles));
    if (!columns) {
        return tl::unexpected(columns.error());
    }
    return std::optional<ColumnReader>(std::move(*columns));
}

tl::unexpected<event::Error> fileFailure(const QString &fileName, const QString &reason)
{
    return failure(ErrorKind::Storage,
        QObject::tr("%1 cannot be written: %2. Choose another folder.")
            .arg(QDir::toNativeSeparators(fileName), reason));
}

/// DuckDB writes the file by itself: in a private folder beside the target, moved to its place when it is whole.
event::Result<ExportProgress> exportParquet(store::Store &store, const store::EventQuery &query,
    const ExportOptions &options, const QString &fileName, const std::function<void(const ExportProgress &)> &progress,
    const std::stop_token &stop)
{
    const QFileInfo target(fileName);
    if (target.exists() && !target.isFile()) {
        return fileFailure(fileName, QObject::tr("it is no file"));
    }
    const QTemporaryDir folder(target.absolutePath() + QStringLiteral("/.octotrail-export-XXXXXX"));
    if (!folder.isValid()) {
        return fileFailure(fileName, folder.errorString());
    }
    const QString part = folder.filePath(QStringLiteral("part.parquet"));
    std::vector<std::string> fields = options.fields;
    if (fields.empty()) {
        for (const event::Field &field : event::fields()) {
            fields.emplace_back(field.path);
        }
        fields.insert(fields.end(), {"target", "source"});
    }
    const auto written = store.exportParquet(query, part, fields, stop);
    if (!written) {
        return tl::unexpected(written.error());
    }
    if (stop.stop_requested()) {
        return failure(ErrorKind::Cancelled, QObject::tr("The export was stopped: there is no file."));
    }
    if (!QFile::setPermissions(part, ownerOnly)) {
        return fileFailure(fileName, QObject::tr("its permissions cannot be set"));
    }
    if (std::rename(QFile::encodeName(part).constData(), QFile::encodeName(target.absoluteFilePath()).constData())
        != 0) {
        return fileFailure(fileName, qt_error_string(errno));
    }
    const ExportProgress done{*written, *written};
    if (progress) {
        progress(done);
    }
    return done;
}

} // namespace

event::Result<Format> formatByName(const QString &name)
{
    const QString folded = name.trimmed().toLower();
    if (folded == QLatin1String("csv")) {
        return Format::Csv;
    }
    if (folded == QLatin1String("json")) {
        return Format::Json;
    }
    if (folded == QLatin1String("ndjson")) {
        return Format::NdJson;
    }
    if (folded == QLatin1String("parquet")) {
        return Format::Parquet;
    }
    return failure(ErrorKind::InvalidInput,
        QObject::tr("There is no format \"%1\": choose csv, json, ndjson or parquet.").arg(name));
}

std::optional<Format> formatByFileName(const QString &fileName)
{
    const QString suffix = QFileInfo(fileName).suffix().toLower();
    if (suffix == QLatin1String("jsonl")) {
        return Format::NdJson;
    }
    const auto format = formatByName(suffix);
    return format ? std::optional(*format) : std::nullopt;
}

event::Result<ExportProgress> exportEvents(store::Store &store, const store::EventQuery &query,
    const ExportOptions &options, QIODevice &device, const std::function<void(const ExportProgress &)> &progress,
    const std::stop_token &stop)
{
    if (options.format == Format::Parquet) {
        return failure(ErrorKind::InvalidInput, QObject::tr("Parquet can be written to a file only: name one."));
    }
    auto columns = columnsFor(store, options);
    if (!columns) {
        return tl::unexpected(columns.error());
    }
    EventWriter writer(device, options.format, std::move(*columns));
    if (!writer.begin()) {
        return tl::unexpected(writer.error());
    }
    ExportProgress done;
    bool isWritten = true;
    auto lastProgress = std::chrono::steady_clock::now();
    const auto status = store.forEachEvent(
        query, [&](std::int64_t total) { done.total = total; },
        [&](const store::StoredEvent &stored) {
            isWritten = writer.write(stored);
            if (!isWritten) {
                return false;
            }
            ++done.events;
            const auto now = std::chrono::steady_clock::now();
            if (progress && now - lastProgress >= progressPeriod) {
                lastProgress = now;
                progress(done);
            }
            return true;
        },
        stop);
    if (!isWritten) {
        return tl::unexpected(writer.error());
    }
    if (!status) {
        return tl::unexpected(status.error());
    }
    if (!writer.end()) {
        return tl::unexpected(writer.error());
    }
    if (progress) {
        progress(done);
    }
    return done;
}

event::Result<ExportProgress> exportToFile(store::Store &store, const store::EventQuery &query,
    const ExportOptions &options, const QString &fileName, const std::function<void(const ExportProgress &)> &progress,
    const std::stop_token &stop)
{
    if (options.format == Format::Parquet) {
        return exportParquet(store, query, options, fileName, progress, stop);
    }
    const QFileInfo target(fileName);
    if (target.exists() && !target.isFile() && !target.isDir()) {
        // A pipe or a device cannot be replaced, only written to.
        QFile device(fileName);
        if (!device.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            return fileFailure(fileName, device.errorString());
        }
        return exportEvents(store, query, options, device, progress, stop);
    }
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly)) {
        return fileFailure(fileName, file.errorString());
    }
    // Before the first byte: whoever may not read the case may not read its copy.
    if (!file.setPermissions(ownerOnly)) {
        return fileFailure(fileName, file.errorString());
    }
    auto done = exportEvents(store, query, options, file, progress, stop);
    if (done && !file.commit()) {
        return fileFailure(fileName, file.errorString());
    }
    return done;
}

} // namespace octotrail::exchange
