// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/Expression.h"
#include "filter/Sql.h"
#include "store/Schema.h"
#include "store/SqlFunctions.h"
#include "store/duckdb/Connection.h"
#include "store/duckdb/Database.h"

#include <cstdlib>
#include <duckdb.h>

using namespace octotrail;

namespace {

/// The tables of a store, empty, in memory.
store::duckdb::Connection &connection()
{
    static auto database = store::duckdb::Database::open({}, {});
    static auto connection = [] {
        auto made = database->connect();
        if (!made || !made->run(store::schema::createTables()) || !store::registerFunctions(*made)) {
            std::abort();
        }
        return std::move(*made);
    }();
    return connection;
}

} // namespace

/// The SQL of any expression is one SELECT that DuckDB accepts, whatever stands in its literals and paths.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(
        reinterpret_cast<const char *>(data), size); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    const auto expression = filter::parse(text);
    if (!expression) {
        return 0;
    }
    const filter::SqlCondition condition = filter::toSql(*expression);
    const std::string sql = "SELECT seq FROM events WHERE (" + condition.text + ")";
    duckdb_extracted_statements statements = nullptr;
    const idx_t count = duckdb_extract_statements(connection().handle(), sql.c_str(), &statements);
    duckdb_prepared_statement prepared = nullptr;
    const bool isSound = count == 1
        && duckdb_prepare_extracted_statement(connection().handle(), statements, 0, &prepared) == DuckDBSuccess
        && duckdb_prepared_statement_type(prepared) == DUCKDB_STATEMENT_TYPE_SELECT
        && duckdb_nparams(prepared) == condition.parameters.size();
    duckdb_destroy_prepare(&prepared);
    duckdb_destroy_extracted(&statements);
    if (!isSound || !connection().query(sql, condition.parameters)) {
        std::abort();
    }
    return 0;
}
