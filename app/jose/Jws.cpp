// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/Jws.h"

#include "jose/Base64Url.h"

#include <QJsonDocument>

namespace octotrail::jose {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestJws = 64 * 1024;

std::optional<QJsonObject> objectIn(const QByteArray &part)
{
    const auto bytes = fromBase64Url(part);
    const QJsonDocument document = bytes ? QJsonDocument::fromJson(*bytes) : QJsonDocument();
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

QByteArray partOf(const QJsonObject &object)
{
    return toBase64Url(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

std::optional<Jws> Jws::parse(const QByteArray &compact)
{
    const QByteArrayList parts = compact.size() <= longestJws ? compact.split('.') : QByteArrayList();
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto header = objectIn(parts[0]);
    const auto claims = objectIn(parts[1]);
    const auto signature = fromBase64Url(parts[2]);
    if (!header || !claims || !signature) {
        return std::nullopt;
    }
    return Jws{*header, *claims, parts[0] + '.' + parts[1], *signature};
}

bool Jws::isVerifiedBy(const Key &key) const
{
    return header[u"alg"_s].toString() == key.algorithm() && key.verify(signedPart, signature);
}

QByteArray sign(QJsonObject header, const QJsonObject &claims, const Key &key)
{
    header[u"alg"_s] = key.algorithm();
    const QByteArray input = partOf(header) + '.' + partOf(claims);
    const QByteArray signature = key.sign(input);
    return signature.isEmpty() ? QByteArray() : input + '.' + toBase64Url(signature);
}

} // namespace octotrail::jose
