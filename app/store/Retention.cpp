// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Retention.h"

#include "store/DocumentBody.h"
#include "store/DocumentTable.h"
#include "store/EventRemoval.h"
#include "store/IntegrityChain.h"
#include "store/StoreFile.h"
#include "store/StorePrivate.h"

#include <QObject>
#include <algorithm>
#include <array>

namespace octotrail::store {

namespace {

/// The kind of the documents that hold the policies; the id is the source's number.
const QString documentKind = QStringLiteral("retention");
/// Events removed in one transaction: pages that are collected meanwhile wait for it.
constexpr std::size_t partEvents = 100'000;

RetentionPolicy policyOf(const Document &document)
{
    const auto body = readBody(document.body);
    if (!body) {
        return {}; // what cannot be read removes nothing
    }
    return {std::max(0, body->value(QStringLiteral("days")).toInt()),
        std::max<std::int64_t>(0, body->value(QStringLiteral("bytes")).toLongLong())};
}

event::Status check(const RetentionPolicy &policy)
{
    if (policy.days < 0 || policy.bytes < 0 || (policy.days > 0 && policy.days < Retention::youngest.count())) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("Events can be removed once they are %1 days old, not before.")
                .arg(Retention::youngest.count()));
    }
    return {};
}

template <class T>
event::Result<T> one(event::Result<duckdb::QueryResult> result, T (*take)(const duckdb::Chunk &))
{
    if (!result) {
        return tl::unexpected(result.error());
    }
    const auto chunk = result->next();
    return chunk && chunk->size() > 0 ? take(*chunk) : T{};
}

/// What the data of the whole store takes up, in bytes.
event::Result<std::int64_t> usedBytes(duckdb::Connection &connection)
{
    return one<std::int64_t>(
        connection.query("SELECT CAST(used_blocks AS BIGINT) * CAST(block_size AS BIGINT) FROM pragma_database_size()"),
        [](const duckdb::Chunk &chunk) { return chunk.column(0).bigint(0); });
}

/// The time before which events go.
event::Result<std::optional<event::Timestamp>> cutoff(
    duckdb::Connection &connection, SourceId source, const RetentionPolicy &policy, event::Timestamp now)
{
    std::optional<event::Timestamp> before;
    if (policy.days > 0) {
        before = now - std::chrono::days(policy.days);
    }
    if (policy.bytes > 0) {
        const auto used = usedBytes(connection);
        const auto all = one<std::int64_t>(connection.query("SELECT count(*) FROM events"),
            [](const duckdb::Chunk &chunk) { return chunk.column(0).bigint(0); });
        if (!used || !all) {
            return tl::unexpected(used ? all.error() : used.error());
        }
        const double bytesAnEvent = static_cast<double>(*used) / static_cast<double>(std::max<std::int64_t>(1, *all));
        const auto kept = static_cast<std::int64_t>(static_cast<double>(policy.bytes) / std::max(1.0, bytesAnEvent));
        const std::array<filter::SqlValue, 2> values{std::int64_t{source}, kept};
        const auto oldestKept = one<std::optional<event::Timestamp>>(
            connection.query("SELECT published FROM events WHERE source = ? AND published IS NOT NULL "
                             "ORDER BY published DESC LIMIT 1 OFFSET ?",
                values),
            [](const duckdb::Chunk &chunk) { return chunk.column(0).time(0); });
        if (!oldestKept) {
            return tl::unexpected(oldestKept.error());
        }
        if (*oldestKept) {
            before = before ? std::max(*before, **oldestKept) : **oldestKept;
        }
    }
    if (before) {
        before = std::min<event::Timestamp>(*before, now - Retention::youngest);
    }
    return before;
}

/// An event whose time cannot be read is as old as its commit: older than all commits that are younger than the cutoff,
/// by the chain, in which removals tell nothing of that.
const std::string due = "source = ? AND (published < ? OR (published IS NULL AND seq < (SELECT "
                        "coalesce(min(first_seq) FILTER (WHERE recorded >= ?), max(last_seq) + 1) FROM integrity "
                        "WHERE kind NOT IN ("
    + std::to_string(static_cast<int>(ChainKind::Removed)) + ", " + std::to_string(static_cast<int>(ChainKind::Damaged))
    + "))))";
