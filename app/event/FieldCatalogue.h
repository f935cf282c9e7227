// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace octotrail::event {

enum class FieldType { Text, Integer, Number, Boolean, Time };

/// A field of an event that the store keeps in a column of its own, named by Okta's path.
struct Field
{
    std::string_view path; ///< e.g. client.ipAddress: the filter path and the name of the column
    FieldType type;
    std::string_view caption; ///< short English title for a table header; pass through tr()
};

/// Every extracted field with a single value. The index into this list is a FieldId.
/// Okta's System Log schema: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
std::span<const Field> fields();

using FieldId = std::size_t;

/// The field with this path; ASCII case does not matter (RFC 7644 section 3.4.2.2). nullopt if it has no column.
std::optional<FieldId> fieldByPath(std::string_view path);

/// Ids that code refers to by name.
namespace field {
inline constexpr FieldId Uuid = 0;
inline constexpr FieldId Published = 1;
inline constexpr FieldId EventType = 2;
inline constexpr FieldId Version = 3;
inline constexpr FieldId Severity = 4;
inline constexpr FieldId DisplayMessage = 5;
inline constexpr FieldId LegacyEventType = 6;
inline constexpr FieldId ActorId = 7;
inline constexpr FieldId ActorType = 8;
inline constexpr FieldId ActorAlternateId = 9;
inline constexpr FieldId ActorDisplayName = 10;
inline constexpr FieldId ClientIpAddress = 11;
inline constexpr FieldId ClientCity = 12;
inline constexpr FieldId ClientState = 13;
inline constexpr FieldId ClientCountry = 14;
inline constexpr FieldId OutcomeResult = 15;
inline constexpr FieldId OutcomeReason = 16;
} // namespace field

/// The columns that every target has in the store, as a list of structs: target[].id and so on.
inline constexpr std::array<std::string_view, 4> targetMembers{"id", "type", "alternateId", "displayName"};

/// The prefix of the free map that Okta calls no data contract; keys with no field of their own are kept in a map.
inline constexpr std::string_view debugDataPrefix = "debugContext.debugData.";

} // namespace octotrail::event
