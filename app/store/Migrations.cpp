// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Migrations.h"

#include "store/AlertSql.h"
#include "store/AnnotationTable.h"
#include "store/BlockFilter.h"
#include "store/CoverageTable.h"
#include "store/DocumentTable.h"
#include "store/IntegrityChain.h"
#include "store/ProfileChangeTable.h"
#include "store/Schema.h"
#include "store/SortHeads.h"
#include "store/ValueCounts.h"

#include <QObject>
#include <array>
#include <charconv>

namespace octotrail::store {

namespace {

constexpr std::string_view applicationName = "octotrail";

event::Status createStore(duckdb::Connection &connection)
{
    return connection.run(schema::createTables()).and_then([&] {
        return connection.run("CREATE TABLE meta(\"key\" VARCHAR NOT NULL, \"value\" VARCHAR NOT NULL);"
                              "INSERT INTO meta VALUES ('application', "
            + schema::literal(applicationName) + "), ('schema', '1'), ('highest_seq', '0')");
    });
}

event::Status createAlerts(duckdb::Connection &connection)
{
    return connection.run(alertsql::createTables());
}

event::Status addAlertActors(duckdb::Connection &connection)
{
    return connection.run(alertsql::addActors());
}

tl::unexpected<event::Error> foreign()
{
    return event::failure(event::ErrorKind::Corrupt, QObject::tr("it is a DuckDB database, but no Octotrail store"));
}

} // namespace

std::span<const Migration> migrations()
{
    static const std::array steps{Migration{1, createStore}, Migration{2, createAlerts},
        Migration{3, addProfileHistory}, Migration{4, createCoverage}, Migration{5, createDocuments},
        Migration{6, createAnnotations}, Migration{7, createIntegrityChain}, Migration{8, createBlockFilters},
        Migration{9, addAlertActors}, Migration{10, createSortHeads}, Migration{11, createValueCounts}};
    return steps;
}

event::Result<int> schemaVersion(duckdb::Connection &connection)
{
    int tables = 0;
    bool ours = false;
    auto names = connection.query("SELECT table_name FROM information_schema.tables "
                                  "WHERE table_catalog = current_database() AND table_schema = 'main'");
    if (!names) {
        return tl::unexpected(names.error());
    }
    while (const auto chunk = names->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            ++tables;
            ours = ours || chunk->column(0).text(row) == "meta";
        }
    }
    if (tables == 0) {
        return 0;
    }
    if (!ours) {
        return foreign();
    }
    auto versions = connection.query("SELECT s.\"value\" FROM meta s, meta a WHERE s.\"key\" = 'schema' "
                                     "AND a.\"key\" = 'application' AND a.\"value\" = "
        + schema::literal(applicationName));
    const auto chunk = versions ? versions->next() : std::nullopt;
    if (!chunk || chunk->size() != 1) {
        return foreign();
    }
    const std::string_view text = chunk->column(0).text(0);
    int version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc() || end != text.data() + text.size() || version < 1) {
        return foreign();
    }
    return version;
}

event::Status migrate(duckdb::Connection &connection, std::span<const Migration> steps)
{
    const auto version = schemaVersion(connection);
    if (!version) {
        return tl::unexpected(version.error());
    }
    for (const Migration &step : steps) {
        if (step.version <= *version) {
            continue;
        }
        auto transaction = duckdb::Transaction::begin(connection);
        if (!transaction) {
            return tl::unexpected(transaction.error());
        }
        event::Status status = step.apply(connection)
                                   .and_then([&] {
                                       return connection.run("UPDATE meta SET \"value\" = '"
                                           + std::to_string(step.version) + "' WHERE \"key\" = 'schema'");
                                   })
                                   .and_then([&] { return transaction->commit(); });
        if (!status) {
            return status;
        }
    }
    return {};
}

} // namespace octotrail::store
