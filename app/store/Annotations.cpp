// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Annotations.h"

#include "store/AlertSql.h"
#include "store/AnnotationTable.h"
#include "store/StorePrivate.h"

#include <QLocale>
#include <algorithm>
#include <map>

namespace octotrail::store {

namespace {

constexpr qsizetype longestTag = 64;

void sortTags(QStringList &tags)
{
    std::ranges::sort(tags, [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) < 0; });
    const auto tail = std::ranges::unique(
        tags, [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; });
    tags.erase(tail.begin(), tail.end());
}

event::Status check(const Annotation &annotation)
{
    if (annotation.note.size() > Annotations::longestNote) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("The note is too long: %1 characters are the most.")
                .arg(QLocale().toString(Annotations::longestNote)));
    }
    if (annotation.tags.size() > Annotations::mostTags) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("An event can have %1 tags at most.").arg(Annotations::mostTags));
    }
    return {};
}

Annotation edited(Annotation annotation, const AnnotationEdit &edit)
{
    annotation.bookmarked = edit.bookmarked.value_or(annotation.bookmarked);
    for (const QString &tag : edit.removeTags) {
        annotation.tags.removeIf([&](const QString &old) { return old.compare(tag, Qt::CaseInsensitive) == 0; });
    }
    for (const QString &tag : edit.addTags) {
        if (const QString kept = normalizedTag(tag); !kept.isEmpty()) {
            annotation.tags << kept;
        }
    }
    sortTags(annotation.tags);
    if (edit.note) {
        annotation.note = edit.note->trimmed();
    }
    return annotation;
}

/// Writes what differs from what is there, and gives it.
event::Result<AnnotationChange> writeChanged(duckdb::Connection &connection, const std::vector<Annotation> &before,
    const std::function<Annotation(const Annotation &)> &change)
{
    AnnotationChange changed;
    for (const Annotation &old : before) {
        Annotation now = change(old);
        if (now.bookmarked == old.bookmarked && now.tags == old.tags && now.note == old.note) {
            continue;
        }
        if (const event::Status status = check(now); !status) {
            return tl::unexpected(status.error());
        }
        now.modified = event::now();
        changed.before.push_back(old);
        changed.after.push_back(std::move(now));
    }
    return writeAnnotations(connection, changed.after).map([&] { return std::move(changed); });
}

/// Runs change in a transaction of the writer's, then tells of it.
template <class T, class F>
QFuture<event::Result<T>> writeAndTell(Store &store, F change)
{
    Store::Private &data = Store::Private::of(store);
    return data.write<T>(
        [change = std::move(change)](duckdb::Connection &connection) -> event::Result<T> {
            event::Result<T> result;
            const event::Status done = alertsql::inTransaction(connection, [&] {
                result = change(connection);
                return result ? event::Status() : event::Status(tl::unexpected(result.error()));
            });
            return done ? std::move(result) : event::Result<T>(tl::unexpected(done.error()));
        },
        [&data] {
            data.cache.profiles().invalidateAnnotations();
            Q_EMIT data.annotationNews.changed();
        });
}

} // namespace

QString normalizedTag(const QString &tag)
{
    QString kept;
    for (const QChar c : tag.simplified()) {
        if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format) {
            kept += c;
        }
    }
    kept.truncate(longestTag);
    if (!kept.isEmpty() && kept.back().isHighSurrogate()) {
        kept.chop(1);
    }
    return kept.trimmed();
}

Annotations::Annotations(std::shared_ptr<Store> store)
    : m_store(std::move(store))
{
    connect(&Store::Private::of(*m_store).annotationNews, &AnnotationNews::changed, this, &Annotations::changed);
}

Annotations::~Annotations() = default;

QFuture<event::Result<std::vector<Annotation>>> Annotations::list()
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<std::vector<Annotation>>(data.lookups,
        [](duckdb::Connection &connection, const std::stop_token &) { return readAnnotations(connection); });
}

QFuture<event::Result<AnnotationChange>> Annotations::edit(std::vector<Seq> seqs, AnnotationEdit edit)
{
    return writeAndTell<AnnotationChange>(*m_store,
        [seqs = std::move(seqs), edit = std::move(edit)](
            duckdb::Connection &connection) -> event::Result<AnnotationChange> {
            if (seqs.size() > mostAtOnce) {
                return event::failure(event::ErrorKind::InvalidInput,
                    QObject::tr("%1 events are too many to mark at once; %2 are the most. Choose fewer of them.")
                        .arg(QLocale().toString(static_cast<qulonglong>(seqs.size())),
                            QLocale().toString(static_cast<qulonglong>(mostAtOnce))));
            }
            const auto before = readAnnotationsOf(connection, std::span<const Seq>(seqs));
            if (!before) {
                return tl::unexpected(before.error());
            }
            return writeChanged(connection, *before, [&](const Annotation &old) { return edited(old, edit); });
        });
}

QFuture<event::Status> Annotations::put(std::vector<Annotation> annotations)
{
    return writeAndTell<void>(
        *m_store, [annotations = std::move(annotations)](duckdb::Connection &connection) -> event::Status {
            for (const Annotation &annotation : annotations) {
                if (event::Status status = check(annotation); !status) {
                    return status;
                }
            }
            return writeAnnotations(connection, annotations);
        });
}

QFuture<event::Result<AnnotationChange>> Annotations::merge(std::vector<Annotation> annotations)
{
    return writeAndTell<AnnotationChange>(*m_store,
        [annotations = std::move(annotations)](duckdb::Connection &connection) -> event::Result<AnnotationChange> {
            std::map<QString, const Annotation *> incoming;
            std::vector<QString> uuids;
            for (const Annotation &annotation : annotations) {
                if (!annotation.uuid.isEmpty() && incoming.emplace(annotation.uuid, &annotation).second) {
                    uuids.push_back(annotation.uuid);
                }
            }
            auto before = readAnnotationsOf(connection, std::span<const QString>(uuids));
            if (!before) {
                return tl::unexpected(before.error());
            }
            std::map<QString, Annotation> here;
            for (Annotation &annotation : *before) {
                here.emplace(annotation.uuid, std::move(annotation));
            }
            before->clear();
            for (const QString &uuid : uuids) {
                const auto known = here.find(uuid);
                const Annotation &given = *incoming[uuid];
                before->push_back(
                    known != here.end() ? known->second : Annotation{uuid, given.published, 0, false, {}, {}});
            }
            return writeChanged(connection, *before, [&](const Annotation &old) {
                const Annotation &given = *incoming[old.uuid];
                AnnotationEdit edit;
                edit.addTags = given.tags;
                if (given.bookmarked) {
                    edit.bookmarked = true;
                }
                if (!given.note.isEmpty() && !old.note.contains(given.note)) {
                    edit.note = old.note.isEmpty() ? given.note : old.note + QStringLiteral("\n\n") + given.note;
                }
                return edited(old, edit);
            });
        });
}

} // namespace octotrail::store