std::array<filter::SqlValue, 3> valuesOfDue(SourceId source, event::Timestamp before)
{
    return {std::int64_t{source}, before, event::formatTimestamp(before)};
}
const std::string isHeld = "uuid IN (SELECT uuid FROM annotations)";

event::Result<PurgeReport> previewOf(
    duckdb::Connection &connection, SourceId source, const RetentionPolicy &policy, event::Timestamp now)
{
    PurgeReport report;
    report.source = source;
    const auto before = cutoff(connection, source, policy, now);
    const auto used = usedBytes(connection);
    if (!before || !used) {
        return tl::unexpected(before ? used.error() : before.error());
    }
    report.before = *before;
    report.fileBytesBefore = report.fileBytesAfter = *used;
    if (!report.before) {
        return report;
    }
    auto counts = connection.query(
        "SELECT count(*) FILTER (NOT " + isHeld + "), count(*) FILTER (" + isHeld + ") FROM events WHERE " + due,
        valuesOfDue(source, *report.before));
    if (!counts) {
        return tl::unexpected(counts.error());
    }
    if (const auto chunk = counts->next(); chunk && chunk->size() > 0) {
        report.events = chunk->column(0).bigint(0);
        report.held = chunk->column(1).bigint(0);
    }
    return report;
}

/// Removes the oldest by seq; gives how many there were.
event::Result<std::size_t> removePart(duckdb::Connection &connection, SourceId source, event::Timestamp before)
{
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    auto result = connection.query("SELECT seq FROM events WHERE " + due + " AND NOT " + isHeld + " ORDER BY seq LIMIT "
            + std::to_string(partEvents),
        valuesOfDue(source, before));
    if (!result) {
        return tl::unexpected(result.error());
    }
    std::vector<Seq> seqs;
    while (const auto chunk = result->next()) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            seqs.push_back(chunk->column(0).bigint(row));
        }
    }
    return removeEvents(connection, seqs).and_then([&] { return transaction->commit(); }).map([&] {
        return seqs.size();
    });
}

/// A purge under way. Lives in the writer's thread, where one part follows the other.
struct Purge
{
    Store *store;
    PurgeReport report;
    std::int64_t removed = 0;
    Answer<event::Result<PurgeReport>> answer;
};

/// DuckDB frees a group of rows when the last of them is gone, and a group of blocks is some hundred megabytes: where
/// much of a table was removed, what is left is written anew.
event::Status giveBack(duckdb::Connection &connection, const std::string &table, const std::string &order)
{
    const auto isWorthIt = one<bool>(connection.query("SELECT (SELECT count(*) FROM " + table
                                         + ") * 4 < 3 * (SELECT sum(\"count\") FROM "
                                           "pragma_storage_info('"
                                         + table + "') WHERE column_id = 0 AND segment_type <> 'VALIDITY')"),
        [](const duckdb::Chunk &chunk) { return !chunk.column(0).isNull(0) && chunk.column(0).boolean(0); });
    if (!isWorthIt || !*isWorthIt) {
        return isWorthIt ? event::Status{} : tl::unexpected(isWorthIt.error());
    }
    auto transaction = duckdb::Transaction::begin(connection);
    if (!transaction) {
        return tl::unexpected(transaction.error());
    }
    return connection
        .run("CREATE OR REPLACE TEMP TABLE kept AS SELECT * FROM " + table + "; DELETE FROM " + table + "; INSERT INTO "
            + table + " SELECT * FROM kept ORDER BY " + order + "; DROP TABLE kept")
        .and_then([&] { return transaction->commit(); });
}

void removeNextPart(const std::shared_ptr<Purge> &purge);

void finish(duckdb::Connection &connection, Purge &purge)
{
    // What fails here costs space, nothing else.
    (void)giveBack(connection, "blocks", "first_seq, part")
        .and_then([&] { return giveBack(connection, "block_filters", "first_seq, part"); })
        .and_then([&] { return giveBack(connection, "events", "seq"); });
    (void)connection.run("CHECKPOINT");
    const auto used = usedBytes(connection);
    purge.report.events = purge.removed;
    purge.report.fileBytesAfter = used.value_or(purge.report.fileBytesBefore);
    purge.report.copies = StoreFile::copiesBeside(Store::Private::of(*purge.store).writer.path());
    if (purge.removed > 0) {
        Store::Private::of(*purge.store).cache.clear();
        Q_EMIT purge.store->sourcesChanged();
    }
    purge.answer.give(purge.report);
}

