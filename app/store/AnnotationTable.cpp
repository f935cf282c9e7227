// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AnnotationTable.h"

#include "event/Json.h"
#include "store/AlertSql.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace octotrail::store {

using alertsql::forEachRow;
using alertsql::qString;

namespace {

constexpr std::size_t rowsAtOnce = 200;
const std::string columns = "a.uuid, a.published, a.seq, a.bookmarked, array_to_string(a.tags, chr(10)), a.note, "
                            "a.modified";

Annotation annotationIn(const duckdb::Chunk &chunk, std::size_t row)
{
    Annotation annotation;
    annotation.uuid = qString(chunk.column(0).text(row));
    annotation.published = chunk.column(1).time(row);
    annotation.seq = chunk.column(2).bigint(row);
    annotation.bookmarked = chunk.column(3).boolean(row);
    annotation.tags = qString(chunk.column(4).text(row)).split(u'\n', Qt::SkipEmptyParts);
    annotation.note = qString(chunk.column(5).text(row));
    annotation.modified = chunk.column(6).time(row);
    return annotation;
}

filter::SqlValue textOf(const QString &text)
{
    return text.toStdString();
}

/// Calls ask with the parts of a list, a few hundred at a time.
template <class T, class F>
event::Status inParts(std::span<const T> all, F ask)
{
    for (std::size_t first = 0; first < all.size(); first += alertsql::textsAtOnce) {
        const auto part = all.subspan(first, std::min(alertsql::textsAtOnce, all.size() - first));
        if (event::Status status = ask(part); !status) {
            return status;
        }
    }
    return {};
}

/// The seqs that the events have now: what was removed and collected again has another one.
event::Status findSeqs(duckdb::Connection &connection, std::vector<Annotation> &annotations)
{
    std::unordered_map<std::string, Seq> byUuid;
    const auto keep = [&byUuid](const duckdb::Chunk &chunk, std::size_t row) {
        byUuid.emplace(chunk.column(1).text(row), chunk.column(0).bigint(row));
    };
    std::vector<Seq> seqs;
    for (const Annotation &annotation : annotations) {
        if (annotation.seq > 0) {
            seqs.push_back(annotation.seq);
        }
    }
    std::ranges::sort(seqs);
    event::Status status = inParts(std::span<const Seq>(seqs), [&](std::span<const Seq> part) {
        return forEachRow(connection,
            "SELECT seq, uuid FROM events WHERE seq BETWEEN " + std::to_string(part.front()) + " AND "
                + std::to_string(part.back()) + " AND seq IN " + alertsql::listOf(part),
            {}, keep);
    });
    std::vector<const Annotation *> lost;
    for (const Annotation &annotation : annotations) {
        if (annotation.published && !byUuid.contains(annotation.uuid.toStdString())) {
            lost.push_back(&annotation);
        }
    }
    if (status) {
        status = inParts(std::span<const Annotation *const>(lost), [&](std::span<const Annotation *const> part) {
            std::vector<filter::SqlValue> parameters;
            for (const Annotation *annotation : part) {
                parameters.emplace_back(*annotation->published);
            }
            for (const Annotation *annotation : part) {
                parameters.push_back(textOf(annotation->uuid));
            }
            const std::string list = alertsql::marks(part.size());
            return forEachRow(connection,
                "SELECT seq, uuid FROM events WHERE published IN " + list + " AND uuid IN " + list, parameters, keep);
        });
    }
    for (Annotation &annotation : annotations) {
        const auto found = byUuid.find(annotation.uuid.toStdString());
        annotation.seq = found == byUuid.end() ? 0 : found->second;
    }
    return status;
}

} // namespace

event::Status createAnnotations(duckdb::Connection &connection)
{
    return connection.run("CREATE TABLE annotations(uuid VARCHAR NOT NULL, published TIMESTAMP, seq BIGINT NOT NULL, "
                          "bookmarked BOOLEAN NOT NULL, tags VARCHAR[] NOT NULL, note VARCHAR NOT NULL, "
                          "modified TIMESTAMP NOT NULL);");
}

event::Result<std::vector<Annotation>> readAnnotations(duckdb::Connection &connection)
{
    std::vector<Annotation> annotations;
    event::Status read
        = forEachRow(connection, "SELECT " + columns + " FROM annotations a ORDER BY a.published NULLS LAST, a.uuid",
            {}, [&](const duckdb::Chunk &chunk, std::size_t row) { annotations.push_back(annotationIn(chunk, row)); });
    if (read) {
        read = findSeqs(connection, annotations);
    }
    if (!read) {
        return tl::unexpected(read.error());
    }
    return annotations;
}

