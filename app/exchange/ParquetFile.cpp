// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ParquetFile.h"

#include "exchange/FileFailure.h"
#include "store/Annotations.h"
#include "store/ChosenEvents.h"

#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QTemporaryDir>
#include <QUuid>
#include <cerrno>
#include <cstdio>
#include <utility>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;

namespace {

constexpr std::size_t batchEvents = 5000;

event::Result<std::vector<std::string>> fieldsOf(const EventFlow &flow)
{
    std::vector<std::string> fields = flow.options().fields;
    if (!fields.empty()) {
        return fields;
    }
    for (const event::Field &field : event::fields()) {
        fields.emplace_back(field.path);
    }
    fields.insert(fields.end(), {"target", "source"});
    const auto annotations = flow.annotations();
    if (!annotations) {
        return tl::unexpected(annotations.error());
    }
    if (!annotations->empty()) {
        fields.insert(fields.end(), {"annotation.bookmarked", "annotation.tag", "annotation.note"});
    }
    return fields;
}

/// The events as they go out, in a store that is gone afterwards.
struct RedactedEvents
{
    std::shared_ptr<store::Store> store;
    std::vector<store::Seq> order; ///< in which they go out
};

/// Of one source.
struct Batch
{
    std::vector<event::LogEvent> events;
    std::vector<std::size_t> places; ///< of each in the order
};

event::Result<RedactedEvents> redactedStore(EventFlow &flow, const QString &file)
{
    auto opened = store::Store::open(file);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    const std::shared_ptr<store::Store> &store = *opened;
    const auto names = flow.sourceNames();
    if (!names) {
        return tl::unexpected(names.error());
    }
    std::map<store::SourceId, store::SourceId> sources;
    for (const auto &[id, name] : *names) {
        store::SourceConfig config;
        config.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
        config.name = QString::fromStdString(name);
        config.collects = false;
        const auto added = store->putSource(config).result();
        if (!added) {
            return tl::unexpected(added.error());
        }
        sources.emplace(id, added->id);
    }
    std::map<store::SourceId, Batch> batches;
    std::vector<store::Seq> order;
    event::Status appended;
    const auto append = [&](store::SourceId source, Batch batch) {
        const auto report = store->append({source, std::move(batch.events), {}}).result();
        if (!report) {
            appended = tl::unexpected(report.error());
            return false;
        }
        for (std::size_t i = 0; i < batch.places.size() && std::cmp_less(i, report->inserted); ++i) {
            order[batch.places[i]] = report->firstSeq + static_cast<store::Seq>(i);
        }
        return true;
    };
    const auto flowed = flow.run([&](const store::StoredEvent &stored) {
        const auto found = sources.find(stored.source);
        Batch &batch = batches[found == sources.end() ? stored.source : found->second];
        batch.events.push_back(stored.event);
        batch.places.push_back(order.size());
        order.push_back(0);
        return batch.events.size() < batchEvents
            || append(found == sources.end() ? stored.source : found->second, std::exchange(batch, {}));
    });
    for (auto &[source, batch] : batches) {
        if (flowed && appended && !batch.events.empty()) {
            append(source, std::move(batch));
        }
    }
    if (!flowed || !appended) {
        return tl::unexpected(!appended ? appended.error() : flowed.error());
    }
    auto annotations = flow.annotations();
    if (!annotations) {
        return tl::unexpected(annotations.error());
    }
    std::vector<store::Annotation> noted;
    for (auto &[uuid, annotation] : *annotations) {
        noted.push_back(std::move(annotation));
    }
    auto put = store::Annotations(store).put(std::move(noted));
    put.waitForFinished();
    if (!put.result()) {
        return tl::unexpected(put.result().error());
    }
    std::erase(order, 0);
    return RedactedEvents{store, std::move(order)};
}

} // namespace

event::Result<ExportProgress> writeParquetFile(EventFlow &flow, const QString &fileName)
{
    const QFileInfo target(fileName);
    if (target.exists() && !target.isFile()) {
        return fileFailure(fileName, QObject::tr("it is no file"));
    }
    const QTemporaryDir folder(target.absolutePath() + QStringLiteral("/.octotrail-export-XXXXXX"));
    if (!folder.isValid()) {
        return fileFailure(fileName, folder.errorString());
    }
    const auto fields = fieldsOf(flow);
    if (!fields) {
        return tl::unexpected(fields.error());
    }
    const QString part = folder.filePath(QStringLiteral("part.parquet"));
    event::Result<std::int64_t> written = 0;
    if (flow.redactor()) {
        const auto redacted = redactedStore(flow, folder.filePath(QStringLiteral("redacted.duckdb")));
        if (!redacted) {
            return tl::unexpected(redacted.error());
        }
        written = store::ChosenEvents(*redacted->store, redacted->order).exportParquet(part, *fields, flow.stop());
    } else {
        written = flow.writeParquet(part, *fields);
    }
    if (!written) {
        return tl::unexpected(written.error());
    }
    if (flow.stop().stop_requested()) {
        return failure(ErrorKind::Cancelled, QObject::tr("The export was stopped: there is no file."));
    }
    if (!QFile::setPermissions(part, ownerOnly)) {
        return fileFailure(fileName, QObject::tr("its permissions cannot be set"));
    }
    if (std::rename(QFile::encodeName(part).constData(), QFile::encodeName(target.absoluteFilePath()).constData())
        != 0) {
        return fileFailure(fileName, qt_error_string(errno));
    }
    flow.finish(*written);
    return flow.done();
}

} // namespace octotrail::exchange
