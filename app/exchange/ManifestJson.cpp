// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ManifestJson.h"

#include "event/Sha256.h"
#include "filter/Expression.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QRegularExpression>

namespace octotrail::exchange {

using event::ErrorKind;
using event::failure;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostFiles = 1000;
constexpr int version = 1;
constexpr auto checksumMember = "checksum"_L1;

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
    object[u"upToSeq"_s] = query.upTo ? QJsonValue(static_cast<qint64>(*query.upTo)) : QJsonValue();
    return object;
}

/// Of all that it says, however it is laid out.
QString checksumOf(QJsonObject object)
{
    object.remove(checksumMember);
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return QString::fromStdString(event::Sha256::hex(event::Sha256::of(bytes.toStdString())));
}

/// What queryObject() was made of; nullopt if it is nothing that an export asks.
std::optional<store::EventQuery> queryOf(const QJsonObject &object)
{
    const auto expression = filter::parse(object[u"filter"_s].toString().toStdString());
    const auto time
        = [&object](const QString &member) { return event::parseTimestamp(object[member].toString().toStdString()); };
    const bool isSince = object[u"since"_s].isString();
    const bool isUntil = object[u"until"_s].isString();
    store::EventQuery query;
    query.range = {time(u"since"_s), time(u"until"_s)};
    if (!expression || isSince != query.range.since.has_value() || isUntil != query.range.until.has_value()) {
        return std::nullopt;
    }
    query.expression = *expression;
    for (const QJsonValue &word : object[u"words"_s].toArray()) {
        query.words.push_back(word.toString().toStdString());
    }
    for (const QJsonValue &source : object[u"sources"_s].toArray()) {
        query.sources.push_back(source.toInt(-1));
    }
    if (const QJsonValue upTo = object[u"upToSeq"_s]; upTo.isDouble()) {
        query.upTo = upTo.toInteger();
    }
    return query;
}

} // namespace

QByteArray manifestJson(const Manifest &manifest)
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
    object[checksumMember] = checksumOf(object);
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

event::Result<ManifestText> readManifest(const QByteArray &bytes, const QString &name)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (object[u"octotrailManifest"_s].toInt() != version || !object[u"files"_s].isArray()) {
        return failure(ErrorKind::InvalidInput,
            object[u"octotrailManifest"_s].toInt() > version
                ? QObject::tr("%1 was written by a newer version. Update Octotrail.").arg(name)
                : QObject::tr("%1 is no manifest of an export.").arg(name));
    }
    ManifestText text;
    text.checksum = !object.contains(checksumMember)              ? ManifestText::Checksum::None
        : object[checksumMember].toString() == checksumOf(object) ? ManifestText::Checksum::Right
                                                                  : ManifestText::Checksum::Wrong;
    Manifest &manifest = text.manifest;
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
    manifest.events = object[u"events"_s].toInteger(-1);
    manifest.withheld = object[u"withheld"_s].toInteger(-1);
    manifest.isChosen = object[u"chosenEvents"_s].toBool();
    if (object[u"query"_s].isObject()) {
        manifest.query = queryOf(object[u"query"_s].toObject());
        text.isQueryRead = manifest.query.has_value();
    }
    manifest.format = object[u"format"_s].toString();
    manifest.caseName = object[u"case"_s].toString();
    manifest.head = object[u"integrityHead"_s].toString();
    manifest.created
        = event::parseTimestamp(object[u"created"_s].toString().toStdString()).value_or(event::Timestamp{});
    return text;
}

} // namespace octotrail::exchange
