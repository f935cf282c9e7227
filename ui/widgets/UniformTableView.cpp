// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/UniformTableView.h"

#include <QAbstractButton>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

namespace octotrail::ui {

UniformTableView::UniformTableView(QWidget *parent)
    : QTableView(parent)
{
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    // Where the headers would meet; QTableView hides it when it arranges both.
    findChild<QAbstractButton *>({}, Qt::FindDirectChildrenOnly)->hide();
}

void UniformTableView::setModel(QAbstractItemModel *model)
{
    if (this->model()) {
        disconnect(this->model(), &QAbstractItemModel::rowsRemoved, this, nullptr);
        disconnect(this->model(), &QAbstractItemModel::dataChanged, viewport(), nullptr);
    }
    QTableView::setModel(model);
    verticalHeader()->setModel(&m_noRows);
    if (model) {
        connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
            updateGeometries();
            viewport()->update();
        });
        // QTableView asks the vertical header where the rows are, which has none, and paints nothing.
        connect(model, &QAbstractItemModel::dataChanged, viewport(),
            [this](const QModelIndex &topLeft, const QModelIndex &bottomRight) {
                const auto [first, last] = rowsIn(0, viewport()->height());
                if (topLeft.row() <= last && bottomRight.row() >= first) {
                    viewport()->update();
                }
            });
    }
}

void UniformTableView::setRowHeight(int pixels)
{
    m_rowHeight = std::max(1, pixels);
    updateGeometries();
    viewport()->update();
}

int UniformTableView::rowAt(int y) const
{
    const int place = y + verticalOffset();
    const int row = place / m_rowHeight;
    return place >= 0 && row < rowCount() ? row : -1;
}

int UniformTableView::rowViewportPosition(int row) const
{
    return row * m_rowHeight - verticalOffset();
}

std::pair<int, int> UniformTableView::rowsIn(int top, int bottom) const
{
    const int offset = verticalOffset();
    return {std::max(0, (top + offset) / m_rowHeight), std::min((bottom + offset) / m_rowHeight, rowCount() - 1)};
}

QList<int> UniformTableView::shownColumns() const
{
    const QHeaderView *header = horizontalHeader();
    QList<int> columns;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!header->isSectionHidden(column)) {
            columns << column;
        }
    }
    return columns;
}

QRect UniformTableView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid() || isIndexHidden(index)) {
        return {};
    }
    const_cast<UniformTableView *>(this)->executeDelayedItemsLayout(); // as QTableView does
    return {columnViewportPosition(index.column()), rowViewportPosition(index.row()), columnWidth(index.column()),
        m_rowHeight};
}

QModelIndex UniformTableView::indexAt(const QPoint &position) const
{
    const_cast<UniformTableView *>(this)->executeDelayedItemsLayout();
    const int row = rowAt(position.y());
    const int column = columnAt(position.x());
    return row >= 0 && column >= 0 ? model()->index(row, column) : QModelIndex();
}

void UniformTableView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid() || isIndexHidden(index)) {
        return;
    }
    executeDelayedItemsLayout();
    scrollToColumn(index.column(), hint);
    QScrollBar *bar = verticalScrollBar();
    const int top = index.row() * m_rowHeight;
    const int above = top + m_rowHeight - viewport()->height();
    if (hint == PositionAtCenter) {
        bar->setValue(top - (viewport()->height() - m_rowHeight) / 2);
    } else if (hint == PositionAtTop || (hint == EnsureVisible && top < bar->value())) {
        bar->setValue(top);
    } else if (hint == PositionAtBottom || above > bar->value()) {
        bar->setValue(above);
    }
}

void UniformTableView::scrollToColumn(int column, ScrollHint hint)
{
    QScrollBar *bar = horizontalScrollBar();
    const int left = horizontalHeader()->sectionPosition(column);
    const int width = columnWidth(column);
    if (hint == PositionAtCenter) {
        bar->setValue(left - (viewport()->width() - width) / 2);
    } else if (left < bar->value() || width > viewport()->width()) {
        bar->setValue(left);
    } else if (left + width - viewport()->width() > bar->value()) {
        bar->setValue(left + width - viewport()->width());
    }
}

QStyleOptionViewItem UniformTableView::cellOption(const QModelIndex &index) const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.state.setFlag(QStyle::State_Selected, selectionModel()->isRowSelected(index.row(), {}));
    option.state.setFlag(QStyle::State_HasFocus, index == currentIndex() && hasFocus());
    option.showDecorationSelected = true;
    return option;
}

