// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/DocumentFile.h"
#include "ui/searches/SavedSearch.h"

#include <QObject>
#include <vector>

namespace octotrail::ui {

/// The saved searches of a case, and what is done to them. Everything can be undone, the last thing first.
class SavedSearches : public QObject
{
    Q_OBJECT

public:
    explicit SavedSearches(std::shared_ptr<store::Store> store, QObject *parent = nullptr);

    /// As they were read last: by folder and name.
    const std::vector<SavedSearch> &all() const { return m_searches; }
    bool isRead() const { return m_isRead; }
    const SavedSearch *find(const QString &id) const;
    const SavedSearch *findByName(const QString &folder, const QString &name) const;
    QStringList folders() const;

    /// The sources of the case, by which searches name theirs.
    void setSources(const std::vector<store::SourceConfig> &sources);

    /// Under this folder and name; the one that has them already is replaced. Gives the id.
    QString save(const QString &folder, const QString &name, const BarState &state);
    void rename(const QString &id, const QString &name);
    void move(const QStringList &ids, const QString &folder);
    void remove(const QStringList &ids);
    /// Adds what a file had. What is here already stays as it is; another one of the same id comes as a copy.
    void import(const exchange::DocumentFile &file);
    /// As they are kept, for export; all of them if there are no ids.
    std::vector<store::Document> documents(const QStringList &ids) const;

    bool canUndo() const { return !m_undo.empty(); }
    void undo();

Q_SIGNALS:
    void changed();
    /// What was done, as a sentence.
    void done(const QString &sentence);
    void failed(const QString &sentence);

private:
    struct Undo
    {
        QString sentence; ///< what is said when it is undone
        std::vector<store::Document> before;
        std::vector<QString> added;
    };

    void read();
    void write(std::vector<store::Document> documents, const QString &sentence, Undo undo);
    template <class T>
    void watch(const QFuture<T> &future, const QString &sentence, std::optional<Undo> undo);

    store::Documents m_documents;
    std::vector<store::Document> m_read;
    std::vector<store::SourceConfig> m_sources;
    std::vector<SavedSearch> m_searches;
    std::vector<Undo> m_undo;
    bool m_isRead = false;
};

} // namespace octotrail::ui