void removeNextPart(const std::shared_ptr<Purge> &purge)
{
    Store::Private::of(*purge->store).writer.run([purge](duckdb::Connection &connection) {
        const auto removed = removePart(connection, purge->report.source, *purge->report.before);
        if (!removed) {
            purge->answer.give(tl::unexpected(Store::Private::of(*purge->store).worded(removed.error())));
            return;
        }
        purge->removed += static_cast<std::int64_t>(*removed);
        if (*removed < partEvents) {
            finish(connection, *purge);
        } else {
            removeNextPart(purge);
        }
    });
}

} // namespace

QString PurgeReport::sentence(const QLocale &locale) const
{
    QString text = QObject::tr("%1 events were removed, which gave back %2. The store takes up %3.")
                       .arg(locale.toString(static_cast<qlonglong>(events)),
                           locale.formattedDataSize(std::max<std::int64_t>(0, fileBytesBefore - fileBytesAfter)),
                           locale.formattedDataSize(fileBytesAfter));
    if (!copies.isEmpty()) {
        text += QObject::tr(" Beside it, %1 may still have them: a copy from before an update, to be removed by hand.")
                    .arg(copies.join(QStringLiteral(", ")));
    }
    return text;
}

QFuture<event::Result<std::map<SourceId, RetentionPolicy>>> Retention::policies() const
{
    using Policies = std::map<SourceId, RetentionPolicy>;
    Store::Private &d = Store::Private::of(*m_store);
    return d.read<Policies>(d.lookups, [](duckdb::Connection &connection, const std::stop_token &) {
        return readDocuments(connection, documentKind).map([](const std::vector<Document> &documents) {
            Policies policies;
            for (const Document &document : documents) {
                policies[document.id.toInt()] = policyOf(document);
            }
            return policies;
        });
    });
}

QFuture<event::Status> Retention::setPolicy(SourceId source, RetentionPolicy policy) const
{
    return Store::Private::of(*m_store).write<void>(
        [source, policy](duckdb::Connection &connection) -> event::Status {
            const QString id = QString::number(source);
            return check(policy).and_then([&]() -> event::Status {
                if (policy.keepsEverything()) {
                    return removeDocument(connection, documentKind, id);
                }
                Document document{documentKind, id, {}, id,
                    writeBody({{QStringLiteral("days"), policy.days},
                        {QStringLiteral("bytes"), static_cast<qlonglong>(policy.bytes)}}),
                    event::now()};
                return writeDocument(connection, document, false);
            });
        },
        [] {});
}

QFuture<event::Result<PurgeReport>> Retention::preview(
    SourceId source, RetentionPolicy policy, event::Timestamp now) const
{
    Store::Private &d = Store::Private::of(*m_store);
    return d.read<PurgeReport>(
        d.searches, [source, policy, now](duckdb::Connection &connection, const std::stop_token &) {
            return check(policy).and_then([&] { return previewOf(connection, source, policy, now); });
        });
}

QFuture<event::Result<PurgeReport>> Retention::purge(
    SourceId source, RetentionPolicy policy, event::Timestamp now) const
{
    auto purge = std::make_shared<Purge>();
    purge->store = m_store.get();
    QFuture<event::Result<PurgeReport>> future = purge->answer.future();
    Store::Private::of(*m_store).writer.run([purge, source, policy, now](duckdb::Connection &connection) {
        const auto preview = check(policy).and_then([&] { return previewOf(connection, source, policy, now); });
        if (!preview) {
            purge->answer.give(tl::unexpected(Store::Private::of(*purge->store).worded(preview.error())));
            return;
        }
        purge->report = *preview;
        if (!purge->report.before || purge->report.events == 0) {
            purge->answer.give(purge->report);
            return;
        }
        removeNextPart(purge);
    });
    return future;
}

} // namespace octotrail::store
