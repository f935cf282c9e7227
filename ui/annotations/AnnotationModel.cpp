// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/AnnotationModel.h"

#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::Annotation;

namespace {

constexpr std::size_t readAtOnce = 500;
enum Cell : std::size_t { MessageCell, TypeCell, ActorCell, ActorNameCell };

} // namespace

int marksOf(const Annotation &annotation)
{
    return (annotation.bookmarked ? Bookmarked : 0) | (annotation.tags.isEmpty() ? 0 : Tagged)
        | (annotation.note.isEmpty() ? 0 : Noted);
}

AnnotationModel::AnnotationModel(std::shared_ptr<store::Store> store, AnnotationBook &book, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(std::move(store))
    , m_book(book)
{
    connect(&m_book, &AnnotationBook::changed, this, &AnnotationModel::fill);
    fill();
}

void AnnotationModel::setChoice(const Choice &choice)
{
    m_choice = choice;
    fill();
}

void AnnotationModel::fill()
{
    std::vector<Annotation> rows;
    std::ranges::copy_if(m_book.all(), std::back_inserter(rows), [this](const Annotation &annotation) {
        return (!m_choice.bookmarked || annotation.bookmarked) && (!m_choice.noted || !annotation.note.isEmpty())
            && (m_choice.tag.isEmpty() || annotation.tags.contains(m_choice.tag, Qt::CaseInsensitive));
    });
    const bool sameEvents = std::ranges::equal(
        rows, m_rows, {}, [](const Annotation &one) { return std::pair(one.uuid, one.seq); },
        [](const Annotation &one) { return std::pair(one.uuid, one.seq); });
    if (sameEvents) {
        m_rows = std::move(rows);
        if (!m_rows.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
    } else {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }
    readEvents();
    Q_EMIT filled();
}

void AnnotationModel::readEvents()
{
    if (m_reading) {
        return;
    }
    std::vector<store::Seq> missing;
    for (const Annotation &annotation : m_rows) {
        if (annotation.seq > 0 && !m_events.contains(annotation.seq) && missing.size() < readAtOnce) {
            missing.push_back(annotation.seq);
        }
    }
    if (missing.empty()) {
        return;
    }
    m_reading = true;
    whenFinished(m_store->rows(missing, {"displayMessage", "eventType", "actor.alternateId", "actor.displayName"}),
        this, [this, missing](event::Result<std::vector<store::EventRow>> rows) {
            m_reading = false;
            if (!rows) {
                Q_EMIT failed(rows.error().sentence);
                return;
            }
            for (const store::Seq seq : missing) {
                m_events.insert(seq, {}); // also what is gone: it is not asked for again
            }
            for (store::EventRow &row : *rows) {
                m_events.insert(row.seq, std::move(row));
            }
            if (!m_rows.empty()) {
                Q_EMIT dataChanged(index(0, Message), index(rowCount() - 1, Actor));
            }
            readEvents();
        });
}

void AnnotationModel::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, Time), index(rowCount() - 1, Time));
    }
}

int AnnotationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AnnotationModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AnnotationModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Annotation &annotation = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case SeqRole:
        return static_cast<qint64>(annotation.seq);
    case MarksRole:
        return marksOf(annotation);
    case UuidRole:
        return annotation.uuid;
    case Qt::ToolTipRole:
        return toolTip(annotationText(annotation));
    case Qt::AccessibleTextRole:
        if (index.column() == Marks) {
            return annotationText(annotation);
        }
        [[fallthrough]];
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    const auto event = m_events.constFind(annotation.seq);
    const auto cell = [&](Cell which) {
        return event != m_events.cend() && event->cells.size() > which ? singleLine(event->cells[which], 200)
                                                                       : QString();
    };
    switch (index.column()) {
    case Time:
        return annotation.published ? m_time.table(*annotation.published) : tr("no time");
    case Message:
        if (annotation.seq == 0) {
            return tr("Not in this case: %1").arg(singleLine(annotation.uuid, 80));
        }
        return cell(MessageCell).isEmpty() ? cell(TypeCell) : cell(MessageCell);
    case Actor:
        return cell(ActorCell).isEmpty() ? cell(ActorNameCell) : cell(ActorCell);
    case Tags:
        return singleLine(annotation.tags.join(u", "_s), 500);
    case Note:
        return singleLine(annotation.note, 500);
    default:
        return {};
    }
}

QVariant AnnotationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)) {
        return {};
    }
    switch (section) {
    case Marks:
        return role == Qt::DisplayRole ? QString() : tr("Marks");
    case Time:
        return tr("Time");
    case Message:
        return tr("Event");
    case Actor:
        return tr("Actor");
    case Tags:
        return tr("Tags");
    case Note:
        return tr("Note");
    default:
        return {};
    }
}

} // namespace octotrail::ui
