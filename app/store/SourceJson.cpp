// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SourceJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>

namespace octotrail::store {

using namespace Qt::Literals::StringLiterals;

namespace {

using Start = SourceConfig::Start;
using Authentication = SourceConfig::Authentication;

struct StartName
{
    Start start;
    QLatin1StringView name;
};

constexpr std::array startNames{
    StartName{Start::Now, "now"_L1},
    StartName{Start::Days1, "1d"_L1},
    StartName{Start::Days7, "7d"_L1},
    StartName{Start::Days30, "30d"_L1},
    StartName{Start::Days90, "90d"_L1},
    StartName{Start::Date, "date"_L1},
};

QJsonArray listOf(const QStringList &texts)
{
    return QJsonArray::fromStringList(texts);
}

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    for (const QJsonValue &element : value.toArray()) {
        texts << element.toString();
    }
    return texts;
}

template <class Duration>
Duration durationOf(const QJsonValue &value, Duration fallback)
{
    return Duration(value.toInteger(fallback.count()));
}

} // namespace

std::string sourceToJson(const SourceConfig &source)
{
    QJsonObject object;
    object["origin"_L1] = source.origin.toString(QUrl::FullyEncoded);
    object["identityEngine"_L1] = source.identityEngine;
    object["logTypes"_L1] = listOf(source.logTypes);
    for (const auto &[start, name] : startNames) {
        if (start == source.start) {
            object["start"_L1] = QString(name);
        }
    }
    if (source.startDate) {
        object["startDate"_L1] = QString::fromStdString(event::formatTimestamp(*source.startDate));
    }
    object["filter"_L1] = source.filter;
    object["pollSeconds"_L1] = qint64{source.pollInterval.count()};
    object["authentication"_L1] = source.authentication == Authentication::ServiceApp ? "service-app"_L1 : "token"_L1;
    object["clientId"_L1] = source.clientId;
    object["keyId"_L1] = source.keyId;
    object["proxy"_L1] = source.proxy;
    object["caFile"_L1] = source.caFile;
    object["rateShare"_L1] = source.rateShare;
    object["reconcileWindowMinutes"_L1] = qint64{source.reconcileWindow.count()};
    object["reconcileMinutes"_L1] = qint64{source.reconcilePeriod.count()};
    object["reconcileDaily"_L1] = source.reconcileDaily;
    object["users"_L1] = source.users;
    object["usersMinutes"_L1] = qint64{source.usersPeriod.count()};
    object["devices"_L1] = source.devices;
    object["devicesMinutes"_L1] = qint64{source.devicesPeriod.count()};
    object["alertOnSilence"_L1] = source.alertOnSilence;
    object["silenceMinutes"_L1] = qint64{source.silenceAfter.count()};
    object["packs"_L1] = listOf(source.packs);
    object["paused"_L1] = source.paused;
    object["collects"_L1] = source.collects;
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

SourceConfig sourceFromJson(std::string_view json)
{
    const QJsonObject object
        = QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size()))).object();
    SourceConfig source;
    source.origin = QUrl(object["origin"_L1].toString());
    source.identityEngine = object["identityEngine"_L1].toBool(source.identityEngine);
    if (object.contains("logTypes"_L1)) {
        source.logTypes = textsOf(object["logTypes"_L1]);
    }
    for (const auto &[start, name] : startNames) {
        if (object["start"_L1].toString() == name) {
            source.start = start;
        }
    }
    if (object.contains("startDate"_L1)) {
        source.startDate = event::parseTimestamp(object["startDate"_L1].toString().toStdString());
    }
    source.filter = object["filter"_L1].toString();
    source.pollInterval = durationOf(object["pollSeconds"_L1], source.pollInterval);
    source.authentication = object["authentication"_L1].toString() == "service-app"_L1 ? Authentication::ServiceApp
                                                                                       : Authentication::ApiToken;
    source.clientId = object["clientId"_L1].toString();
    source.keyId = object["keyId"_L1].toString();
    source.proxy = object["proxy"_L1].toString();
    source.caFile = object["caFile"_L1].toString();
    source.rateShare = object["rateShare"_L1].toDouble(source.rateShare);
    source.reconcileWindow = durationOf(object["reconcileWindowMinutes"_L1], source.reconcileWindow);
    source.reconcilePeriod = durationOf(object["reconcileMinutes"_L1], source.reconcilePeriod);
    source.reconcileDaily = object["reconcileDaily"_L1].toBool(source.reconcileDaily);
    source.users = object["users"_L1].toBool(source.users);
    source.usersPeriod = durationOf(object["usersMinutes"_L1], source.usersPeriod);
    source.devices = object["devices"_L1].toBool(source.devices);
    source.devicesPeriod = durationOf(object["devicesMinutes"_L1], source.devicesPeriod);
    source.alertOnSilence = object["alertOnSilence"_L1].toBool(source.alertOnSilence);
    source.silenceAfter = durationOf(object["silenceMinutes"_L1], source.silenceAfter);
    source.packs = textsOf(object["packs"_L1]);
    source.paused = object["paused"_L1].toBool(source.paused);
    source.collects = object["collects"_L1].toBool(source.collects);
    return source;
}

} // namespace octotrail::store
