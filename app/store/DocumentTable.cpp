// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/DocumentTable.h"

#include "store/AlertSql.h"

#include <array>

namespace octotrail::store {

using alertsql::forEachRow;
using alertsql::qString;

namespace {

QByteArray bytes(std::string_view blob)
{
    return {blob.data(), static_cast<qsizetype>(blob.size())};
}

std::array<filter::SqlValue, 2> keyOf(const QString &kind, const QString &id)
{
    return {kind.toStdString(), id.toStdString()};
}

event::Status writeVersion(duckdb::Connection &connection, const Document &document)
{
    const auto key = keyOf(document.kind, document.id);
    int newest = 0;
    bool isSame = false;
    const event::Status read = forEachRow(connection,
        "SELECT version, body FROM document_versions WHERE kind = ? AND id = ? ORDER BY version DESC LIMIT 1", key,
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            newest = chunk.column(0).integer(row);
            isSame = bytes(chunk.column(1).text(row)) == document.body;
        });
    if (!read || isSame) {
        return read;
    }
    auto insert = connection.prepare("INSERT INTO document_versions VALUES (?, ?, ?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    insert->bindText(1, document.kind.toStdString());
    insert->bindText(2, document.id.toStdString());
    insert->bindInteger(3, newest + 1);
    insert->bindBlob(4, {document.body.constData(), static_cast<std::size_t>(document.body.size())});
    insert->bindTime(5, document.modified);
    if (const auto inserted = insert->execute(); !inserted) {
        return tl::unexpected(inserted.error());
    }
    return connection
        .query("DELETE FROM document_versions WHERE kind = ? AND id = ? AND version <= "
                + std::to_string(newest + 1 - Documents::mostVersions),
            key)
        .map([](const duckdb::QueryResult &) {});
}

} // namespace

event::Status createDocuments(duckdb::Connection &connection)
{
    return connection.run("CREATE TABLE documents(kind VARCHAR NOT NULL, id VARCHAR NOT NULL, folder VARCHAR NOT NULL, "
                          "name VARCHAR NOT NULL, body BLOB NOT NULL, modified TIMESTAMP NOT NULL);\n"
                          "CREATE TABLE document_versions(kind VARCHAR NOT NULL, id VARCHAR NOT NULL, "
                          "version INTEGER NOT NULL, body BLOB NOT NULL, modified TIMESTAMP NOT NULL);\n");
}

event::Result<std::vector<Document>> readDocuments(duckdb::Connection &connection, const QString &kind)
{
    const std::array<filter::SqlValue, 1> key{kind.toStdString()};
    std::vector<Document> documents;
    return forEachRow(connection,
        "SELECT id, folder, name, body, modified FROM documents WHERE kind = ? "
        "ORDER BY lower(folder), lower(name), id",
        key,
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            documents.push_back({kind, qString(chunk.column(0).text(row)), qString(chunk.column(1).text(row)),
                qString(chunk.column(2).text(row)), bytes(chunk.column(3).text(row)),
                chunk.column(4).time(row).value_or(event::Timestamp())});
        })
        .map([&] { return std::move(documents); });
}

event::Result<std::vector<DocumentVersion>> readVersions(
    duckdb::Connection &connection, const QString &kind, const QString &id)
{
    std::vector<DocumentVersion> versions;
    return forEachRow(connection,
        "SELECT version, body, modified FROM document_versions WHERE kind = ? AND id = ? ORDER BY version DESC",
        keyOf(kind, id),
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            versions.push_back({chunk.column(0).integer(row), bytes(chunk.column(1).text(row)),
                chunk.column(2).time(row).value_or(event::Timestamp())});
        })
        .map([&] { return std::move(versions); });
}

event::Status writeDocument(duckdb::Connection &connection, const Document &document, bool keepVersion)
{
    if (const event::Status removed = removeDocument(connection, document.kind, document.id); !removed) {
        return removed;
    }
    auto insert = connection.prepare("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    insert->bindText(1, document.kind.toStdString());
    insert->bindText(2, document.id.toStdString());
    insert->bindText(3, document.folder.toStdString());
    insert->bindText(4, document.name.toStdString());
    insert->bindBlob(5, {document.body.constData(), static_cast<std::size_t>(document.body.size())});
    insert->bindTime(6, document.modified);
    if (const auto inserted = insert->execute(); !inserted) {
        return tl::unexpected(inserted.error());
    }
    return keepVersion ? writeVersion(connection, document) : event::Status();
}

event::Status removeDocument(duckdb::Connection &connection, const QString &kind, const QString &id)
{
    return connection.query("DELETE FROM documents WHERE kind = ? AND id = ?", keyOf(kind, id))
        .map([](const duckdb::QueryResult &) {});
}

} // namespace octotrail::store
