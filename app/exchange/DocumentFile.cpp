// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/DocumentFile.h"

#include "event/PrivateFile.h"
#include "store/DocumentBody.h"

#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QObject>
#include <QSaveFile>
#include <algorithm>

namespace octotrail::exchange {

using namespace Qt::StringLiterals;

namespace {

constexpr int fileVersion = 1;

tl::unexpected<event::Error> unreadable(const QString &file, const QString &why)
{
    return event::failure(event::ErrorKind::InvalidInput,
        QObject::tr("\u201c%1\u201d cannot be read: %2").arg(QFileInfo(file).fileName(), why));
}

/// A name from a stranger, on one line.
QString tidy(const QString &name)
{
    QString line = name.left(longestDocumentName).simplified();
    line.removeIf([](QChar c) { return !c.isPrint() && !c.isSurrogate(); });
    return line;
}

/// The document, or the sentence that says what is wrong with it.
event::Result<store::Document> documentOf(const QVariantMap &members, const QString &kind)
{
    store::Document document;
    document.kind = members.value(u"kind"_s).toString();
    document.name = tidy(members.value(u"name"_s).toString());
    const auto refuse = [&](const QString &why) {
        return event::failure(
            event::ErrorKind::InvalidInput, document.name.isEmpty() ? why : u"%1: %2"_s.arg(document.name, why));
    };
    if (document.kind != kind) {
        return refuse(QObject::tr("it is of another kind."));
    }
    if (document.name.isEmpty()) {
        return refuse(QObject::tr("One has no name."));
    }
    document.id = members.value(u"id"_s).toString().left(longestDocumentName);
    document.folder = tidy(members.value(u"folder"_s).toString());
    const QVariant body = members.value(u"body"_s);
    if (body.typeId() == QMetaType::QVariantMap) {
        document.body = store::writeBody(body.toMap());
    } else if (body.typeId() == QMetaType::QString) {
        document.body = body.toString().toUtf8();
    } else {
        return refuse(QObject::tr("it has no contents."));
    }
    if (document.body.size() > store::Documents::largestBody) {
        return refuse(QObject::tr("it is too large."));
    }
    return document;
}

} // namespace

event::Status writeDocumentFile(const QString &file, const std::vector<store::Document> &documents)
{
    QVariantList list;
    for (const store::Document &document : documents) {
        QVariantMap members{{u"kind"_s, document.kind}, {u"id"_s, document.id}, {u"folder"_s, document.folder},
            {u"name"_s, document.name}};
        const auto body = store::readBody(document.body);
        members.insert(u"body"_s, body ? QVariant(*body) : QVariant(QString::fromUtf8(document.body)));
        list << members;
    }
    const QByteArray bytes = store::writeBody(
        {{u"octotrail"_s, u"documents"_s}, {u"version"_s, fileVersion}, {u"documents"_s, list}}, true);
    QSaveFile out(file);
    if (!event::writePrivately(out, bytes)) {
        return event::failure(event::ErrorKind::Storage,
            QObject::tr("\u201c%1\u201d cannot be written: %2.").arg(QFileInfo(file).fileName(), out.errorString()));
    }
    return {};
}

event::Result<DocumentFile> readDocumentFile(const QString &file, const QString &kind)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) {
        return unreadable(file, in.errorString() + u'.');
    }
    const QByteArray bytes = in.read(largestDocumentFile + 1);
    if (bytes.size() > largestDocumentFile) {
        return unreadable(file,
            QObject::tr("it is larger than %1, which no such file is.")
                .arg(QLocale().formattedDataSize(largestDocumentFile)));
    }
    const auto members = store::readBody(bytes);
    if (!members) {
        return unreadable(file, members.error().sentence);
    }
    if (members->value(u"octotrail"_s).toString() != u"documents"_s) {
        return unreadable(file, QObject::tr("it is not a file that Octotrail has exported."));
    }
    if (members->value(u"version"_s).toInt() > fileVersion) {
        return event::failure(event::ErrorKind::TooNew,
            QObject::tr("\u201c%1\u201d was written by a newer Octotrail.").arg(QFileInfo(file).fileName()));
    }
    DocumentFile result;
    const QVariantList list = members->value(u"documents"_s).toList();
    const qsizetype count = std::min<qsizetype>(list.size(), mostDocuments);
    for (const QVariant &each : list.first(count)) {
        auto document = documentOf(each.toMap(), kind);
        if (document) {
            result.documents.push_back(std::move(*document));
        } else {
            result.skipped << document.error().sentence;
        }
    }
    if (list.size() > count) {
        result.skipped << QObject::tr("Only the first %1 were read.").arg(count);
    }
    return result;
}

} // namespace octotrail::exchange
