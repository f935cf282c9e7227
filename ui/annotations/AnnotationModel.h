// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/annotations/AnnotationBook.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractTableModel>

namespace octotrail::ui {

/// The events that something is noted of, or some of them, in their order of time.
class AnnotationModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Marks, Time, Message, Actor, Tags, Note, ColumnCount };
    enum Role {
        SeqRole = Qt::UserRole, ///< qint64; 0 if the event is not in the store
        MarksRole, ///< store::Annotation's: a sum of AnnotationMark
        UuidRole,
    };

    struct Choice
    {
        bool bookmarked = false;
        bool noted = false;
        QString tag; ///< empty: any
    };

    AnnotationModel(std::shared_ptr<store::Store> store, AnnotationBook &book, QObject *parent = nullptr);

    void setChoice(const Choice &choice);
    void setTimeDisplay(const TimeDisplay &time);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// The rows are those of the book and the choice; what the events say follows.
    void filled();
    void failed(const QString &sentence);

private:
    void fill();
    void readEvents();

    std::shared_ptr<store::Store> m_store;
    AnnotationBook &m_book;
    Choice m_choice;
    TimeDisplay m_time;
    std::vector<store::Annotation> m_rows;
    QHash<store::Seq, store::EventRow> m_events;
    bool m_reading = false;
};

/// What is noted of an event, in a number.
enum AnnotationMark { Bookmarked = 1, Tagged = 2, Noted = 4 };
int marksOf(const store::Annotation &annotation);

} // namespace octotrail::ui
