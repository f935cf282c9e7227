// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStandardItemModel>
#include <QTableView>

namespace octotrail::ui {

/// A table whose rows all have one height and are selected as a whole. QTableView asks its vertical header where they
/// are, which keeps an entry for each and goes through them all whenever some come in: with ten million rows that
/// takes 80 MB and a tenth of a second. Here it is reckoned, and the vertical header knows no rows. Scrolls by pixels;
/// no spans, no grid.
class UniformTableView : public QTableView
{
    Q_OBJECT

public:
    explicit UniformTableView(QWidget *parent = nullptr);
    void setModel(QAbstractItemModel *model) override;

    // Of the same names as QTableView's, which ask the vertical header.
    int rowHeight() const { return m_rowHeight; }
    void setRowHeight(int pixels);
    int rowAt(int y) const;
    int rowViewportPosition(int row) const;

    QRect visualRect(const QModelIndex &index) const override;
    QModelIndex indexAt(const QPoint &position) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;

    /// How a cell is painted, but for its place.
    QStyleOptionViewItem cellOption(const QModelIndex &index) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    void updateGeometries() override;
    int verticalOffset() const override;
    int sizeHintForColumn(int column) const override;
    bool isIndexHidden(const QModelIndex &index) const override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;

private:
    int rowCount() const { return model() ? model()->rowCount() : 0; }
    /// The rows of a part of the viewport, cut to what there is; the first is behind the last if it has none.
    std::pair<int, int> rowsIn(int top, int bottom) const;
    QList<int> shownColumns() const;
    void scrollToColumn(int column, ScrollHint hint);

    QStandardItemModel m_noRows;
    int m_rowHeight = 24;
};

} // namespace octotrail::ui