event::Result<std::vector<Annotation>> readAnnotationsOf(duckdb::Connection &connection, std::span<const Seq> seqs)
{
    std::vector<Annotation> events;
    std::vector<Seq> sorted(seqs.begin(), seqs.end());
    std::ranges::sort(sorted);
    const event::Status read = inParts(std::span<const Seq>(sorted), [&](std::span<const Seq> part) {
        return forEachRow(connection,
            "SELECT uuid, published, seq FROM events WHERE seq BETWEEN " + std::to_string(part.front()) + " AND "
                + std::to_string(part.back()) + " AND seq IN " + alertsql::listOf(part) + " ORDER BY seq",
            {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
                Annotation &event = events.emplace_back();
                event.uuid = qString(chunk.column(0).text(row));
                event.published = chunk.column(1).time(row);
                event.seq = chunk.column(2).bigint(row);
            });
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    std::vector<QString> uuids;
    std::ranges::transform(events, std::back_inserter(uuids), &Annotation::uuid);
    auto known = readAnnotationsOf(connection, uuids);
    if (!known) {
        return tl::unexpected(known.error());
    }
    std::map<QString, Annotation *> byUuid;
    for (Annotation &annotation : *known) {
        byUuid.emplace(annotation.uuid, &annotation);
    }
    for (Annotation &event : events) {
        if (const auto found = byUuid.find(event.uuid); found != byUuid.end()) {
            const Seq seq = event.seq;
            event = *found->second;
            event.seq = seq;
        }
    }
    return events;
}

event::Result<std::vector<Annotation>> readAnnotationsOf(duckdb::Connection &connection, std::span<const QString> uuids)
{
    std::vector<Annotation> annotations;
    const event::Status read = inParts(uuids, [&](std::span<const QString> part) {
        std::vector<filter::SqlValue> parameters;
        std::ranges::transform(part, std::back_inserter(parameters), textOf);
        return forEachRow(connection,
            "SELECT " + columns + " FROM annotations a WHERE a.uuid IN " + alertsql::marks(part.size()), parameters,
            [&](const duckdb::Chunk &chunk, std::size_t row) { annotations.push_back(annotationIn(chunk, row)); });
    });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return annotations;
}

event::Status writeAnnotations(duckdb::Connection &connection, std::span<const Annotation> annotations)
{
    const event::Status removed = inParts(annotations, [&](std::span<const Annotation> part) {
        std::vector<filter::SqlValue> uuids;
        std::ranges::transform(
            part, std::back_inserter(uuids), [](const Annotation &annotation) { return textOf(annotation.uuid); });
        return connection.query("DELETE FROM annotations WHERE uuid IN " + alertsql::marks(part.size()), uuids)
            .map([](auto &&) {});
    });
    std::vector<const Annotation *> kept;
    for (const Annotation &annotation : annotations) {
        if (!annotation.isEmpty()) {
            kept.push_back(&annotation);
        }
    }
    if (!removed) {
        return removed;
    }
    for (std::size_t first = 0; first < kept.size(); first += rowsAtOnce) {
        const auto part = std::span(kept).subspan(first, std::min(rowsAtOnce, kept.size() - first));
        std::string sql = "INSERT INTO annotations VALUES ";
        std::vector<filter::SqlValue> values;
        for (const Annotation *annotation : part) {
            sql += values.empty() ? "" : ", ";
            sql += "(?, " + std::string(annotation->published ? "?" : "NULL")
                + ", ?, ?, list_filter(string_split(?, chr(10)), lambda t: t <> ''), ?, ?)";
            values.push_back(textOf(annotation->uuid));
            if (annotation->published) {
                values.emplace_back(*annotation->published);
            }
            values.emplace_back(annotation->seq);
            values.emplace_back(annotation->bookmarked);
            values.push_back(textOf(annotation->tags.join(u'\n')));
            values.push_back(textOf(annotation->note));
            values.emplace_back(annotation->modified.value_or(event::now()));
        }
        if (const auto inserted = connection.query(sql, values); !inserted) {
            return tl::unexpected(inserted.error());
        }
    }
    return {};
}

event::Result<std::shared_ptr<filter::DocumentIndex>> readAnnotationDocuments(duckdb::Connection &connection)
{
    auto documents = std::make_shared<filter::DocumentIndex>();
    const event::Status read = forEachRow(
        connection, "SELECT " + columns + " FROM annotations a", {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            const Annotation annotation = annotationIn(chunk, row);
            std::string json = R"({"bookmarked":)" + std::string(annotation.bookmarked ? "true" : "false");
            std::string_view separator = R"(,"tag":[)";
            for (const QString &tag : annotation.tags) {
                json += std::string(separator) + event::quoteJson(tag.toStdString());
                separator = ",";
            }
            json += annotation.tags.isEmpty() ? "" : "]";
            if (!annotation.note.isEmpty()) {
                json += R"(,"note":)" + event::quoteJson(annotation.note.toStdString());
            }
            documents->add(annotation.uuid.toStdString(), json + "}");
        });
    if (!read) {
        return tl::unexpected(read.error());
    }
    return documents;
}

} // namespace octotrail::store
