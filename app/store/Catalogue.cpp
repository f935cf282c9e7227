// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Catalogue.h"

#include <QObject>
#include <string>

namespace octotrail::store {

namespace {

/// What tells of things of one kind that a file may have, and the name of each.
struct Listing
{
    const char *function;
    const char *name;
    const char *others; ///< what is in every file
};

/// Every function is called by its whole name: a macro of the file cannot stand in its place.
std::string sqlOf(const Listing &listing)
{
    return std::string("SELECT ") + listing.name + " FROM system.main." + listing.function
        + "() WHERE database_name = system.main.current_database() AND NOT (" + listing.others + ") LIMIT 1";
}

} // namespace

event::Status checkCatalogue(duckdb::Connection &connection, const QString &file)
{
    static constexpr Listing listings[]{{"duckdb_views", "view_name", "internal"},
        {"duckdb_functions", "function_name", "internal"}, {"duckdb_schemas", "schema_name", "schema_name = 'main'"},
        {"duckdb_types", "type_name", "internal"}, {"duckdb_sequences", "sequence_name", "false"}};
    for (const Listing &listing : listings) {
        auto found = connection.query(sqlOf(listing));
        if (!found) {
            return tl::unexpected(found.error());
        }
        const auto chunk = found->next();
        if (!chunk || chunk->size() == 0) {
            continue;
        }
        constexpr qsizetype longest = 60;
        const std::string_view name = chunk->column(0).text(0);
        return event::failure(event::ErrorKind::Refused,
            QObject::tr(
                "%1 has something of its own that runs when it is read (\u201c%2\u201d), which no case has: what it "
                "shows may not be what it holds. It stays closed. Ask where it comes from; octotrail recover "
                "FILE --out NEW saves what events it finds in the pages of the file.")
                .arg(file,
                    QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).simplified().left(longest)));
    }
    return {};
}

} // namespace octotrail::store
