// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/Manifest.h"

#include "event/PrivateFile.h"
#include "event/Sha256.h"
#include "filter/Expression.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QRegularExpression>
#include <QSaveFile>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 piece = qint64{1} << 20;
constexpr qint64 largestManifest = qint64{4} << 20;
constexpr qsizetype mostFiles = 1000;
constexpr int version = 1;

QString timeText(event::Timestamp time)
{
    return QString::fromStdString(event::formatTimestamp(time));
}

QJsonObject queryObject(const store::EventQuery &query)
{
    QJsonObject object;
    object[u"filter"_s] = QString::fromStdString(query.expression.toString());
    QJsonArray words;
    for (const std::string &word : query.words) {
        words.append(QString::fromStdString(word));
    }
    object[u"words"_s] = words;
    object[u"since"_s] = query.range.since ? QJsonValue(timeText(*query.range.since)) : QJsonValue();
    object[u"until"_s] = query.range.until ? QJsonValue(timeText(*query.range.until)) : QJsonValue();
    object[u"sortedBy"_s] = QString::fromStdString(query.sortPath);
    object[u"descending"_s] = query.descending;
    object[u"sources"_s] = query.sources.empty() ? QJsonValue() : QJsonValue([&] {
        QJsonArray ids;
        for (const store::SourceId id : query.sources) {
            ids.append(id);
        }
        return ids;
    }());
    return object;
}

QByteArray jsonOf(const Manifest &manifest)
{
    QJsonArray files;
    for (const ManifestFile &file : manifest.files) {
        files.append(QJsonObject{{u"name"_s, file.name}, {u"bytes"_s, file.bytes}, {u"sha256"_s, file.sha256}});
    }
    QJsonArray redacted;
    for (const std::string &field : manifest.redactedFields) {
        redacted.append(QString::fromStdString(field));
    }
    QJsonObject object;
    object[u"octotrailManifest"_s] = version;
    object[u"created"_s] = timeText(manifest.created);
    object[u"tool"_s] = u"Octotrail " OCTOTRAIL_VERSION ""_s;
    object[u"format"_s] = manifest.format;
    object[u"events"_s] = manifest.events;
    object[u"withheld"_s] = manifest.withheld;
    object[u"files"_s] = files;
    object[u"redacted"_s] = !manifest.redactedFields.empty();
    object[u"redactedFields"_s] = redacted;
    object[u"chosenEvents"_s] = manifest.isChosen;
    object[u"query"_s] = manifest.query ? QJsonValue(queryObject(*manifest.query)) : QJsonValue();
    object[u"case"_s] = manifest.caseName.isEmpty() ? QJsonValue() : QJsonValue(manifest.caseName);
    object[u"integrityHead"_s] = manifest.head;
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

event::Result<Manifest> parse(const QByteArray &bytes, const QString &name)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (object[u"octotrailManifest"_s].toInt() != version || !object[u"files"_s].isArray()) {
        return failure(ErrorKind::InvalidInput,
            object[u"octotrailManifest"_s].toInt() > version
                ? QObject::tr("%1 was written by a newer version. Update Octotrail.").arg(name)
                : QObject::tr("%1 is no manifest of an export.").arg(name));
    }
    Manifest manifest;
    static const QRegularExpression digest(u"^[0-9a-f]{64}$"_s);
    for (const QJsonValue &value : object[u"files"_s].toArray()) {
        const ManifestFile file{
            value[u"name"_s].toString(), value[u"bytes"_s].toInteger(-1), value[u"sha256"_s].toString().toLower()};
        const bool isBeside = !file.name.isEmpty() && !file.name.contains(u'/') && !file.name.contains(QChar(u'\0'))
            && file.name != u"."_s && file.name != u".."_s;
        if (!isBeside || !digest.match(file.sha256).hasMatch() || manifest.files.size() >= mostFiles) {
            return failure(ErrorKind::InvalidInput, QObject::tr("%1 names files as no export does.").arg(name));
        }
        manifest.files.push_back(file);
    }
    if (manifest.files.empty()) {
        return failure(ErrorKind::InvalidInput, QObject::tr("%1 names no file.").arg(name));
    }
    for (const QJsonValue &field : object[u"redactedFields"_s].toArray()) {
        manifest.redactedFields.push_back(field.toString().toStdString());
    }
    manifest.events = object[u"events"_s].toInteger();
    manifest.withheld = object[u"withheld"_s].toInteger();
    manifest.format = object[u"format"_s].toString();
    manifest.caseName = object[u"case"_s].toString();
    manifest.head = object[u"integrityHead"_s].toString();
    manifest.created
        = event::parseTimestamp(object[u"created"_s].toString().toStdString()).value_or(event::Timestamp{});
    return manifest;
}

