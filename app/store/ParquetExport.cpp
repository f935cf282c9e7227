// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/ParquetExport.h"

#include "store/ColumnPaths.h"
#include "store/MemoryLimit.h"
#include "store/PickedSeqs.h"
#include "store/ReadAhead.h"
#include "store/Schema.h"
#include "store/SearchRunner.h"
#include "store/SqlGuard.h"
#include "store/duckdb/ChunkFeed.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace octotrail::store {

namespace {

constexpr std::size_t pieceEvents = 65'536;
/// So many events, for each one that is wanted, are passed over rather than that all that are wanted are put in order
/// at once.
constexpr std::size_t mostReach = 32;

/// What a field is in SQL; empty if it has no column.
std::string expressionFor(const std::string &path)
{
    if (path == "target" || path == "seq") {
        return "events." + path;
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
    if (const auto key = debugDataKey(path)) {
        return debugDataValue(*key);
    }
    if (path.starts_with(event::debugDataPrefix)) {
        return debugDataValue(std::string_view(path).substr(event::debugDataPrefix.size()));
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

std::vector<std::span<const Seq>> piecesOf(std::span<const Seq> seqs)
{
    std::vector<std::span<const Seq>> pieces;
    for (; !seqs.empty(); seqs = seqs.subspan(pieces.back().size())) {
        pieces.push_back(seqs.first(std::min(pieceEvents, seqs.size())));
    }
    return pieces;
}

/// Whether neighbours in the order stand near each other in the store. If they do not, DuckDB is to order all events
/// at once: it writes them aside for that, and reads them again.
bool areTogether(std::span<const std::span<const Seq>> pieces)
{
    std::size_t reach = 0;
    std::size_t events = 0;
    for (const auto &piece : pieces) {
        const auto [least, most] = std::ranges::minmax(piece);
        reach += static_cast<std::size_t>(most - least) + 1;
        events += piece.size();
    }
    return reach <= events * mostReach;
}

/// The columns of the events in picked, in their order.
std::string selectPicked(const std::string &columns, const std::string &condition = "true")
{
    return "SELECT " + columns + " FROM events JOIN picked ON picked.seq = events.seq WHERE " + condition
        + " ORDER BY picked.position";
}

/// The same, a piece at a time.
class OrderedRows
{
public:
    OrderedRows(
        duckdb::Connection &connection, const std::string &columns, std::span<const std::span<const Seq>> pieces)
        : m_connection(connection)
        , m_columns(columns)
        , m_left(pieces)
    { }

    /// Nothing after the last.
    event::Result<std::optional<duckdb::Chunk>> next()
    {
        for (;;) {
            if (m_piece) {
                if (auto chunk = m_piece->next()) {
                    return chunk;
                }
                if (event::Status read = m_piece->status(); !read) {
                    return tl::unexpected(read.error());
                }
                m_piece.reset();
            }
            if (m_left.empty()) {
                return std::nullopt;
            }
            if (event::Status read = readPiece(); !read) {
                return tl::unexpected(read.error());
            }
        }
    }

private:
    event::Status readPiece()
    {
        const auto piece = m_left.front();
        m_left = m_left.subspan(1);
        const auto [least, most] = std::ranges::minmax(piece);
        const std::size_t end = m_position + piece.size();
        auto rows = m_connection.stream(selectPicked(m_columns,
            "picked.position >= " + std::to_string(m_position) + " AND picked.position < " + std::to_string(end)
                + " AND events.seq BETWEEN " + std::to_string(least) + " AND " + std::to_string(most)));
        m_position = end;
        return std::move(rows).map([this](duckdb::QueryResult &&result) { m_piece.emplace(std::move(result)); });
    }

    duckdb::Connection &m_connection;
    const std::string &m_columns;
    std::span<const std::span<const Seq>> m_left;
    std::size_t m_position = 0; ///< of the first that is left
    std::optional<duckdb::QueryResult> m_piece;
};

/// A SELECT that gives what the rows give, by way of the feed, under the fields' names.
std::string selectFromFeed(const std::vector<std::string> &fields)
{
    std::string columns;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        columns += (i == 0 ? "c" : ", c") + std::to_string(i) + " AS " + schema::quoted(fields[i]);
    }
    return "SELECT " + columns + " FROM octotrail_chunk()";
}

event::Result<std::int64_t> copyTo(duckdb::Connection &writing, const std::string &select, const QString &part)
{
    return writing
        .query("COPY (" + select + ") TO " + schema::literal(QFile::encodeName(part).toStdString())
            + " (FORMAT parquet, COMPRESSION zstd)")
        .map([](duckdb::QueryResult &&result) { return result.number(); });
}

event::Result<std::int64_t> copyPieces(const duckdb::Database &database, duckdb::Connection &reading,
    std::span<const std::span<const Seq>> pieces, const std::string &columns, const std::vector<std::string> &fields,
    const QString &part)
{
    // Two threads have to do: one puts the events in order while the other one packs those before.
    ReadAhead rows([ordered = std::make_shared<OrderedRows>(reading, columns, pieces)] { return ordered->next(); });
    auto writing = database.connect(); // the connection of the rows is busy with them
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    const auto first = rows.next();
    if (!first) {
        return tl::unexpected(first.error());
    }
    if (!*first) {
        return copyTo(*writing, "SELECT " + columns + " FROM events WHERE false", part);
    }
    std::vector<duckdb::LogicalType> types;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        types.push_back(duckdb::LogicalType::of(duckdb_data_chunk_get_vector((*first)->handle(), i)));
    }
    duckdb::ChunkFeed feed(std::move(types), [&, given = *first]() mutable -> event::Result<const duckdb::Chunk *> {
        return given ? std::exchange(given, nullptr) : rows.next();
    });
    const duckdb::ChunkFeed::Use use(feed);
    return copyTo(*writing, selectFromFeed(fields), part).map_error([&](event::Error &&error) {
        return feed.error().value_or(std::move(error));
    });
}

} // namespace

event::Result<std::int64_t> writeParquet(const duckdb::Database &database, duckdb::Connection &connection,
    BlockCache &cache, const QString &storeFile, const EventQuery &query, const QString &file,
    const std::vector<std::string> &fields, const std::stop_token &stop)
{
    return SearchRunner(connection, cache, stop).all(query).and_then([&](const std::vector<Seq> &seqs) {
        return writeParquet(database, connection, storeFile, seqs, file, fields);
    });
}

event::Result<std::int64_t> writeParquet(const duckdb::Database &database, duckdb::Connection &connection,
    const QString &storeFile, std::span<const Seq> seqs, const QString &file, const std::vector<std::string> &fields)
{
    const auto columns = columnsOf(fields);
    if (!columns) {
        return tl::unexpected(columns.error());
    }
    // With little, DuckDB writes aside what it packs. What it may not take, it does without.
    duckdb::MemoryAllowance allowance(connection);
    (void)allowance.set(moreMegabytes().back());
    if (auto picked = pickSeqs(connection, seqs); !picked) {
        return tl::unexpected(picked.error());
    }
    const auto pieces = piecesOf(seqs);
    // Where DuckDB may write; from there to where it is wanted.
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
            written = (pieces.size() > 1 && areTogether(pieces)
                    ? copyPieces(database, connection, pieces, *columns, fields, part)
                    : copyTo(connection, selectPicked(*columns), part))
                          .and_then([&](std::int64_t count) -> event::Result<std::int64_t> {
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

} // namespace octotrail::store
