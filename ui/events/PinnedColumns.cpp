// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/PinnedColumns.h"

#include "ui/events/EventTable.h"
#include "ui/style/Tones.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace octotrail::ui {

PinnedColumns::PinnedColumns(EventTable &table)
    : QWidget(&table)
    , m_table(table)
    , m_header(new QHeaderView(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("pinnedColumns"));
    setAccessibleName(tr("Pinned columns"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setFocusPolicy(Qt::ClickFocus);
    setFocusProxy(&table);
    setMouseTracking(true);
    QHeaderView *header = m_table.horizontalHeader();
    m_header->setModel(m_table.model());
    m_header->setAccessibleName(tr("Pinned columns"));
    m_header->setSectionsClickable(true);
    m_header->setHighlightSections(false);
    m_header->setDefaultAlignment(header->defaultAlignment());
    m_header->setMinimumSectionSize(header->minimumSectionSize());
    m_header->setSortIndicatorShown(true);
    m_header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_header, &QWidget::customContextMenuRequested, this, [this, header](const QPoint &position) {
        const int column = m_header->logicalIndexAt(position);
        Q_EMIT header->customContextMenuRequested(QPoint(header->sectionViewportPosition(column) + 1, position.y()));
    });
    connect(m_header, &QHeaderView::sectionClicked, header, &QHeaderView::sectionClicked);
    connect(m_header, &QHeaderView::sectionResized, this, [this, header](int column, int, int width) {
        if (!m_arranging && m_columns.contains(column)) {
            header->resizeSection(column, width);
        }
    });
    for (const auto signal : {&QHeaderView::sectionMoved, &QHeaderView::sectionResized}) {
        connect(header, signal, this, &PinnedColumns::arrange);
    }
    connect(header, &QHeaderView::sectionCountChanged, this, &PinnedColumns::arrange, Qt::QueuedConnection);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int column, Qt::SortOrder order) {
        const QSignalBlocker blocker(m_header);
        m_header->setSortIndicator(column, order);
    });
    connect(m_table.verticalScrollBar(), &QScrollBar::valueChanged, this, QOverload<>::of(&QWidget::update));
    connect(m_table.model(), &QAbstractItemModel::dataChanged, this, QOverload<>::of(&QWidget::update));
    connect(m_table.model(), &QAbstractItemModel::modelReset, this, QOverload<>::of(&QWidget::update));
    connect(m_table.model(), &QAbstractItemModel::rowsInserted, this, QOverload<>::of(&QWidget::update));
    connect(m_table.model(), &QAbstractItemModel::rowsRemoved, this, QOverload<>::of(&QWidget::update));
    connect(m_table.selectionModel(), &QItemSelectionModel::selectionChanged, this, QOverload<>::of(&QWidget::update));
    connect(m_table.selectionModel(), &QItemSelectionModel::currentChanged, this, QOverload<>::of(&QWidget::update));
    hide();
}

void PinnedColumns::setCount(int count)
{
    m_count = count;
    arrange();
}

void PinnedColumns::arrange()
{
    if (m_arranging) {
        return;
    }
    m_arranging = true;
    const QHeaderView *header = m_table.horizontalHeader();
    m_columns.clear();
    int width = 0;
    for (int visual = 0; visual < header->count() && m_columns.size() < m_count; ++visual) {
        const int column = header->logicalIndex(visual);
        if (!header->isSectionHidden(column)) {
            m_columns << column;
            width += header->sectionSize(column);
        }
    }
    for (int column = 0; column < m_header->count(); ++column) {
        m_header->setSectionHidden(column, !m_columns.contains(column));
    }
    for (int place = 0; place < m_columns.size(); ++place) {
        m_header->moveSection(m_header->visualIndex(m_columns[place]), place);
        m_header->resizeSection(m_columns[place], header->sectionSize(m_columns[place]));
    }
    // Something of the others must be seen, or nothing could be done about it.
    width = std::min(width, m_table.viewport()->width() * 2 / 3);
    const QRect viewport = m_table.viewport()->geometry();
    setGeometry(viewport.left(), viewport.top() - header->height(), width, viewport.height() + header->height());
    m_header->setGeometry(0, 0, width, header->height());
    setVisible(!m_columns.isEmpty());
    raise();
    update();
    m_arranging = false;
}

void PinnedColumns::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int top = m_header->height();
    painter.setClipRect(0, top, width(), height() - top);
    const int first = std::max(0, m_table.rowAt(0));
    const int rows = m_table.model()->rowCount();
    const QModelIndex hovered = underMouse() ? m_table.indexAt(inTable(mapFromGlobal(QCursor::pos()))) : QModelIndex();
    for (int row = first; row < rows; ++row) {
        const int y = m_table.rowViewportPosition(row);
        if (y > height() - top) {
            break;
        }
        int x = 0;
        for (const int column : m_columns) {
            const QModelIndex index = m_table.model()->index(row, column);
            QStyleOptionViewItem option = m_table.cellOption(index);
            option.state.setFlag(QStyle::State_MouseOver, index == hovered);
            option.rect = QRect(x, y + top, m_table.columnWidth(column), m_table.rowHeight());
            x += option.rect.width();
            if (option.state & QStyle::State_Selected) {
                style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &option, &painter, &m_table);
            }
            m_table.itemDelegate()->paint(&painter, option, index);
        }
    }
    painter.setClipping(false);
    painter.fillRect(width() - 1, 0, 1, height(), lineColor(palette()));
}

QPoint PinnedColumns::inTable(const QPoint &position) const
{
    int x = 0;
    const QHeaderView *header = m_table.horizontalHeader();
    for (const int column : m_columns) {
        const int width = header->sectionSize(column);
        if (position.x() < x + width || column == m_columns.last()) {
            return {header->sectionViewportPosition(column) + position.x() - x, position.y() - m_header->height()};
        }
        x += width;
    }
    return {};
}

void PinnedColumns::forward(QMouseEvent *event)
{
    QMouseEvent there(event->type(), inTable(event->position().toPoint()), event->globalPosition(), event->button(),
        event->buttons(), event->modifiers(), event->pointingDevice());
    QApplication::sendEvent(m_table.viewport(), &there);
}

void PinnedColumns::wheelEvent(QWheelEvent *event)
{
    QApplication::sendEvent(m_table.verticalScrollBar(), event);
}

void PinnedColumns::contextMenuEvent(QContextMenuEvent *event)
{
    Q_EMIT m_table.customContextMenuRequested(inTable(event->pos()));
}

bool PinnedColumns::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QHelpEvent there(QEvent::ToolTip, inTable(help->pos()), help->globalPos());
        QApplication::sendEvent(m_table.viewport(), &there);
        return true;
    }
    return QWidget::event(event);
}

} // namespace octotrail::ui
