// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace octotrail::store {

enum class EntityKind { Actor, Address, Device, App };

/// Somebody or something that events name: an actor, an address, a device, an app.
struct Entity
{
    EntityKind kind = EntityKind::Actor;
    std::string path; ///< of the field that names it: actor.alternateId; "target" for an app
    std::string value;

    static Entity actor(std::string value) { return {EntityKind::Actor, "actor.alternateId", std::move(value)}; }
    static Entity address(std::string value) { return {EntityKind::Address, "client.ipAddress", std::move(value)}; }
    static Entity app(std::string value) { return {EntityKind::App, "target", std::move(value)}; }

    bool operator==(const Entity &) const = default;
};

/// What a field's value names, if it names one: actor.alternateId, actor.id, client.ipAddress, request.ipChain.ip,
/// device.id, device.name and debugContext.debugData.dtHash do. No value names nothing.
std::optional<Entity> entityOf(std::string_view path, std::string_view value);
/// Of whom or what a path speaks: actor.displayName of an actor, client.geographicalContext.city of an address,
/// target.id of an App, which stands for users, too. nullopt for what is said of the event itself.
std::optional<EntityKind> entityKindOf(std::string_view path);

/// The filter that finds its events: what an actor did, what came from an address or a device, what was aimed at an
/// app.
std::string entityFilter(const Entity &entity);
/// The filter that finds what others did to an actor; empty for the other kinds.
std::string entityAsTargetFilter(const Entity &entity);
/// The comparison that says that an app (by its alternateId) is among the targets.
std::string appFilter(std::string_view alternateId);

} // namespace octotrail::store
