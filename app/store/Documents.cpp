// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Documents.h"

#include "store/AlertSql.h"
#include "store/DocumentTable.h"
#include "store/StorePrivate.h"

#include <QLocale>
#include <QUuid>
#include <set>

namespace octotrail::store {

namespace {

event::Status check(const Document &document)
{
    if (document.kind.isEmpty() || document.id.isEmpty() || document.name.trimmed().isEmpty()) {
        return event::failure(event::ErrorKind::InvalidInput, QObject::tr("It needs a name to be saved under."));
    }
    if (document.body.size() > Documents::largestBody) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("\u201c%1\u201d is too large to be kept in the case: %2, where %3 are the most.")
                .arg(document.name.left(100), QLocale().formattedDataSize(document.body.size()),
                    QLocale().formattedDataSize(Documents::largestBody)));
    }
    return {};
}

/// Runs change in a transaction of the writer's, then tells of these kinds.
template <class F>
QFuture<event::Status> writeAndTell(Store &store, std::set<QString> kinds, F change)
{
    Store::Private &data = Store::Private::of(store);
    return data.write<void>(
        [change = std::move(change)](duckdb::Connection &connection) {
            return alertsql::inTransaction(connection, [&] { return change(connection); });
        },
        [kinds = std::move(kinds), news = &data.documentNews] {
            for (const QString &kind : kinds) {
                Q_EMIT news->changed(kind);
            }
        });
}

} // namespace

Documents::Documents(std::shared_ptr<Store> store)
    : m_store(std::move(store))
{
    connect(&Store::Private::of(*m_store).documentNews, &DocumentNews::changed, this, &Documents::changed);
}

Documents::~Documents() = default;

QString Documents::makeId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QFuture<event::Result<std::vector<Document>>> Documents::list(QString kind)
{
    Store::Private &d = Store::Private::of(*m_store);
    return d.read<std::vector<Document>>(
        d.lookups, [kind = std::move(kind)](duckdb::Connection &connection, const std::stop_token &) {
            return readDocuments(connection, kind);
        });
}

QFuture<event::Status> Documents::save(Document document, bool keepVersion)
{
    return saveAll({std::move(document)}, keepVersion);
}

QFuture<event::Status> Documents::saveAll(std::vector<Document> documents, bool keepVersions)
{
    std::set<QString> kinds;
    for (Document &document : documents) {
        if (event::Status status = check(document); !status) {
            const Answer<event::Status> answer;
            answer.give(std::move(status));
            return answer.future();
        }
        document.modified = event::now();
        kinds.insert(document.kind);
    }
    return writeAndTell(*m_store, std::move(kinds),
        [documents = std::move(documents), keepVersions](duckdb::Connection &connection) -> event::Status {
            for (const Document &document : documents) {
                if (event::Status written = writeDocument(connection, document, keepVersions); !written) {
                    return written;
                }
            }
            return {};
        });
}

QFuture<event::Status> Documents::remove(QString kind, QString id)
{
    return removeAll(std::move(kind), {std::move(id)});
}

QFuture<event::Status> Documents::removeAll(QString kind, std::vector<QString> ids)
{
    return writeAndTell(
        *m_store, {kind}, [kind, ids = std::move(ids)](duckdb::Connection &connection) -> event::Status {
            for (const QString &id : ids) {
                if (event::Status removed = removeDocument(connection, kind, id); !removed) {
                    return removed;
                }
            }
            return {};
        });
}

QFuture<event::Result<std::vector<DocumentVersion>>> Documents::versions(QString kind, QString id)
{
    Store::Private &d = Store::Private::of(*m_store);
    return d.read<std::vector<DocumentVersion>>(d.lookups,
        [kind = std::move(kind), id = std::move(id)](
            duckdb::Connection &connection, const std::stop_token &) { return readVersions(connection, kind, id); });
}

} // namespace octotrail::store
