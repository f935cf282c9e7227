// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventTable.h"

#include "filter/IdSet.h"

#include <charconv>

using namespace octotrail;

namespace {

duckdb_value makeText(std::optional<std::string_view> text)
{
    return text ? duckdb_create_varchar_length(text->data(), text->size()) : duckdb_create_null_value();
}

duckdb_timestamp toDuckDb(event::Timestamp time)
{
    return {time.time_since_epoch().count()};
}

template <class Number>
Number numberIn(std::string_view text)
{
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

duckdb_value makeField(std::string_view text, event::FieldType type)
{
    switch (type) {
    case event::FieldType::Text:
        break;
    case event::FieldType::Integer:
        return duckdb_create_int64(numberIn<std::int64_t>(text));
    case event::FieldType::Number:
        return duckdb_create_double(numberIn<double>(text));
    case event::FieldType::Boolean:
        return duckdb_create_bool(text == "true");
    case event::FieldType::Time:
        return duckdb_create_timestamp(toDuckDb(*event::parseTimestamp(text)));
    }
    return makeText(text);
}

duckdb_value makeParameter(const filter::SqlValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value)) {
        return makeText(*text);
    }
    if (const auto *integer = std::get_if<std::int64_t>(&value)) {
        return duckdb_create_int64(*integer);
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return duckdb_create_double(*number);
    }
    if (const auto *truth = std::get_if<bool>(&value)) {
        return duckdb_create_bool(*truth);
    }
    if (const auto *blob = std::get_if<filter::SqlBlob>(&value)) {
        return duckdb_create_blob(reinterpret_cast<const uint8_t *>(blob->bytes.data()), blob->bytes.size());
    }
    return duckdb_create_timestamp(toDuckDb(std::get<event::Timestamp>(value)));
}

const char *typeName(event::FieldType type)
{
    switch (type) {
    case event::FieldType::Text:
        break;
    case event::FieldType::Integer:
        return "BIGINT";
    case event::FieldType::Number:
        return "DOUBLE";
    case event::FieldType::Boolean:
        return "BOOLEAN";
    case event::FieldType::Time:
        return "TIMESTAMP";
    }
    return "VARCHAR";
}

/// The types that the nested columns are made of.
struct NestedTypes
{
    duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    duckdb_logical_type target = nullptr;
    duckdb_logical_type map = duckdb_create_map_type(text, text);

    NestedTypes()
    {
        std::vector<duckdb_logical_type> types(event::targetMembers.size(), text);
        std::vector<const char *> names;
        for (const auto member : event::targetMembers) {
            names.push_back(member.data());
        }
        target = duckdb_create_struct_type(types.data(), names.data(), names.size());
    }
    ~NestedTypes()
    {
        duckdb_destroy_logical_type(&map);
        duckdb_destroy_logical_type(&target);
        duckdb_destroy_logical_type(&text);
    }
    NestedTypes(const NestedTypes &) = delete;
    NestedTypes &operator=(const NestedTypes &) = delete;
};

void destroyAll(std::vector<duckdb_value> &values)
{
    for (duckdb_value &value : values) {
        duckdb_destroy_value(&value);
    }
}

duckdb_value makeTargets(const std::vector<event::LogEvent::Target> &targets, const NestedTypes &types)
{
    std::vector<duckdb_value> elements;
    elements.reserve(targets.size() + 1); // DuckDB wants an address, even for none
    for (const auto &target : targets) {
        std::vector<duckdb_value> members{
            makeText(target.id), makeText(target.type), makeText(target.alternateId), makeText(target.displayName)};
        elements.push_back(duckdb_create_struct_value(types.target, members.data()));
        destroyAll(members);
    }
    const duckdb_value list = duckdb_create_list_value(types.target, elements.data(), elements.size());
    destroyAll(elements);
    return list;
}

