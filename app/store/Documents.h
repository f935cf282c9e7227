// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"

#include <QByteArray>
#include <QFuture>
#include <QObject>
#include <QString>
#include <memory>
#include <vector>

namespace octotrail::store {

class Store;

/// Something that the analyst has made and named, kept in the case: a saved search, a layout, a rule, a template.
struct Document
{
    QString kind; ///< whose it is: "search", "layout", ...
    QString id; ///< unique within the kind; makeId() gives one
    QString folder; ///< "Phishing/Week 3", or empty
    QString name;
    QByteArray body; ///< JSON or text, of which the kind knows the form
    event::Timestamp modified{}; ///< set by save()
    bool operator==(const Document &) const = default;
};

/// What a document's body was.
struct DocumentVersion
{
    int version = 0; ///< from 1
    QByteArray body;
    event::Timestamp modified{};
    bool operator==(const DocumentVersion &) const = default;
};

/// The documents of a store. Any thread may call; futures finish in the store's threads.
class Documents : public QObject
{
    Q_OBJECT

public:
    explicit Documents(std::shared_ptr<Store> store);
    ~Documents() override;

    static QString makeId();

    /// By folder and name, in the order of letters without regard to case.
    QFuture<event::Result<std::vector<Document>>> list(QString kind);
    /// Adds the document, or replaces the one with its kind and id. With keepVersion its body becomes a version, too,
    /// unless it is that of the newest one. InvalidInput without kind, id or name, and if the body is too large.
    QFuture<event::Status> save(Document document, bool keepVersion = false);
    /// The same for several, all of them or none.
    QFuture<event::Status> saveAll(std::vector<Document> documents, bool keepVersions = false);
    /// The versions stay, so that saving the document again undoes it. One that is not there is no error.
    QFuture<event::Status> remove(QString kind, QString id);
    QFuture<event::Status> removeAll(QString kind, std::vector<QString> ids);
    /// Newest first.
    QFuture<event::Result<std::vector<DocumentVersion>>> versions(QString kind, QString id);

    /// What one document may hold.
    static constexpr qsizetype largestBody = qsizetype{4} << 20;
    /// Of older versions than these the oldest are dropped.
    static constexpr int mostVersions = 500;

Q_SIGNALS:
    /// Documents of this kind were saved or removed, through whichever Documents of the store.
    void changed(const QString &kind);

private:
    std::shared_ptr<Store> m_store;
};

} // namespace octotrail::store
