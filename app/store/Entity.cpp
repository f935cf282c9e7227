// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Entity.h"

#include "filter/Expression.h"

namespace octotrail::store {

namespace {

constexpr std::string_view deviceHash = "debugContext.debugData.dtHash";

std::string equals(std::string_view path, std::string_view value)
{
    return filter::comparisonText(path, filter::Operator::Eq, value);
}

std::string targetFilter(std::string_view type, std::string_view path, std::string_view value)
{
    return "target[" + equals("type", type) + " and " + equals(path, value) + "]";
}

} // namespace

std::optional<Entity> entityOf(std::string_view path, std::string_view value)
{
    if (value.empty()) {
        return std::nullopt;
    }
    if (path == "actor.alternateId" || path == "actor.id") {
        return Entity{EntityKind::Actor, std::string(path), std::string(value)};
    }
    if (path == "client.ipAddress" || path == "request.ipChain.ip") {
        return Entity::address(std::string(value));
    }
    if (path == "device.id" || path == "device.name" || path == deviceHash) {
        return Entity{EntityKind::Device, std::string(path), std::string(value)};
    }
    return std::nullopt;
}

std::optional<EntityKind> entityKindOf(std::string_view path)
{
    if (path.starts_with("actor.")) {
        return EntityKind::Actor;
    }
    if (path.starts_with("client.ipAddress") || path.starts_with("client.geographicalContext.")
        || path.starts_with("request.ipChain.")) {
        return EntityKind::Address;
    }
    if (path.starts_with("device.") || path == deviceHash) {
        return EntityKind::Device;
    }
    if (path == "target" || path.starts_with("target.")) {
        return EntityKind::App;
    }
    return std::nullopt;
}

std::string entityFilter(const Entity &entity)
{
    return entity.kind == EntityKind::App ? appFilter(entity.value) : equals(entity.path, entity.value);
}

std::string entityAsTargetFilter(const Entity &entity)
{
    if (entity.kind != EntityKind::Actor) {
        return {};
    }
    return targetFilter("User", entity.path == "actor.id" ? "id" : "alternateId", entity.value);
}

std::string appFilter(std::string_view alternateId)
{
    return targetFilter("AppInstance", "alternateId", alternateId);
}

} // namespace octotrail::store
