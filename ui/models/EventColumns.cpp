// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/EventColumns.h"

#include "event/FieldCatalogue.h"
#include "filter/ProfilePath.h"
#include "filter/Tree.h"
#include "store/SortPath.h"

#include <QCoreApplication>
#include <array>
#include <utility>

namespace octotrail::ui {

namespace {

constexpr std::array<EventColumnInfo, eventColumnCount> columns{{
    {EventColumn::Time, "time", "published", {}, 184, true},
    {EventColumn::Severity, "severity", "severity", "severity", 84, false},
    {EventColumn::EventType, "eventType", "eventType", "eventType", 184, false},
    {EventColumn::Message, "message", "displayMessage", "displayMessage", 192, false},
    {EventColumn::Actor, "actor", "actor.alternateId", "actor.alternateId", 184, false},
    {EventColumn::ClientIp, "clientIp", "client.ipAddress", "client.ipAddress", 112, true},
    {EventColumn::Location, "location", "client.geographicalContext.city", {}, 144, false},
    {EventColumn::Outcome, "outcome", "outcome.result", "outcome.result", 116, false},
    {EventColumn::Targets, "targets", "target", {}, 232, false},
    {EventColumn::Source, "source", "source", {}, 120, false},
    {EventColumn::Marks, "marks", {}, {}, 58, false},
    {EventColumn::ActorDepartment, "actorDepartment", {}, "actor.profile.department", 144, false},
    {EventColumn::ActorTitle, "actorTitle", {}, "actor.profile.title", 168, false},
    {EventColumn::ActorManager, "actorManager", {}, "actor.profile.manager", 144, false},
    {EventColumn::ActorStatus, "actorStatus", {}, "actor.profile.status", 120, false},
}};

} // namespace

std::span<const EventColumnInfo> eventColumns()
{
    return columns;
}

const EventColumnInfo &eventColumnInfo(EventColumn column)
{
    return columns[static_cast<std::size_t>(column)];
}

QString eventColumnTitle(EventColumn column)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("EventColumns", text); };
    switch (column) {
    case EventColumn::Time:
        return tr("Time");
    case EventColumn::Severity:
        return tr("Severity");
    case EventColumn::EventType:
        return tr("Event type");
    case EventColumn::Message:
        return tr("Message");
    case EventColumn::Actor:
        return tr("Actor");
    case EventColumn::ClientIp:
        return tr("Client IP");
    case EventColumn::Location:
        return tr("Location");
    case EventColumn::Outcome:
        return tr("Outcome");
    case EventColumn::Targets:
        return tr("Targets");
    case EventColumn::Source:
        return tr("Source");
    case EventColumn::Marks:
        return tr("Marks");
    case EventColumn::ActorDepartment:
        return tr("Actor's department");
    case EventColumn::ActorTitle:
        return tr("Actor's title");
    case EventColumn::ActorManager:
        return tr("Actor's manager");
    case EventColumn::ActorStatus:
        return tr("Actor's status");
    }
    return {};
}

int firstPlaceOf(EventColumn column)
{
    const auto place = static_cast<int>(column);
    const auto marks = static_cast<int>(EventColumn::Marks);
    return place == marks ? 0 : place < marks ? place + 1 : place;
}

ColumnInfo columnInfo(EventColumn column)
{
    const EventColumnInfo &info = eventColumnInfo(column);
    return {QString::fromLatin1(info.key), eventColumnTitle(column),
        QString::fromUtf8(info.filterPath.data(), static_cast<qsizetype>(info.filterPath.size())),
        std::string(info.sortPath), info.width, info.tabular};
}

QString captionOfPath(const QString &path)
{
    const std::string bytes = path.toStdString();
    const auto text = [](std::string_view utf8) {
        return QCoreApplication::translate(
            "Fields", QByteArray(utf8.data(), static_cast<qsizetype>(utf8.size())).constData());
    };
    if (const auto id = event::fieldByPath(bytes)) {
        return text(event::fields()[*id].caption);
    }
    for (const filter::ProfileField &field : filter::profileFields()) {
        const std::string rest = ".profile." + std::string(field.path);
        const QString caption = text(field.caption);
        if (field.ofDevice && bytes == "device" + rest) {
            return QCoreApplication::translate("EventColumns", "Device: %1").arg(caption);
        }
        if (!field.ofDevice && bytes == "actor" + rest) {
            return QCoreApplication::translate("EventColumns", "Actor: %1").arg(caption);
        }
        if (!field.ofDevice && bytes == "target" + rest) {
            return QCoreApplication::translate("EventColumns", "Target: %1").arg(caption);
        }
    }
    for (const filter::AnnotationField &field : filter::annotationFields()) {
        if (bytes == field.path) {
            return text(field.caption);
        }
    }
    return path;
}

const QStringList &eventPaths()
{
    static const QStringList all = [] {
        QStringList paths;
        const auto add = [&paths](const char *prefix, std::string_view path) {
            paths << QLatin1String(prefix) + QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size()));
        };
        for (const event::Field &field : event::fields()) {
            add("", field.path);
        }
        for (const std::string_view member : event::targetMembers) {
            add("target.", member);
        }
        for (const filter::AnnotationField &field : filter::annotationFields()) {
            add("", field.path);
        }
        for (const auto &[prefix, ofDevice] : {std::pair("actor.profile.", false), std::pair("target.profile.", false),
                 std::pair("device.profile.", true)}) {
            for (const filter::ProfileField &field : filter::profileFields()) {
                if (field.ofDevice == ofDevice) {
                    add(prefix, field.path);
                }
            }
        }
        for (const std::string_view part : filter::tree::timePartNames) {
            add("published.", part);
        }
        return paths;
    }();
    return all;
}

QStringList countablePaths()
{
    QStringList paths = eventPaths();
    paths.removeIf([](const QString &path) {
        return path.startsWith(QLatin1String("target.profile.")) || path.startsWith(QLatin1String("published."));
    });
    return QStringList{QStringLiteral("target"), QStringLiteral("source")} + paths;
}

ColumnInfo columnInfo(const QString &path)
{
    ColumnInfo info;
    info.key = path;
    info.path = path;
    info.title = captionOfPath(path);
    if (const auto id = event::fieldByPath(path.toStdString())) {
        const event::Field &field = event::fields()[*id];
        info.sortPath = field.path;
        info.tabular = field.type == event::FieldType::Time || field.type == event::FieldType::Integer;
        info.width = field.type == event::FieldType::Time ? 184 : info.width;
    } else if (store::canSortBy(path.toStdString())) {
        info.sortPath = path.toStdString();
    }
    return info;
}

const std::vector<std::string> &eventCellPaths(bool withProfiles)
{
    static const std::vector<std::string> paths{"severity", "eventType", "displayMessage", "actor.alternateId",
        "actor.displayName", "client.ipAddress", "client.geographicalContext.city",
        "client.geographicalContext.country", "outcome.result", "outcome.reason", "targetLines", "source"};
    static const std::vector<std::string> more = [] {
        std::vector<std::string> all = paths;
        for (const EventColumnInfo &info : eventColumns().subspan(firstProfileColumn)) {
            all.emplace_back(info.filterPath);
        }
        return all;
    }();
    return withProfiles ? more : paths;
}

} // namespace octotrail::ui
