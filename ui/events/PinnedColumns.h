// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QWidget>

namespace octotrail::ui {

class EventTable;

/// The first columns of the event table, over it, so that they stay where they are while the others are scrolled away
/// beneath. Only paints: keys, the selection and the current cell are the table's. (A second view on the rows would
/// cost a hundred megabytes of row positions for ten million of them.)
class PinnedColumns : public QWidget
{
    Q_OBJECT

public:
    explicit PinnedColumns(EventTable &table);

    /// Of the columns that are shown, so many.
    void setCount(int count);
    int count() const { return m_count; }
    /// Columns were moved, resized, shown or hidden.
    void arrange();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override { forward(event); }
    void mouseReleaseEvent(QMouseEvent *event) override { forward(event); }
    void mouseDoubleClickEvent(QMouseEvent *event) override { forward(event); }
    void mouseMoveEvent(QMouseEvent *event) override { forward(event); }
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// The place in the table's viewport of what is painted here.
    QPoint inTable(const QPoint &position) const;
    void forward(QMouseEvent *event);

    EventTable &m_table;
    QHeaderView *m_header;
    QList<int> m_columns; ///< logical, from the left
    int m_count = 0;
    bool m_arranging = false;
};

} // namespace octotrail::ui
