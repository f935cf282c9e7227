// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace octotrail::ui {

/// Paints what is noted of an event as small icons: of AnnotationMark, each at its own place.
void paintMarks(QPainter &painter, const QRect &rect, int marks);

/// For a column of a list of annotated events.
class MarksDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit MarksDelegate(int marksRole, QObject *parent = nullptr)
        : QStyledItemDelegate(parent)
        , m_role(marksRole)
    { }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_role;
};

} // namespace octotrail::ui
