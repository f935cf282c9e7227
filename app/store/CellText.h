// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/FieldCatalogue.h"
#include "event/Json.h"
#include "store/duckdb/Chunk.h"

#include <QString>
#include <string_view>

/// The texts of a table's cells: bounded, since everything in an event may be hostile.
namespace octotrail::store {

inline constexpr qsizetype cellLimit = 1000;

/// The text, cut after cellLimit characters.
QString cellText(std::string_view utf8);
/// The value of a field's column in canonical text; null if there is none.
QString fieldText(const duckdb::Column &column, event::FieldType type, std::size_t row);
/// alice@example.com (User), Salesforce (AppInstance); null if there are no targets. With another separator than the
/// comma, which may be part of a name, a name has no line ends.
QString targetSummary(const duckdb::Column &column, std::size_t row, QStringView separator = u", ");
/// What the path names in the event, joined by commas; null if there is nothing.
QString valuesText(std::string_view json, const event::FieldPath &path);

} // namespace octotrail::store
