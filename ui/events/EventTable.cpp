// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventTable.h"

#include "ui/events/EventDelegate.h"
#include "ui/events/NewEventsChip.h"
#include "ui/events/PinnedColumns.h"
#include "ui/style/Metrics.h"

#include <QEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <utility>

namespace octotrail::ui {

EventTable::EventTable(EventTableModel &model, QWidget *parent)
    : UniformTableView(parent)
    , m_model(model)
    , m_delegate(new EventDelegate(this))
    , m_chip(new NewEventsChip(this))
{
    setObjectName(QStringLiteral("eventTable"));
    setAccessibleName(tr("Events"));
    setItemDelegate(m_delegate);
    setModel(&m_model);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setTabKeyNavigation(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover); // the cell under the pointer is painted as that
    setUpColumns();

    connect(m_chip, &QPushButton::clicked, this, &EventTable::follow);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &EventTable::takeScroll);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &EventTable::rememberPlace);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EventTable::restorePlace);
    connect(&m_model.result(), &EventResult::heldCountChanged, this, &EventTable::updateChip);
    connect(&m_model.result(), &EventResult::inserted, this, [this](qint64, qint64 count, bool live) {
        if (live && edge() != Edge::None && !m_wasAtEdge) {
            m_unseen += count;
            updateChip();
            Q_EMIT followStateChanged();
        }
    });
}

EventTable::~EventTable() = default;

EventTable::Edge EventTable::edge() const
{
    const store::EventQuery &query = m_model.result().query();
    if (query.sortPath != "published") {
        return Edge::None;
    }
    return query.descending ? Edge::Top : Edge::Bottom;
}

bool EventTable::isAtEdge() const
{
    const QScrollBar *bar = verticalScrollBar();
    switch (edge()) {
    case Edge::Top:
        return bar->value() == bar->minimum();
    case Edge::Bottom:
        return bar->value() == bar->maximum();
    case Edge::None:
        break;
    }
    return false;
}

EventTable::FollowState EventTable::followState() const
{
    if (m_model.result().isHeld()) {
        return FollowState::Paused;
    }
    if (edge() == Edge::None) {
        return FollowState::Unordered;
    }
    return m_wasAtEdge ? FollowState::Following : FollowState::ScrolledAway;
}

qint64 EventTable::newEvents() const
{
    return m_unseen + m_model.result().heldCount();
}

void EventTable::setPaused(bool paused)
{
    if (paused == m_model.result().isHeld()) {
        return;
    }
    m_model.result().setHeld(paused);
    updateChip();
    Q_EMIT followStateChanged();
}

void EventTable::follow()
{
    QScrollBar *bar = verticalScrollBar();
    if (edge() == Edge::Top) {
        bar->setValue(bar->minimum());
    } else if (edge() == Edge::Bottom) {
        bar->setValue(bar->maximum());
    }
    m_unseen = 0;
    m_wasAtEdge = isAtEdge();
    setPaused(false);
    updateChip();
    Q_EMIT followStateChanged();
}

std::optional<store::Seq> EventTable::currentSeq() const
{
    return currentIndex().isValid() ? m_model.seqAt(currentIndex().row()) : std::nullopt;
}

void EventTable::whenCurrentIsRead(std::function<void(const QModelIndex &)> then)
{
    disconnect(m_reading);
    const QModelIndex current = currentIndex();
    if (!current.isValid()) {
        return;
    }
    if (!current.data(EventTableModel::IsLoadingRole).toBool()) {
        then(current);
        return;
    }
    m_reading = connect(&m_model, &QAbstractItemModel::dataChanged, this,
        [this, asked = QPersistentModelIndex(current), then = std::move(then)] {
            if (asked == currentIndex()) {
                whenCurrentIsRead(then);
            } else {
                disconnect(m_reading);
            }
        });
    current.data(); // asks for the row, should it be out of sight
}

void EventTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    UniformTableView::currentChanged(current, previous);
    if (current.isValid()) {
        m_currentColumn = current.column();
    }
    if (!m_restoring && current.row() != previous.row()) {
        m_chosen = current.isValid();
        Q_EMIT currentSeqChanged();
    }
}

void EventTable::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QScrollBar *bar = verticalScrollBar();
    const bool follows = m_wasAtEdge && !m_model.result().isHeld();
    const bool above = start * qint64(rowHeight()) <= bar->value();
    const int before = bar->value();
    UniformTableView::rowsInserted(parent, start, end);
    if (follows && edge() == Edge::Bottom) {
        bar->setValue(bar->maximum());
    } else if (above && (edge() != Edge::Top || !follows) && m_model.rowCount() > end - start + 1) {
        // What is on the screen stays where it is.
        bar->setValue(before + (end - start + 1) * rowHeight());
    }
    if (!currentIndex().isValid()) {
        restorePlace(); // screen readers want a current cell wherever there are rows
    } else if (!m_chosen && follows && start == 0 && edge() == Edge::Top) {
        makeCurrent(0);
        Q_EMIT currentSeqChanged();
    }
}

