// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DocumentBody.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>

namespace octotrail::store {

QByteArray writeBody(const QVariantMap &members, bool readable)
{
    return QJsonDocument(QJsonObject::fromVariantMap(members))
        .toJson(readable ? QJsonDocument::Indented : QJsonDocument::Compact);
}

event::Result<QVariantMap> readBody(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("It is no JSON: %1 at byte %2.").arg(error.errorString()).arg(error.offset));
    }
    if (!document.isObject()) {
        return event::failure(event::ErrorKind::InvalidInput, QObject::tr("It is JSON, but no object."));
    }
    return document.object().toVariantMap();
}

} // namespace octotrail::store
