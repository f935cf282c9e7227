// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/ZoneOffsets.h"
#include "store/AlertRecords.h"
#include "store/Entity.h"
#include "store/Store.h"

#include <array>
#include <string>
#include <vector>

namespace octotrail::store {

/// Events in each hour of a week, Monday first.
using WeekHours = std::array<std::array<std::int64_t, 24>, 7>;

/// What is told of an entity's events, each by one or several fields.
enum class EntityAspect { Country, Location, Network, Address, Agent, Device, App, Actor, EventType, Outcome };
inline constexpr int entityAspects = 10;

/// The fields of an aspect, in the order of EntityValue::parts. Of apps it is "target".
std::vector<std::string> aspectPaths(EntityAspect aspect);

struct EntityRequest
{
    Entity entity;
    event::TimeRange range; ///< what is looked at; what was before its beginning is compared with
    std::vector<SourceId> sources{}; ///< empty: all
    event::ZoneOffsets zone{}; ///< whose hours and days they are
    int limit = 10; ///< values of each aspect
};

struct EntityValue
{
    std::vector<std::string> parts; ///< empty ones where an event has none
    std::int64_t count = 0; ///< events in the range
    std::int64_t before = 0; ///< events before the range
    event::Timestamp first, last; ///< in the range

    bool isBlank() const;
};

struct EntityFacet
{
    EntityAspect aspect = EntityAspect::Country;
    std::vector<EntityValue> values; ///< most frequent first
    std::vector<EntityValue> fresh; ///< those that are not there before the range, newest first
    std::int64_t distinct = 0; ///< values in the range, also the blank one
    std::int64_t freshCount = 0;
};

/// What the events say of an entity.
struct EntityData
{
    std::optional<event::Timestamp> first, last; ///< of all its events
    std::int64_t total = 0; ///< of all time
    std::int64_t inRange = 0;
    std::int64_t before = 0; ///< before the range
    std::int64_t timeless = 0; ///< events without a time: in neither
    WeekHours hours{}; ///< in the range
    WeekHours hoursBefore{};
    std::array<EntityFacet, entityAspects> facets{}; ///< by EntityAspect
    std::vector<AlertId>
        alerts; ///< that its events in the range raised or joined, newest first; not all if there are many
    std::int64_t alertCount = 0;

    const EntityFacet &facet(EntityAspect aspect) const { return facets.at(static_cast<std::size_t>(aspect)); }
};

/// Counts what there is to tell about an entity, on one snapshot.
class EntityProfile
{
public:
    explicit EntityProfile(Store &store)
        : m_store(store)
    { }

    /// Requesting a stop interrupts it; it is Cancelled then.
    QFuture<event::Result<EntityData>> count(EntityRequest request, const std::stop_source &stop = {});

private:
    Store &m_store;
};

} // namespace octotrail::store