void EventTable::makeCurrent(int row)
{
    const bool restoring = std::exchange(m_restoring, true);
    selectionModel()->setCurrentIndex(
        m_model.index(row, m_currentColumn), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_restoring = restoring;
}

void EventTable::goToRow(int row)
{
    const QModelIndex index = m_model.index(row, m_currentColumn);
    const QRect place = visualRect(index);
    const bool seen = place.isValid() && viewport()->rect().intersects(place) && place.top() >= 0
        && place.bottom() <= viewport()->height();
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index, seen ? EnsureVisible : PositionAtCenter);
}

void EventTable::rememberPlace()
{
    m_keptSeq = currentSeq();
    m_keptRow = currentIndex().row();
    const int top = rowAt(0);
    m_topRow = top;
    m_topSeq = m_wasAtEdge ? std::nullopt : m_model.seqAt(top);
    m_topOffset = top >= 0 ? rowViewportPosition(top) : 0;
}

void EventTable::restorePlace()
{
    m_unseen = 0;
    if (m_model.rowCount() == 0) {
        Q_EMIT currentSeqChanged();
        updateChip();
        return;
    }
    m_restoring = true;
    const std::optional<int> kept = m_keptSeq ? m_model.rowOf(*m_keptSeq, m_keptRow) : std::nullopt;
    const std::optional<int> top = m_topSeq ? m_model.rowOf(*m_topSeq, m_topRow) : std::nullopt;
    updateGeometries();
    m_chosen = m_chosen && kept;
    makeCurrent(kept.value_or(0));
    if (top) {
        verticalScrollBar()->setValue(*top * rowHeight() - m_topOffset);
    } else {
        verticalScrollBar()->setValue(edge() == Edge::Bottom ? verticalScrollBar()->maximum() : 0);
    }
    m_restoring = false;
    m_wasAtEdge = isAtEdge();
    takeScroll();
    updateChip();
    Q_EMIT currentSeqChanged();
    Q_EMIT followStateChanged();
}

void EventTable::takeScroll()
{
    const int first = verticalScrollBar()->value() / rowHeight();
    m_model.setViewport(first, first + viewport()->height() / rowHeight() + 1);
    const bool atEdge = isAtEdge();
    if (atEdge && m_unseen > 0) {
        m_unseen = 0;
        updateChip();
    }
    if (atEdge != m_wasAtEdge) {
        m_wasAtEdge = atEdge;
        updateChip();
        Q_EMIT followStateChanged();
    }
}

void EventTable::updateChip()
{
    m_chip->setCount(newEvents(), edge() != Edge::Bottom, m_model.result().isHeld());
    const int x = (width() - m_chip->width()) / 2;
    const int y = edge() == Edge::Bottom ? height() - m_chip->height() - 3 * metrics::Unit
                                         : horizontalHeader()->height() + metrics::Unit;
    m_chip->move(x, y);
    m_chip->raise();
}

void EventTable::keyPressEvent(QKeyEvent *event)
{
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && event->key() == Qt::Key_Space) {
        if (followState() == FollowState::ScrolledAway || followState() == FollowState::Paused) {
            follow();
        } else {
            setPaused(true);
        }
        event->accept();
        return;
    }
    if (plain && (event->key() == Qt::Key_Home || event->key() == Qt::Key_End) && m_model.rowCount() > 0) {
        const int row = event->key() == Qt::Key_Home ? 0 : m_model.rowCount() - 1;
        setCurrentIndex(m_model.index(row, m_currentColumn));
        const bool edgeKey = (event->key() == Qt::Key_Home) == (edge() == Edge::Top);
        if (edgeKey && edge() != Edge::None) {
            follow();
        }
        event->accept();
        return;
    }
    UniformTableView::keyPressEvent(event);
}

QRect EventTable::entitySign(const QModelIndex &index) const
{
    return index.data(EventTableModel::NamesRole).toBool() ? EventDelegate::signRect(visualRect(index)) : QRect();
}

void EventTable::mouseReleaseEvent(QMouseEvent *event)
{
    UniformTableView::mouseReleaseEvent(event);
    const QPoint position = event->position().toPoint();
    const QModelIndex index = indexAt(position);
    if (event->button() == Qt::LeftButton && event->modifiers() == Qt::NoModifier && index == currentIndex()
        && entitySign(index).contains(position) && selectionModel()->selectedRows().size() == 1) {
        Q_EMIT entityRequested();
    }
}

bool EventTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::MouseMove) {
        const QPoint position = static_cast<QMouseEvent *>(event)->position().toPoint();
        viewport()->setCursor(
            entitySign(indexAt(position)).contains(position) ? Qt::PointingHandCursor : Qt::ArrowCursor);
        m_pinned->update();
    } else if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (entitySign(indexAt(help->pos())).contains(help->pos())) {
            QToolTip::showText(help->globalPos(), tr("Open the page of whom the cell names (Alt+Enter)"), this);
            return true;
        }
    }
    return UniformTableView::viewportEvent(event);
}

void EventTable::resizeEvent(QResizeEvent *event)
{
    UniformTableView::resizeEvent(event);
    m_pinned->arrange();
    takeScroll();
    updateChip();
}

void EventTable::changeEvent(QEvent *event)
{
    UniformTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateRowHeight();
        m_pinned->arrange();
    }
}

void EventTable::keyboardSearch(const QString &)
{
    // Letters are keys of their own here; looking through ten million rows for them would take a while.
}

} // namespace octotrail::ui