void UniformTableView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const QRect area = event->rect();
    const QModelIndex hovered
        = viewport()->underMouse() ? indexAt(viewport()->mapFromGlobal(QCursor::pos())) : QModelIndex();
    const QList<int> columns = shownColumns();
    const auto [first, last] = rowsIn(area.top(), area.bottom());
    for (int row = first; row <= last; ++row) {
        QStyleOptionViewItem option = cellOption(model()->index(row, 0));
        const int y = rowViewportPosition(row);
        for (const int column : columns) {
            option.rect = QRect(columnViewportPosition(column), y, columnWidth(column), m_rowHeight);
            if (!option.rect.intersects(area)) {
                continue;
            }
            const QModelIndex index = model()->index(row, column);
            option.state.setFlag(QStyle::State_HasFocus, index == currentIndex() && hasFocus());
            option.state.setFlag(QStyle::State_MouseOver, index == hovered);
            style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &option, &painter, this);
            itemDelegateForIndex(index)->paint(&painter, option, index);
        }
    }
}

void UniformTableView::rowsInserted(const QModelIndex &parent, int first, int last)
{
    QTableView::rowsInserted(parent, first, last);
    updateGeometries();
    viewport()->update();
}

void UniformTableView::updateGeometries()
{
    QHeaderView *header = horizontalHeader();
    const int headerHeight = header->isHidden()
        ? 0
        : std::min(std::max(header->minimumHeight(), header->sizeHint().height()), header->maximumHeight());
    setViewportMargins(0, headerHeight, 0, 0);
    const QRect place = viewport()->geometry();
    header->setGeometry(place.left(), place.top() - headerHeight, place.width(), headerHeight);

    horizontalScrollBar()->setPageStep(place.width());
    horizontalScrollBar()->setSingleStep(m_rowHeight);
    horizontalScrollBar()->setRange(0, std::max(0, header->length() - place.width()));
    verticalScrollBar()->setPageStep(place.height());
    verticalScrollBar()->setSingleStep(m_rowHeight);
    verticalScrollBar()->setRange(0, std::max(0, rowCount() * m_rowHeight - place.height()));
    QAbstractItemView::updateGeometries();
}

int UniformTableView::verticalOffset() const
{
    return verticalScrollBar()->value();
}

int UniformTableView::sizeHintForColumn(int column) const
{
    const auto [first, last] = rowsIn(0, viewport()->height());
    int width = 0;
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = model()->index(row, column);
        width = std::max(width, itemDelegateForIndex(index)->sizeHint(cellOption(index), index).width());
    }
    return width;
}

bool UniformTableView::isIndexHidden(const QModelIndex &index) const
{
    return isColumnHidden(index.column());
}

QModelIndex UniformTableView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    executeDelayedItemsLayout();
    const QList<int> columns = shownColumns();
    if (columns.isEmpty() || rowCount() == 0) {
        return {};
    }
    const QModelIndex current = currentIndex();
    if (!current.isValid()) {
        return model()->index(0, columns.first());
    }
    int row = current.row();
    auto place = std::max<qsizetype>(0, columns.indexOf(current.column()));
    const bool toEnd = modifiers & Qt::ControlModifier;
    const int page = std::max(1, viewport()->height() / m_rowHeight);
    switch (action) {
    case MoveUp:
        --row;
        break;
    case MoveDown:
        ++row;
        break;
    case MovePageUp:
        row -= page;
        break;
    case MovePageDown:
        row += page;
        break;
    case MoveLeft:
    case MovePrevious:
        place += isRightToLeft() ? 1 : -1;
        break;
    case MoveRight:
    case MoveNext:
        place += isRightToLeft() ? -1 : 1;
        break;
    case MoveHome:
        place = 0;
        row = toEnd ? 0 : row;
        break;
    case MoveEnd:
        place = columns.size() - 1;
        row = toEnd ? rowCount() - 1 : row;
        break;
    }
    return model()->index(
        std::clamp(row, 0, rowCount() - 1), columns[std::clamp<qsizetype>(place, 0, columns.size() - 1)]);
}

void UniformTableView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command)
{
    // From where to where, not from top to bottom: a press is above what is dragged to or below it.
    const auto [first, last] = rowsIn(std::min(rect.top(), rect.bottom()), std::max(rect.top(), rect.bottom()));
    if (first <= last) {
        selectionModel()->select(
            QItemSelection(model()->index(first, 0), model()->index(last, model()->columnCount() - 1)), command);
    }
}

QRegion UniformTableView::visualRegionForSelection(const QItemSelection &selection) const
{
    const auto [first, last] = rowsIn(0, viewport()->height());
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        const int top = std::max(range.top(), first);
        const int bottom = std::min(range.bottom(), last);
        if (range.isValid() && top <= bottom) {
            region += QRect(0, rowViewportPosition(top), viewport()->width(), (bottom - top + 1) * m_rowHeight);
        }
    }
    return region;
}

} // namespace octotrail::ui