duckdb_value makeDebugData(const event::LogEvent &event, const NestedTypes &types)
{
    std::vector<duckdb_value> keys;
    std::vector<duckdb_value> values;
    keys.reserve(event.debugData().size() + 1);
    values.reserve(event.debugData().size() + 1);
    for (const auto &[key, value] : event.debugData()) {
        keys.push_back(makeText(key));
        values.push_back(makeText(value));
    }
    const duckdb_value map = duckdb_create_map_value(types.map, keys.data(), values.data(), keys.size());
    destroyAll(keys);
    destroyAll(values);
    return map;
}

std::string_view viewOf(duckdb_string_t &text)
{
    return {duckdb_string_t_data(&text), duckdb_string_t_length(text)};
}

void inIds(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output)
{
    auto *ids = static_cast<duckdb_string_t *>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 0)));
    auto *sets = static_cast<duckdb_string_t *>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 1)));
    const auto valid = duckdb_vector_get_validity(duckdb_data_chunk_get_vector(input, 0));
    auto *results = static_cast<bool *>(duckdb_vector_get_data(output));
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        const bool isValid = !valid || duckdb_validity_row_is_valid(valid, row);
        results[row] = isValid && filter::isInIds(viewOf(ids[row]), viewOf(sets[row]));
    }
}

void inNetwork(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output)
{
    auto *addresses = static_cast<duckdb_string_t *>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 0)));
    auto *networks = static_cast<duckdb_string_t *>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(input, 1)));
    const auto valid = duckdb_vector_get_validity(duckdb_data_chunk_get_vector(input, 0));
    auto *results = static_cast<bool *>(duckdb_vector_get_data(output));
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        const bool isValid = !valid || duckdb_validity_row_is_valid(valid, row);
        results[row] = isValid && filter::inNetwork(viewOf(addresses[row]), viewOf(networks[row]));
    }
}

} // namespace

EventTable::EventTable(const std::vector<event::LogEvent> &events)
{
    check(duckdb_open(nullptr, &m_database), "open");
    check(duckdb_connect(m_database, &m_connection), "connect");
    registerFunctions();
    createTable();
    duckdb_appender appender = nullptr;
    check(duckdb_appender_create(m_connection, nullptr, "events", &appender), "appender");
    for (const auto &event : events) {
        append(event, appender);
    }
    check(duckdb_appender_destroy(&appender), "end of appender");
}

EventTable::~EventTable()
{
    duckdb_disconnect(&m_connection);
    duckdb_close(&m_database);
}

bool EventTable::check(duckdb_state state, const char *what)
{
    if (state != DuckDBSuccess && m_error.empty()) {
        m_error = what;
    }
    return state == DuckDBSuccess;
}

void EventTable::registerFunctions()
{
    registerFunction("in_network", DUCKDB_TYPE_VARCHAR, inNetwork);
    registerFunction("in_ids", DUCKDB_TYPE_BLOB, inIds);
}

void EventTable::registerFunction(const char *name, duckdb_type second, duckdb_scalar_function_t body)
{
    duckdb_scalar_function function = duckdb_create_scalar_function();
    duckdb_logical_type text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    duckdb_logical_type other = duckdb_create_logical_type(second);
    duckdb_logical_type boolean = duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN);
    duckdb_scalar_function_set_name(function, name);
    duckdb_scalar_function_add_parameter(function, text);
    duckdb_scalar_function_add_parameter(function, other);
    duckdb_scalar_function_set_return_type(function, boolean);
    duckdb_scalar_function_set_function(function, body);
    check(duckdb_register_scalar_function(m_connection, function), name);
    duckdb_destroy_logical_type(&boolean);
    duckdb_destroy_logical_type(&other);
    duckdb_destroy_logical_type(&text);
    duckdb_destroy_scalar_function(&function);
}

