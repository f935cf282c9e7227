// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Schema.h"

namespace octotrail::store::schema {

using event::FieldType;

namespace {

duckdb_type typeOf(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        break;
    case FieldType::Integer:
        return DUCKDB_TYPE_BIGINT;
    case FieldType::Number:
        return DUCKDB_TYPE_DOUBLE;
    case FieldType::Boolean:
        return DUCKDB_TYPE_BOOLEAN;
    case FieldType::Time:
        return DUCKDB_TYPE_TIMESTAMP;
    }
    return DUCKDB_TYPE_VARCHAR;
}

std::string_view nameOf(FieldType type)
{
    switch (type) {
    case FieldType::Text:
        break;
    case FieldType::Integer:
        return "BIGINT";
    case FieldType::Number:
        return "DOUBLE";
    case FieldType::Boolean:
        return "BOOLEAN";
    case FieldType::Time:
        return "TIMESTAMP";
    }
    return "VARCHAR";
}

std::string enclosed(std::string_view text, char quote)
{
    std::string result(1, quote);
    for (const char c : text) {
        result += c;
        if (c == quote) {
            result += c;
        }
    }
    return result += quote;
}

} // namespace

std::string quoted(std::string_view name)
{
    return enclosed(name, '"');
}

std::string literal(std::string_view text)
{
    return enclosed(text, '\'');
}

std::vector<duckdb::LogicalType> eventTypes()
{
    using duckdb::LogicalType;
    const LogicalType text(DUCKDB_TYPE_VARCHAR);
    std::vector<LogicalType> types;
    types.emplace_back(DUCKDB_TYPE_BIGINT);
    types.emplace_back(DUCKDB_TYPE_INTEGER);
    for (const event::Field &field : event::fields()) {
        types.emplace_back(typeOf(field.type));
    }
    const std::vector<std::string> members(event::targetMembers.begin(), event::targetMembers.end());
    types.push_back(LogicalType::list(LogicalType::structure(members, text)));
    types.push_back(LogicalType::map(text, text));
    types.emplace_back(DUCKDB_TYPE_VARCHAR);
    return types;
}

std::vector<duckdb::LogicalType> blockTypes()
{
    std::vector<duckdb::LogicalType> types;
    types.emplace_back(DUCKDB_TYPE_BIGINT);
    types.emplace_back(DUCKDB_TYPE_BIGINT);
    types.emplace_back(DUCKDB_TYPE_INTEGER);
    types.emplace_back(DUCKDB_TYPE_BLOB);
    return types;
}

std::string createTables()
{
    std::string sql = "CREATE TABLE events(seq BIGINT NOT NULL, source INTEGER NOT NULL";
    for (const event::Field &field : event::fields()) {
        sql += ", " + quoted(field.path) + " " + std::string(nameOf(field.type));
    }
    sql += ", target STRUCT(";
    for (const std::string_view member : event::targetMembers) {
        sql += (member == event::targetMembers.front() ? "" : ", ") + quoted(member) + " VARCHAR";
    }
    sql += ")[], \"debugData\" MAP(VARCHAR, VARCHAR), defects VARCHAR);\n";

    // The bytes of neighbouring events, packed together and cut into parts: a part is small enough to stand inside
    // DuckDB's pages, so that one block is read without touching two thousand others. The parts are compressed
    // already; trying to do it again would only cost time.
    sql += "CREATE TABLE blocks(first_seq BIGINT NOT NULL, last_seq BIGINT NOT NULL, part INTEGER NOT NULL, "
           "data BLOB NOT NULL USING COMPRESSION uncompressed);\n"
           "CREATE TABLE sources(id INTEGER NOT NULL, uuid VARCHAR NOT NULL, name VARCHAR NOT NULL, "
           "config VARCHAR NOT NULL);\n"
           "CREATE TABLE checkpoints(source INTEGER NOT NULL, stream VARCHAR NOT NULL, next_link VARCHAR NOT NULL, "
           "query_hash VARCHAR NOT NULL, newest_published TIMESTAMP, updated TIMESTAMP);\n"
           "CREATE TABLE profiles(source INTEGER NOT NULL, kind VARCHAR NOT NULL, id VARCHAR NOT NULL, "
           "status VARCHAR, name VARCHAR, login VARCHAR, last_updated TIMESTAMP, seen TIMESTAMP, "
           "bytes BLOB NOT NULL);\n";
    return sql;
}

} // namespace octotrail::store::schema
