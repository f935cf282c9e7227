// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/annotations/AnnotationBook.h"

#include <QUndoStack>

namespace octotrail::ui {

/// Changes what is noted of events, in steps that can be undone.
class Annotator : public QObject
{
    Q_OBJECT

public:
    Annotator(AnnotationBook &book, QUndoStack &undo, QObject *parent = nullptr);

    /// Bookmarks the events, or, if all of them are bookmarked, none of them.
    void toggleBookmark(const std::vector<store::Seq> &seqs);
    void setTags(const std::vector<store::Seq> &seqs, const QStringList &add, const QStringList &remove);
    void setNote(const std::vector<store::Seq> &seqs, const QString &note);
    /// Takes away all that is noted of them.
    void clear(const std::vector<store::Seq> &seqs);
    /// Renames a tag wherever it is; an empty name takes it away.
    void renameTag(const QString &tag, const QString &name);

Q_SIGNALS:
    void failed(const QString &sentence);
    /// A change was made; the text says which: "Bookmark 3 events".
    void changed(const QString &text);

private:
    void edit(const std::vector<store::Seq> &seqs, store::AnnotationEdit edit, const QString &text);
    void replace(store::AnnotationChange change, const QString &text);

    AnnotationBook &m_book;
    QUndoStack &m_undo;
};

/// "1 event", "3 events"
QString eventsInWords(std::size_t count);

} // namespace octotrail::ui