void EventTable::createTable()
{
    std::string sql = "CREATE TABLE events (seq BIGINT";
    for (const event::Field &field : event::fields()) {
        sql += ", \"" + std::string(field.path) + "\" " + typeName(field.type);
    }
    std::string members;
    for (const auto member : event::targetMembers) {
        members += (members.empty() ? "\"" : ", \"") + std::string(member) + "\" VARCHAR";
    }
    sql += ", \"target\" STRUCT(" + members + ")[], \"debugData\" MAP(VARCHAR, VARCHAR))";
    check(duckdb_query(m_connection, sql.c_str(), nullptr), "table");
}

void EventTable::append(const event::LogEvent &event, duckdb_appender appender)
{
    static std::int64_t seq = 0;
    const NestedTypes types;
    std::vector<duckdb_value> row{duckdb_create_int64(++seq)};
    const auto fields = event::fields();
    for (event::FieldId id = 0; id < fields.size(); ++id) {
        const auto text = event.text(id);
        row.push_back(text ? makeField(*text, fields[id].type) : duckdb_create_null_value());
    }
    // A store may write nothing for nothing.
    const bool isNull = event.targets().empty() && seq % 2 == 0;
    row.push_back(isNull ? duckdb_create_null_value() : makeTargets(event.targets(), types));
    const bool isNoMap = event.debugData().empty() && seq % 2 == 0;
    row.push_back(isNoMap ? duckdb_create_null_value() : makeDebugData(event, types));
    for (const duckdb_value &value : row) {
        check(duckdb_append_value(appender, value), "append");
    }
    destroyAll(row);
    check(duckdb_appender_end_row(appender), "row");
}

std::vector<std::optional<bool>> EventTable::evaluate(const filter::SqlCondition &condition)
{
    std::vector<std::optional<bool>> verdicts;
    duckdb_prepared_statement statement = nullptr;
    const std::string sql = "SELECT (" + condition.text + ") FROM events ORDER BY seq";
    if (duckdb_prepare(m_connection, sql.c_str(), &statement) != DuckDBSuccess) {
        m_error = duckdb_prepare_error(statement);
        duckdb_destroy_prepare(&statement);
        return verdicts;
    }
    for (std::size_t i = 0; i < condition.parameters.size(); ++i) {
        duckdb_value value = makeParameter(condition.parameters[i]);
        check(duckdb_bind_value(statement, i + 1, value), "bind");
        duckdb_destroy_value(&value);
    }
    duckdb_result result;
    if (duckdb_execute_prepared(statement, &result) == DuckDBSuccess) {
        while (duckdb_data_chunk chunk = duckdb_fetch_chunk(result)) {
            duckdb_vector vector = duckdb_data_chunk_get_vector(chunk, 0);
            const auto *values = static_cast<const bool *>(duckdb_vector_get_data(vector));
            const auto valid = duckdb_vector_get_validity(vector);
            for (idx_t row = 0; row < duckdb_data_chunk_get_size(chunk); ++row) {
                const bool isValid = !valid || duckdb_validity_row_is_valid(valid, row);
                verdicts.push_back(isValid ? std::optional(values[row]) : std::nullopt);
            }
            duckdb_destroy_data_chunk(&chunk);
        }
    } else {
        m_error = duckdb_result_error(&result);
    }
    duckdb_destroy_result(&result);
    duckdb_destroy_prepare(&statement);
    return verdicts;
}

std::vector<std::string> EventTable::texts(const std::string &sql)
{
    std::vector<std::string> rows;
    duckdb_result result;
    if (duckdb_query(m_connection, sql.c_str(), &result) == DuckDBSuccess) {
        while (duckdb_data_chunk chunk = duckdb_fetch_chunk(result)) {
            auto *values
                = static_cast<duckdb_string_t *>(duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, 0)));
            for (idx_t row = 0; row < duckdb_data_chunk_get_size(chunk); ++row) {
                rows.emplace_back(viewOf(values[row]));
            }
            duckdb_destroy_data_chunk(&chunk);
        }
    } else {
        m_error = duckdb_result_error(&result);
    }
    duckdb_destroy_result(&result);
    return rows;
}
