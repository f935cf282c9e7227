// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ParquetExport.h"

#include "store/PickedSeqs.h"
#include "store/QueryPlan.h"
#include "store/Schema.h"
#include "store/SearchRunner.h"
#include "store/SqlGuard.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>

namespace octotrail::store {

namespace {

/// What a field is in SQL; empty if it has no column.
std::string expressionFor(const std::string &path)
{
    if (path == "target" || path == "seq") {
        return path;
    }
    if (path == "source") {
        return "(SELECT name FROM sources WHERE sources.id = events.source)";
    }
    if (path == "annotation.bookmarked") {
        return "coalesce((SELECT bookmarked FROM annotations a WHERE a.uuid = events.uuid), false)";
    }
    if (path == "annotation.tag") {
        return "(SELECT tags FROM annotations a WHERE a.uuid = events.uuid)";
    }
    if (path == "annotation.note") {
        return "(SELECT nullif(note, '') FROM annotations a WHERE a.uuid = events.uuid)";
    }
    const auto id = event::fieldByPath(path);
    if (id) {
        return schema::quoted(event::fields()[*id].path);
    }
    if (path.starts_with(event::debugDataPrefix)) {
        return "\"debugData\"[" + schema::literal(path.substr(event::debugDataPrefix.size())) + "]";
    }
    return {};
}

event::Result<std::string> columnsOf(const std::vector<std::string> &fields)
{
    std::string columns;
    for (const std::string &path : fields) {
        const std::string expression = expressionFor(path);
        if (expression.empty()) {
            return event::failure(event::ErrorKind::InvalidInput,
                QObject::tr(
                    "%1 has no column and cannot be written to Parquet. Leave it out, or export as CSV or JSON.")
                    .arg(QString::fromStdString(path)));
        }
        columns += (columns.empty() ? "" : ", ") + expression + " AS " + schema::quoted(path);
    }
    if (columns.empty()) {
        return event::failure(event::ErrorKind::InvalidInput, QObject::tr("Name at least one field to export."));
    }
    return columns;
}

/// A SELECT, without its columns, and what its question marks stand for.
struct Rows
{
    std::string from;
    std::vector<filter::SqlValue> parameters;
};

event::Result<Rows> pickedRows(duckdb::Connection &connection, std::span<const Seq> seqs)
{
    return pickSeqs(connection, seqs).map([] {
        return Rows{" FROM events JOIN picked ON picked.seq = events.seq ORDER BY picked.position", {}};
    });
}

event::Result<Rows> queriedRows(
    duckdb::Connection &connection, BlockCache &cache, const EventQuery &query, const std::stop_token &stop)
{
    const auto plan = planQuery(connection, cache, query);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (plan->exact) {
        return Rows{" FROM events WHERE " + plan->where + " ORDER BY " + plan->orderBy, plan->parameters};
    }
    return SearchRunner(connection, cache, stop).all(query).and_then([&](const std::vector<Seq> &seqs) {
        return pickedRows(connection, seqs);
    });
}

/// Where DuckDB may write; from there to where it is wanted.
event::Result<std::int64_t> copyToParquet(duckdb::Connection &connection, const QString &storeFile, const Rows &rows,
    const std::string &columns, const QString &file)
{
    const QString parent = exportFolder(storeFile);
    QDir().mkpath(parent);
    QFile::setPermissions(parent, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    event::Result<std::int64_t> written;
    {
        const QTemporaryDir folder(parent + QStringLiteral("/XXXXXX"));
        const QString part = folder.filePath(QStringLiteral("part.parquet"));
        if (!folder.isValid()) {
            written = event::failure(event::ErrorKind::Storage, folder.errorString());
        } else {
            const std::string copy = "COPY (SELECT " + columns + rows.from + ") TO "
                + schema::literal(QFile::encodeName(part).toStdString()) + " (FORMAT parquet, COMPRESSION zstd)";
            written = connection.query(copy, rows.parameters)
                          .and_then([&](duckdb::QueryResult &&result) -> event::Result<std::int64_t> {
                              const std::int64_t count = result.number();
                              QFile::remove(file);
                              QFile source(part); // renames, or copies to another file system
                              if (!source.rename(file)) {
                                  return event::failure(event::ErrorKind::Storage, source.errorString());
                              }
                              return count;
                          });
        }
    }
    QDir().rmdir(parent); // unless another export is under way
    return written;
}

} // namespace

event::Result<std::int64_t> writeParquet(duckdb::Connection &connection, BlockCache &cache, const QString &storeFile,
    const EventQuery &query, const QString &file, const std::vector<std::string> &fields, const std::stop_token &stop)
{
    return columnsOf(fields).and_then([&](const std::string &columns) {
        return queriedRows(connection, cache, query, stop).and_then([&](const Rows &rows) {
            return copyToParquet(connection, storeFile, rows, columns, file);
        });
    });
}

event::Result<std::int64_t> writeParquet(duckdb::Connection &connection, const QString &storeFile,
    std::span<const Seq> seqs, const QString &file, const std::vector<std::string> &fields)
{
    return columnsOf(fields).and_then([&](const std::string &columns) {
        return pickedRows(connection, seqs).and_then([&](const Rows &rows) {
            return copyToParquet(connection, storeFile, rows, columns, file);
        });
    });
}

} // namespace octotrail::store
