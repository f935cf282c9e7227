// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Exporter.h"

#include "event/PrivateFile.h"
#include "exchange/EventFlow.h"
#include "exchange/EventWriter.h"
#include "exchange/FileFailure.h"
#include "exchange/Manifest.h"
#include "exchange/ParquetFile.h"
#include "exchange/ReportExport.h"
#include "filter/ProfilePath.h"
#include "store/Integrity.h"
#include "store/Profiles.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QSaveFile>
#include <algorithm>
#include <array>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr std::array<std::pair<Format, const char *>, 6> formatNames{{{Format::Csv, "csv"}, {Format::Json, "json"},
    {Format::NdJson, "ndjson"}, {Format::Parquet, "parquet"}, {Format::Html, "html"}, {Format::Pdf, "pdf"}}};

/// The paths that are asked for; all, and what was noted if there is something, if none are.
event::Result<std::vector<std::string>> pathsOf(const EventFlow &flow)
{
    const std::vector<std::string> &fields = flow.options().fields;
    if (!fields.empty()) {
        const auto isOfProfile = [](const std::string &path) {
            const auto profile = filter::profilePath(event::FieldPath(path));
            return profile && profile->of != filter::ProfilePath::Of::Event;
        };
        if (flow.redactor() && std::ranges::any_of(fields, isOfProfile)) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("Fields of profiles cannot be part of a redacted export: they say who somebody is. Leave "
                            "them out."));
        }
        return fields;
    }
    const auto annotations = flow.annotations();
    if (!annotations) {
        return tl::unexpected(annotations.error());
    }
    std::vector<std::string> paths = ColumnReader::allPaths();
    if (!annotations->empty()) {
        for (const filter::AnnotationField &field : filter::annotationFields()) {
            paths.emplace_back(field.path);
        }
    }
    return paths;
}

event::Result<std::optional<ColumnReader>> columnsFor(const EventFlow &flow)
{
    if (flow.options().format != Format::Csv && flow.options().fields.empty()) {
        return std::optional<ColumnReader>{};
    }
    auto names = flow.sourceNames();
    if (!names) {
        return tl::unexpected(names.error());
    }
    const auto paths = pathsOf(flow);
    if (!paths) {
        return tl::unexpected(paths.error());
    }
    filter::ProfileIndexPtr profiles;
    const auto isOfProfile
        = [](const std::string &path) { return filter::profilePath(event::FieldPath(path)).has_value(); };
    if (std::ranges::any_of(*paths, isOfProfile)) {
        auto index = store::Profiles(flow.store()).index();
        index.waitForFinished();
        if (!index.result()) {
            return tl::unexpected(index.result().error());
        }
        profiles = *index.result();
    }
    auto columns = ColumnReader::create(*paths, std::move(*names), std::move(profiles));
    if (!columns) {
        return tl::unexpected(columns.error());
    }
    if (const Redactor *redactor = flow.redactor()) {
        columns->setNoteText([redactor](std::string_view text) { return redactor->redactedText(text); });
    }
    return std::optional<ColumnReader>(std::move(*columns));
}

event::Result<ExportProgress> writeEvents(EventFlow &flow, QIODevice &device)
{
    auto columns = columnsFor(flow);
    if (!columns) {
        return tl::unexpected(columns.error());
    }
    EventWriter writer(device, flow.options().format, std::move(*columns));
    if (!writer.begin()) {
        return tl::unexpected(writer.error());
    }
    bool isWritten = true;
    const auto noted = [&](bool written) { return isWritten = written; };
    const auto write = [&](const store::StoredEvent &stored) { return noted(writer.write(stored)); };
    const auto writeBytes
        = [&](const std::string &bytes, bool isJson) { return noted(writer.writeBytes(bytes, isJson)); };
    const auto status = writer.hasColumns() ? flow.run(write) : flow.runBytes(writeBytes);
    if (!isWritten) {
        return tl::unexpected(writer.error());
    }
    if (!status) {
        return tl::unexpected(status.error());
    }
    if (!writer.end()) {
        return tl::unexpected(writer.error());
    }
    return flow.done();
}

