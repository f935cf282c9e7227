// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/EntityText.h"

#include "filter/Expression.h"
#include "ui/events/CellMenu.h"
#include "ui/widgets/PlainText.h"

#include <QCoreApplication>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EntityAspect;
using store::EntityKind;

namespace {

constexpr std::size_t mostTargets = 2; ///< of each type: an event may bring any number
constexpr qsizetype longestText = 200;

QString text(const char *words)
{
    return QCoreApplication::translate("Entities", words);
}

} // namespace

QString decoded(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

bool namesNothing(std::string_view value)
{
    return value.empty() || value == "unknown";
}

QString joinedFilters(const QString &a, const QString &b)
{
    return QString::fromStdString(filter::conjunctionText(a.toStdString(), b.toStdString()));
}

QString entityKindText(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Actor:
        return text("Actor");
    case EntityKind::Address:
        return text("IP address");
    case EntityKind::Device:
        return text("Device");
    case EntityKind::App:
        return text("App");
    }
    return {};
}

QStringView entityIconName(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Actor:
        return u"user";
    case EntityKind::Address:
        return u"globe";
    case EntityKind::Device:
        return u"device";
    case EntityKind::App:
        return u"app";
    }
    return u"unknown";
}

QString entityTitle(const store::Entity &entity)
{
    return singleLine(decoded(entity.value), longestText);
}

QString openEntityText(const store::Entity &entity)
{
    QString name = singleLine(decoded(entity.value), 60);
    switch (entity.kind) {
    case EntityKind::Actor:
        return text("Open the actor %1").arg(name);
    case EntityKind::Address:
        return text("Open the address %1").arg(name);
    case EntityKind::Device:
        return text("Open the device %1").arg(name);
    case EntityKind::App:
        return text("Open the app %1").arg(name);
    }
    return name;
}

std::vector<store::Entity> entitiesOf(const event::LogEvent &event)
{
    std::vector<store::Entity> found;
    const auto add = [&found](std::optional<store::Entity> entity) {
        if (entity && !entity->value.empty() && std::ranges::find(found, *entity) == found.end()) {
            found.push_back(std::move(*entity));
            return true;
        }
        return false;
    };
    const auto field = [&](std::string_view path) {
        const auto id = event::fieldByPath(path);
        const auto value = id ? event.text(*id) : std::nullopt;
        return value ? store::entityOf(path, *value) : std::nullopt;
    };
    if (!add(field("actor.alternateId"))) {
        add(field("actor.id"));
    }
    add(field("client.ipAddress"));
    if (!add(field("device.id"))) {
        add(field("debugContext.debugData.dtHash"));
    }
    std::size_t apps = 0;
    std::size_t users = 0;
    for (const auto &target : event.targets()) {
        const std::string name(target.alternateId.value_or(std::string_view()));
        if (target.type == std::string_view("AppInstance") && apps < mostTargets) {
            apps += add(store::Entity::app(name)) ? 1 : 0;
        } else if (target.type == std::string_view("User") && users < mostTargets) {
            users += add(store::Entity::actor(name)) ? 1 : 0;
        }
    }
    return found;
}

QString aspectTitle(EntityAspect aspect)
{
    switch (aspect) {
    case EntityAspect::Country:
        return text("Countries");
    case EntityAspect::Location:
        return text("Locations");
    case EntityAspect::Network:
        return text("Networks");
    case EntityAspect::Address:
        return text("IP addresses");
    case EntityAspect::Agent:
        return text("User agents");
    case EntityAspect::Device:
        return text("Devices");
    case EntityAspect::App:
        return text("Apps");
    case EntityAspect::Actor:
        return text("Actors");
    case EntityAspect::EventType:
        return text("Event types");
    case EntityAspect::Outcome:
        return text("Outcomes");
    }
    return {};
}

QString aspectText(EntityAspect aspect, const store::EntityValue &value)
{
    if (value.isBlank()) {
        return text("none");
    }
    const auto part = [&value](std::size_t i) {
        return i < value.parts.size() ? singleLine(decoded(value.parts[i]), longestText) : QString();
    };
    const auto both = [&](const QString &between) {
        const QString first = part(0);
        const QString second = part(1);
        return first.isEmpty() ? second : second.isEmpty() ? first : first + between + second;
    };
    switch (aspect) {
    case EntityAspect::Location:
        return both(u", "_s);
    case EntityAspect::Network: {
        const QString number = part(0).isEmpty() ? QString() : u"AS"_s + part(0);
        return part(1).isEmpty() ? number : number.isEmpty() ? part(1) : part(1) + u" ("_s + number + u')';
    }
    case EntityAspect::Agent:
        return part(0).isEmpty() || part(1).isEmpty() ? both({}) : text("%1 on %2").arg(part(0), part(1));
    case EntityAspect::Device:
        return !part(1).isEmpty() ? part(1) : !part(0).isEmpty() ? part(0) : part(2);
    case EntityAspect::Actor:
        return !part(0).isEmpty() ? part(0) : !part(1).isEmpty() ? part(1) : part(2);
    default:
        return part(0);
    }
}

QString aspectFilter(EntityAspect aspect, const store::EntityValue &value)
{
    if (aspect == EntityAspect::App) {
        return QString::fromStdString(store::appFilter(value.parts.empty() ? std::string() : value.parts.front()));
    }
    QString filter;
    const std::vector<std::string> paths = store::aspectPaths(aspect);
    for (std::size_t i = 0; i < paths.size() && i < value.parts.size(); ++i) {
        if (paths[i] == "device.name" || paths[i] == "actor.displayName") {
            continue; // for reading: the id says which
        }
        filter = joinedFilters(filter, comparisonFor(decoded(paths[i]), decoded(value.parts[i]), false));
    }
    return filter;
}

std::optional<store::Entity> aspectEntity(EntityAspect aspect, const store::EntityValue &value)
{
    if (aspect == EntityAspect::App) {
        return value.isBlank() ? std::nullopt : std::optional(store::Entity::app(value.parts.front()));
    }
    const std::vector<std::string> paths = store::aspectPaths(aspect);
    for (std::size_t i = 0; i < paths.size() && i < value.parts.size(); ++i) {
        if (auto entity = store::entityOf(paths[i], value.parts[i])) {
            return entity;
        }
    }
    return std::nullopt;
}

std::vector<EntityAspect> aspectsOf(EntityKind kind)
{
    using enum EntityAspect;
    switch (kind) {
    case EntityKind::Actor:
        return {Location, Network, Address, Device, Agent, App, EventType, Outcome};
    case EntityKind::Address:
        return {Actor, Location, Network, Device, Agent, App, EventType, Outcome};
    case EntityKind::Device:
        return {Actor, Location, Network, Address, Agent, App, EventType, Outcome};
    case EntityKind::App:
        return {Actor, Location, Network, Address, Device, Agent, EventType, Outcome};
    }
    return {};
}

} // namespace octotrail::ui
