// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/Annotator.h"

#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QLocale>
#include <QPointer>
#include <algorithm>

namespace octotrail::ui {

using store::Annotation;
using store::AnnotationChange;
using store::Seq;

namespace {

/// A change that was made already when it comes to the stack.
class AnnotationCommand : public QUndoCommand
{
public:
    AnnotationCommand(Annotator &annotator, AnnotationBook &book, AnnotationChange change, const QString &text)
        : QUndoCommand(text)
        , m_annotator(&annotator)
        , m_book(&book)
        , m_change(std::move(change))
    { }

    void undo() override { put(m_change.before); }
    void redo() override
    {
        if (std::exchange(m_made, false)) {
            return;
        }
        put(m_change.after);
    }

private:
    void put(const std::vector<Annotation> &annotations)
    {
        if (m_annotator && m_book) {
            whenFinished(m_book->annotations().put(annotations), m_annotator,
                [annotator = m_annotator](const event::Status &done) {
                    if (!done) {
                        Q_EMIT annotator->failed(done.error().sentence);
                    }
                });
        }
    }

    QPointer<Annotator> m_annotator;
    QPointer<AnnotationBook> m_book;
    AnnotationChange m_change;
    bool m_made = true;
};

} // namespace

QString eventsInWords(std::size_t count)
{
    return count == 1 ? Annotator::tr("1 event")
                      : Annotator::tr("%1 events").arg(QLocale().toString(static_cast<qulonglong>(count)));
}

Annotator::Annotator(AnnotationBook &book, QUndoStack &undo, QObject *parent)
    : QObject(parent)
    , m_book(book)
    , m_undo(undo)
{ }

void Annotator::toggleBookmark(const std::vector<Seq> &seqs)
{
    const bool all = std::ranges::all_of(seqs, [this](Seq seq) {
        const Annotation *annotation = m_book.find(seq);
        return annotation && annotation->bookmarked;
    });
    store::AnnotationEdit change;
    change.bookmarked = !all;
    edit(seqs, change, (all ? tr("Remove the bookmark of %1") : tr("Bookmark %1")).arg(eventsInWords(seqs.size())));
}

void Annotator::setTags(const std::vector<Seq> &seqs, const QStringList &add, const QStringList &remove)
{
    store::AnnotationEdit change;
    change.addTags = add;
    change.removeTags = remove;
    edit(seqs, change, tr("Tag %1").arg(eventsInWords(seqs.size())));
}

void Annotator::setNote(const std::vector<Seq> &seqs, const QString &note)
{
    store::AnnotationEdit change;
    change.note = note;
    edit(seqs, change,
        (note.trimmed().isEmpty() ? tr("Remove the note of %1") : tr("Note on %1")).arg(eventsInWords(seqs.size())));
}

void Annotator::clear(const std::vector<Seq> &seqs)
{
    store::AnnotationEdit change;
    change.bookmarked = false;
    change.note = QString();
    for (const Seq seq : seqs) {
        if (const Annotation *annotation = m_book.find(seq)) {
            change.removeTags << annotation->tags;
        }
    }
    change.removeTags.removeDuplicates();
    edit(seqs, change, tr("Remove the marks of %1").arg(eventsInWords(seqs.size())));
}

void Annotator::renameTag(const QString &tag, const QString &name)
{
    const QString kept = store::normalizedTag(name);
    if (kept == tag) {
        return;
    }
    AnnotationChange change;
    for (const Annotation &annotation : m_book.all()) {
        if (!annotation.tags.contains(tag, Qt::CaseInsensitive)) {
            continue;
        }
        Annotation after = annotation;
        after.tags.removeIf([&](const QString &old) { return old.compare(tag, Qt::CaseInsensitive) == 0; });
        if (!kept.isEmpty() && !after.tags.contains(kept, Qt::CaseInsensitive)) {
            after.tags << kept;
            after.tags.sort(Qt::CaseInsensitive);
        }
        change.before.push_back(annotation);
        change.after.push_back(std::move(after));
    }
    const QString shown = singleLine(tag, 64);
    replace(std::move(change),
        kept.isEmpty() ? tr("Remove the tag \u201c%1\u201d").arg(shown)
                       : tr("Rename the tag \u201c%1\u201d").arg(shown));
}

void Annotator::edit(const std::vector<Seq> &seqs, store::AnnotationEdit edit, const QString &text)
{
    if (seqs.empty()) {
        return;
    }
    whenFinished(
        m_book.annotations().edit(seqs, std::move(edit)), this, [this, text](event::Result<AnnotationChange> change) {
            if (!change) {
                Q_EMIT failed(change.error().sentence);
            } else if (!change->isEmpty()) {
                m_undo.push(new AnnotationCommand(*this, m_book, std::move(*change), text)); // the stack owns it
                Q_EMIT changed(text);
            }
        });
}

void Annotator::replace(AnnotationChange change, const QString &text)
{
    if (change.isEmpty()) {
        return;
    }
    const auto written = m_book.annotations().put(change.after);
    whenFinished(written, this, [this, change = std::move(change), text](const event::Status &done) mutable {
        if (!done) {
            Q_EMIT failed(done.error().sentence);
            return;
        }
        m_undo.push(new AnnotationCommand(*this, m_book, std::move(change), text));
        Q_EMIT changed(text);
    });
}

} // namespace octotrail::ui
