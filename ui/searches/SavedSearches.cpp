// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/searches/SavedSearches.h"

#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <algorithm>

// Of a static library resources are to be asked for, outside of any namespace.
static void initSearches()
{
    Q_INIT_RESOURCE(searches);
}

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString shown(const QString &name)
{
    return singleLine(name, 60);
}

} // namespace

SavedSearches::SavedSearches(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_documents(std::move(store))
{
    initSearches();
    connect(&m_documents, &store::Documents::changed, this, [this](const QString &kind) {
        if (kind == searchKind) {
            read();
        }
    });
    read();
}

void SavedSearches::read()
{
    whenFinished(
        m_documents.list(searchKind), this, [this](const event::Result<std::vector<store::Document>> &documents) {
            if (!documents) {
                Q_EMIT failed(documents.error().sentence);
                return;
            }
            if (m_isRead && *documents == m_read) {
                return; // a list that somebody writes a name into is not to be made anew for nothing
            }
            m_read = *documents;
            m_isRead = true;
            setSources(m_sources);
        });
}

void SavedSearches::setSources(const std::vector<store::SourceConfig> &sources)
{
    m_sources = sources;
    m_searches.clear();
    for (const store::Document &document : m_read) {
        m_searches.push_back(readSearch(document, m_sources));
    }
    Q_EMIT changed();
}

const SavedSearch *SavedSearches::find(const QString &id) const
{
    const auto found
        = std::ranges::find_if(m_searches, [&](const SavedSearch &each) { return each.document.id == id; });
    return found == m_searches.end() ? nullptr : &*found;
}

const SavedSearch *SavedSearches::findByName(const QString &folder, const QString &name) const
{
    const auto found = std::ranges::find_if(m_searches, [&](const SavedSearch &each) {
        return each.document.folder.compare(folder, Qt::CaseInsensitive) == 0
            && each.document.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == m_searches.end() ? nullptr : &*found;
}

QStringList SavedSearches::folders() const
{
    QStringList folders;
    for (const SavedSearch &search : m_searches) {
        if (!search.document.folder.isEmpty() && !folders.contains(search.document.folder)) {
            folders << search.document.folder;
        }
    }
    return folders;
}

std::vector<store::Document> SavedSearches::documents(const QStringList &ids) const
{
    std::vector<store::Document> documents;
    std::ranges::copy_if(m_read, std::back_inserter(documents),
        [&](const store::Document &each) { return ids.isEmpty() || ids.contains(each.id); });
    return documents;
}

template <class T>
void SavedSearches::watch(const QFuture<T> &future, const QString &sentence, std::optional<Undo> undo)
{
    whenFinished(future, this, [this, sentence, undo = std::move(undo)](const event::Status &status) {
        if (!status) {
            Q_EMIT failed(status.error().sentence);
            return;
        }
        if (undo) {
            m_undo.push_back(*undo);
        }
        Q_EMIT done(sentence);
    });
}

void SavedSearches::write(std::vector<store::Document> documents, const QString &sentence, Undo undo)
{
    watch(m_documents.saveAll(std::move(documents)), sentence, std::move(undo));
}

QString SavedSearches::save(const QString &folder, const QString &name, const BarState &state)
{
    store::Document document{
        searchKind, store::Documents::makeId(), tidyFolder(folder), name.simplified(), bodyOf(state, m_sources), {}};
    const SavedSearch *old = findByName(document.folder, document.name);
    Undo undo;
    if (old) {
        document.id = old->document.id;
        undo.before = {old->document};
        undo.sentence = tr("\u201c%1\u201d is as it was before.").arg(shown(document.name));
    } else {
        undo.added = {document.id};
        undo.sentence = tr("\u201c%1\u201d is not saved any more.").arg(shown(document.name));
    }
    write({document},
        old ? tr("\u201c%1\u201d was replaced.").arg(shown(document.name))
            : tr("\u201c%1\u201d was saved.").arg(shown(document.name)),
        std::move(undo));
    return document.id;
}

void SavedSearches::rename(const QString &id, const QString &name)
{
    const SavedSearch *search = find(id);
    const QString tidied = name.simplified().left(exchange::longestDocumentName);
    if (!search || tidied.isEmpty() || tidied == search->document.name) {
        return;
    }
    if (const SavedSearch *other = findByName(search->document.folder, tidied); other && other != search) {
        Q_EMIT failed(tr("There is a search \u201c%1\u201d in this folder already.").arg(shown(tidied)));
        Q_EMIT changed(); // what was typed into the list goes again
        return;
    }
    store::Document document = search->document;
    document.name = tidied;
    write({document}, tr("Renamed to \u201c%1\u201d.").arg(shown(tidied)),
        {tr("It is called \u201c%1\u201d again.").arg(shown(search->document.name)), {search->document}, {}});
}

void SavedSearches::move(const QStringList &ids, const QString &folder)
{
    const QString to = tidyFolder(folder);
    std::vector<store::Document> moved;
    Undo undo;
    for (const store::Document &document : documents(ids)) {
        if (document.folder != to && !ids.isEmpty()) {
            undo.before.push_back(document);
            moved.push_back(document);
            moved.back().folder = to;
        }
    }
    if (moved.empty()) {
        return;
    }
    undo.sentence = tr("Moved back.");
    const QString sentence
        = to.isEmpty() ? tr("Moved out of all folders.") : tr("Moved to \u201c%1\u201d.").arg(shown(to));
    write(std::move(moved), sentence, std::move(undo));
}

void SavedSearches::remove(const QStringList &ids)
{
    if (ids.isEmpty()) {
        return;
    }
    Undo undo{{}, documents(ids), {}};
    if (undo.before.empty()) {
        return;
    }
    const bool isOne = undo.before.size() == 1;
    const QString name = shown(undo.before.front().name);
    const auto count = static_cast<int>(undo.before.size());
    undo.sentence = isOne ? tr("\u201c%1\u201d is back.").arg(name) : tr("%1 searches are back.").arg(count);
    watch(m_documents.removeAll(searchKind, {ids.begin(), ids.end()}),
        isOne ? tr("\u201c%1\u201d was deleted.").arg(name) : tr("%1 searches were deleted.").arg(count),
        std::move(undo));
}

void SavedSearches::import(const exchange::DocumentFile &file)
{
    std::vector<store::Document> added;
    Undo undo;
    int known = 0;
    int wrong = static_cast<int>(file.skipped.size());
    for (store::Document document : file.documents) {
        if (const auto read = store::Document(document);
            !readSearch(read, m_sources).problem.isEmpty() && readSearch(read, m_sources).state.filter.isEmpty()) {
            ++wrong;
            continue;
        }
        document.folder = tidyFolder(document.folder);
        const auto here = std::ranges::find(m_read, document.id, &store::Document::id);
        const bool isSame = here != m_read.end() && here->body == document.body;
        if (isSame) {
            ++known;
            continue;
        }
        if (here != m_read.end() || document.id.isEmpty()) {
            document.id = store::Documents::makeId();
        }
        const QString name = document.name;
        const auto isTaken = [&] {
            return findByName(document.folder, document.name)
                || std::ranges::any_of(added, [&](const store::Document &each) {
                       return each.folder == document.folder && each.name == document.name;
                   });
        };
        for (int n = 2; isTaken(); ++n) {
            document.name = u"%1 (%2)"_s.arg(name).arg(n);
        }
        undo.added.push_back(document.id);
        added.push_back(std::move(document));
    }
    QString sentence
        = added.size() == 1 ? tr("One search was imported.") : tr("%1 searches were imported.").arg(added.size());
    if (known > 0) {
        sentence += u' ' + tr("%1 were here already.").arg(known);
    }
    if (wrong > 0) {
        sentence += u' ' + tr("%1 could not be read.").arg(wrong);
    }
    if (added.empty()) {
        Q_EMIT done(sentence);
        return;
    }
    undo.sentence = tr("What was imported is gone again.");
    write(std::move(added), sentence, std::move(undo));
}

void SavedSearches::undo()
{
    if (m_undo.empty()) {
        return;
    }
    const Undo last = std::move(m_undo.back());
    m_undo.pop_back();
    if (!last.added.empty()) {
        watch(m_documents.removeAll(searchKind, last.added), last.sentence, std::nullopt);
    }
    if (!last.before.empty()) {
        watch(m_documents.saveAll(last.before), last.sentence, std::nullopt);
    }
}

} // namespace octotrail::ui