event::Result<ManifestFile> describe(
    const QString &name, const std::function<void(qint64)> &read, const std::stop_token &stop)
{
    QFile file(name);
    if (!QFileInfo(name).isFile() || !file.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::NotFound,
            file.exists() ? QObject::tr("%1 cannot be read: %2").arg(QFileInfo(name).fileName(), file.errorString())
                          : QObject::tr("%1 is missing.").arg(QFileInfo(name).fileName()));
    }
    event::Sha256 hash;
    ManifestFile described{QFileInfo(name).fileName(), 0, {}};
    QByteArray buffer(piece, Qt::Uninitialized);
    for (;;) {
        if (stop.stop_requested()) {
            return failure(ErrorKind::Cancelled, QObject::tr("It was stopped."));
        }
        const qint64 size = file.read(buffer.data(), piece);
        if (size < 0) {
            return failure(
                ErrorKind::Storage, QObject::tr("%1 cannot be read: %2").arg(described.name, file.errorString()));
        }
        if (size == 0) {
            break;
        }
        hash.add({buffer.constData(), static_cast<std::size_t>(size)});
        described.bytes += size;
        if (read) {
            read(size);
        }
    }
    described.sha256 = QString::fromStdString(event::Sha256::hex(hash.finish()));
    return described;
}

} // namespace

QString manifestFileFor(const QString &exported)
{
    return exported + u".manifest.json"_s;
}

event::Result<ManifestFile> describeFile(const QString &file, const std::stop_token &stop)
{
    return describe(file, {}, stop);
}

event::Result<QString> writeManifest(const QString &file, const Manifest &manifest)
{
    const QByteArray bytes = jsonOf(manifest);
    QSaveFile out(file);
    if (!event::writePrivately(out, bytes)) {
        return failure(ErrorKind::Storage,
            QObject::tr("%1 cannot be written: %2. The export itself is complete.")
                .arg(QDir::toNativeSeparators(file), out.errorString()));
    }
    return QString::fromStdString(event::Sha256::hex(event::Sha256::of(bytes.toStdString())));
}

event::Result<ManifestCheck> checkManifest(
    const QString &file, const std::function<void(double)> &progress, const std::stop_token &stop)
{
    const QString name = QFileInfo(file).fileName();
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1 cannot be read: %2").arg(QDir::toNativeSeparators(file), in.errorString()));
    }
    if (in.size() > largestManifest) {
        return failure(ErrorKind::InvalidInput, QObject::tr("%1 is no manifest of an export.").arg(name));
    }
    const QByteArray bytes = in.read(largestManifest);
    auto manifest = parse(bytes, name);
    if (!manifest) {
        return tl::unexpected(manifest.error());
    }
    ManifestCheck check;
    check.sha256 = QString::fromStdString(event::Sha256::hex(event::Sha256::of(bytes.toStdString())));
    qint64 total = 1;
    for (const ManifestFile &expected : manifest->files) {
        total += std::max<qint64>(0, expected.bytes);
    }
    qint64 done = 0;
    const QDir folder = QFileInfo(file).absoluteDir();
    for (const ManifestFile &expected : manifest->files) {
        const auto found = describe(
            folder.filePath(expected.name),
            [&](qint64 read) {
                done += read;
                if (progress) {
                    progress(std::min(1.0, double(done) / double(total)));
                }
            },
            stop);
        if (!found) {
            if (found.error().kind == ErrorKind::Cancelled) {
                return tl::unexpected(found.error());
            }
            check.problems << found.error().sentence;
        } else if (found->bytes != expected.bytes) {
            check.problems << QObject::tr("%1 has %2 bytes, and had %3 when it was exported.")
                                  .arg(expected.name)
                                  .arg(found->bytes)
                                  .arg(expected.bytes);
        } else if (found->sha256 != expected.sha256) {
            check.problems << QObject::tr("%1 is not what was exported: its SHA-256 is %2 instead of %3.")
                                  .arg(expected.name, found->sha256, expected.sha256);
        }
    }
    check.manifest = std::move(*manifest);
    return check;
}

} // namespace octotrail::exchange