event::Result<ExportProgress> writeTo(EventFlow &flow, QIODevice &device)
{
    switch (flow.options().format) {
    case Format::Html:
        return writeHtmlReport(flow, device);
    case Format::Pdf:
        return writePdfReport(flow, device);
    default:
        return writeEvents(flow, device);
    }
}

event::Result<ExportProgress> writeFile(EventFlow &flow, const QString &fileName)
{
    if (flow.options().format == Format::Parquet) {
        return writeParquetFile(flow, fileName);
    }
    const QFileInfo target(fileName);
    if (target.exists() && !target.isFile() && !target.isDir()) {
        // A pipe or a device cannot be replaced, only written to.
        QFile device(fileName);
        if (!device.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
            return fileFailure(fileName, device.errorString());
        }
        return writeTo(flow, device);
    }
    QSaveFile file(fileName);
    if (!event::openPrivately(file)) {
        return fileFailure(fileName, file.errorString());
    }
    auto done = writeTo(flow, file);
    if (done && !file.commit()) {
        return fileFailure(fileName, file.errorString());
    }
    return done;
}

/// Beside the file that was written.
event::Status addManifest(const EventFlow &flow, const QString &head, const QString &fileName, ExportProgress &done)
{
    const auto file = describeFile(fileName, flow.stop());
    if (!file) {
        return tl::unexpected(file.error());
    }
    Manifest manifest;
    manifest.files = {*file};
    manifest.events = done.events;
    manifest.withheld = done.withheld;
    manifest.format = nameOfFormat(flow.options().format);
    manifest.head = head;
    manifest.created = event::now();
    manifest.isChosen = flow.options().chosen != nullptr;
    if (flow.options().redaction) {
        manifest.redactedFields = flow.options().redaction->fields;
    } else {
        manifest.query = flow.query();
        manifest.caseName = QFileInfo(flow.store().file()).fileName();
    }
    done.manifestFile = manifestFileFor(fileName);
    return writeManifest(done.manifestFile, manifest).map([&done](const QString &digest) {
        done.manifestDigest = digest;
    });
}

} // namespace

event::Result<Format> formatByName(const QString &name)
{
    const QString folded = name.trimmed().toLower();
    for (const auto &[format, known] : formatNames) {
        if (folded == QLatin1String(known)) {
            return format;
        }
    }
    return failure(ErrorKind::InvalidInput,
        QObject::tr("There is no format \"%1\": choose csv, json, ndjson, parquet, html or pdf.").arg(name));
}

QString nameOfFormat(Format format)
{
    const auto found = std::ranges::find(formatNames, format, [](const auto &entry) { return entry.first; });
    return found == formatNames.end() ? QString() : QString::fromLatin1(found->second);
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
    if (options.format == Format::Parquet || options.format == Format::Pdf) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1 can be written to a file only: name one.")
                .arg(options.format == Format::Pdf ? QStringLiteral("PDF") : QStringLiteral("Parquet")));
    }
    EventFlow flow(store, query, options, progress, stop);
    return flow.prepare().and_then([&] { return writeTo(flow, device); });
}

event::Result<ExportProgress> exportToFile(store::Store &store, const store::EventQuery &query,
    const ExportOptions &options, const QString &fileName, const std::function<void(const ExportProgress &)> &progress,
    const std::stop_token &stop)
{
    QString head;
    if (options.manifest) {
        // Before the events: all that the chain says by then is among what the export was made of.
        auto chain = store::Integrity(borrowed(store)).head();
        chain.waitForFinished();
        if (!chain.result()) {
            return tl::unexpected(chain.result().error());
        }
        head = *chain.result();
    }
    EventFlow flow(store, query, options, progress, stop);
    auto done = flow.prepare().and_then([&] { return writeFile(flow, fileName); });
    if (done && options.manifest) {
        if (const auto added = addManifest(flow, head, fileName, *done); !added) {
            return tl::unexpected(added.error());
        }
    }
    return done;
}

} // namespace octotrail::exchange
