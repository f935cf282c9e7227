// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Expression.h"
#include "filter/Sql.h"
#include "filter/SqlText.h"
#include "store/Schema.h"
#include "store/SqlFunctions.h"
#include "store/duckdb/Connection.h"
#include "store/duckdb/Database.h"

#include <cstdlib>
#include <duckdb.h>

using namespace octotrail;

namespace {

using store::duckdb::Connection;

/// Rows whose texts are nothing, empty, an address, and what SQL could take for the end of a literal.
std::string fill()
{
    std::string columns = "seq, source";
    std::string values = "i, 1";
    for (const event::Field &field : event::fields()) {
        columns += ", " + store::schema::quoted(field.path);
        values += field.type == event::FieldType::Text
            ? ", CASE i % 7 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'a''b' WHEN 3 THEN '10.1.2.3' WHEN 4 THEN "
              "'; --' WHEN 5 THEN '%_\\\"' ELSE 'user.session.start' END"
            : ", NULL";
    }
    return "INSERT INTO events(" + columns + ") SELECT " + values + " FROM range(7) rows(i)";
}

/// The tables of a store with a few events, in memory.
Connection &connection(bool hasFunctions)
{
    const auto make = [](bool has) {
        static std::vector<store::duckdb::Database> databases;
        auto database = store::duckdb::Database::open({}, {});
        auto made = database->connect();
        if (!made || !made->run(store::schema::createTables()) || !made->run(fill())
            || (has && !store::registerFunctions(*made))) {
            std::abort();
        }
        databases.push_back(std::move(*database));
        return std::move(*made);
    };
    static Connection own = make(true);
    static Connection plain = make(false);
    return hasFunctions ? own : plain;
}

/// The events that a condition picks. The statement with it has to be one SELECT that DuckDB accepts.
std::vector<std::int64_t> picked(
    Connection &asked, const std::string &condition, const std::vector<filter::SqlValue> &parameters)
{
    const std::string sql = "SELECT seq FROM events WHERE (" + condition + ") ORDER BY seq";
    duckdb_extracted_statements statements = nullptr;
    const idx_t count = duckdb_extract_statements(asked.handle(), sql.c_str(), &statements);
    duckdb_prepared_statement prepared = nullptr;
    const bool isSound = count == 1
        && duckdb_prepare_extracted_statement(asked.handle(), statements, 0, &prepared) == DuckDBSuccess
        && duckdb_prepared_statement_type(prepared) == DUCKDB_STATEMENT_TYPE_SELECT
        && duckdb_nparams(prepared) == parameters.size();
    duckdb_destroy_prepare(&prepared);
    duckdb_destroy_extracted(&statements);
    auto result = asked.query(sql, parameters);
    if (!isSound || !result) {
        std::abort();
    }
    std::vector<std::int64_t> seqs;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            seqs.push_back(chunk->column(0).bigint(row));
        }
    }
    return seqs;
}

} // namespace

/// The SQL of any expression is one SELECT, whatever stands in its literals and paths. The one for people, in whose
/// text the literals stand, picks what the other one does, and needs no function of the store's unless it says so.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(
        reinterpret_cast<const char *>(data), size); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    const auto expression = filter::parse(text);
    if (!expression) {
        return 0;
    }
    const filter::SqlCondition condition = filter::toSql(*expression);
    const filter::SqlText forPeople = filter::toSqlText(*expression, nullptr);
    if (picked(connection(true), condition.text, condition.parameters)
        != picked(connection(forPeople.needsFunctions), forPeople.condition, {})) {
        std::abort();
    }
    return 0;
}
