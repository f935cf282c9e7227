// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/FieldCatalogue.h"
#include "store/duckdb/LogicalType.h"

#include <string>
#include <string_view>
#include <vector>

/// The tables of a store. Columns of events are named by their fields' paths, so that a filter's path is a column.
namespace octotrail::store::schema {

/// "path", with the quotes that a path with dots needs.
std::string quoted(std::string_view name);
/// 'text', for the few places of SQL that take no parameter. Never for a user's literal in a condition.
std::string literal(std::string_view text);

/// Of the events table, in the order of its columns: seq, source, the fields, target, debugData, defects.
inline constexpr std::size_t seqColumn = 0;
inline constexpr std::size_t sourceColumn = 1;
inline constexpr std::size_t firstFieldColumn = 2;
inline std::size_t targetColumn()
{
    return firstFieldColumn + event::fields().size();
}
inline std::size_t debugDataColumn()
{
    return targetColumn() + 1;
}
inline std::size_t defectsColumn()
{
    return targetColumn() + 2;
}

/// The types of these columns, for chunks.
std::vector<duckdb::LogicalType> eventTypes();
/// The types of the blocks table: first_seq, last_seq, part, data.
std::vector<duckdb::LogicalType> blockTypes();

/// The statements that make the tables of version 1.
std::string createTables();

} // namespace octotrail::store::schema
