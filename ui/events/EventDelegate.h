// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/EventColumns.h"
#include "ui/style/TabularText.h"

#include <QStyledItemDelegate>

namespace octotrail::ui {

/// Paints the event table's cells: marks for severity and outcome, tabular figures, and a faint bar for rows that have
/// not been read yet.
class EventDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit EventDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void updateFonts();
    /// In the cell that the pointer is over, if it names somebody: where the sign is that opens the page.
    static QRect signRect(const QRect &cell);
    /// Lines of a row: with more than one, targets stand one below the other.
    void setLines(int lines) { m_lines = lines; }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    void paintTargets(QPainter &painter, const QRect &rect, const QString &targets, const QStyleOptionViewItem &option,
        const QColor &text) const;
    void paintCues(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintMark(QPainter &painter, const QRect &rect, EventColumn column, const QString &value,
        const QStyleOptionViewItem &option) const;

    TabularText m_tabular;
    int m_lines = 1;
};

} // namespace octotrail::ui
