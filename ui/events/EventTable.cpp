// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventTable.h"

#include "ui/events/EventDelegate.h"
#include "ui/events/NewEventsChip.h"
#include "ui/style/Metrics.h"

#include <QAction>
#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>
#include <limits>
#include <utility>

namespace octotrail::ui {

EventTable::EventTable(EventTableModel &model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
    , m_delegate(new EventDelegate(this))
    , m_chip(new NewEventsChip(this))
{
    setObjectName(QStringLiteral("eventTable"));
    setAccessibleName(tr("Events"));
    setItemDelegate(m_delegate);
    setModel(&m_model);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    updateRowHeight();
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

void EventTable::setUpColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setObjectName(QStringLiteral("eventHeader"));
    header->setAccessibleName(tr("Columns"));
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(6 * metrics::Unit);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(static_cast<int>(EventColumn::Time), Qt::DescendingOrder);
    header->setContextMenuPolicy(Qt::ActionsContextMenu);
    for (const EventColumnInfo &info : eventColumns()) {
        const auto column = static_cast<int>(info.column);
        auto *action = new QAction(eventColumnTitle(info.column), this);
        action->setCheckable(true);
        action->setChecked(column < firstProfileColumn);
        // One column always stays.
        connect(action, &QAction::toggled, this, [this, header, action, column](bool shown) {
            if (!shown && header->hiddenSectionCount() + 1 >= header->count()) {
                action->setChecked(true);
                return;
            }
            header->setSectionHidden(column, !shown);
            showProfiles();
        });
        m_columnActions << action;
        header->addAction(action);
    }
    auto *separator = new QAction(this);
    separator->setSeparator(true);
    header->addAction(separator);
    auto *reset = new QAction(tr("Reset columns"), this);
    connect(reset, &QAction::triggered, this, &EventTable::resetColumns);
    header->addAction(reset);
    resetColumns();

    connect(header, &QHeaderView::sectionClicked, this, [this, header](int column) {
        const auto [path, descending]
            = std::pair(m_model.result().query().sortPath, m_model.result().query().descending);
        if (eventColumnInfo(static_cast<EventColumn>(column)).sortPath.empty()) {
            const auto sorted = std::ranges::find(eventColumns(), path, &EventColumnInfo::sortPath);
            header->setSortIndicator(static_cast<int>(sorted - eventColumns().begin()),
                descending ? Qt::DescendingOrder : Qt::AscendingOrder);
            return;
        }
        const bool same = path == eventColumnInfo(static_cast<EventColumn>(column)).sortPath;
        // Time is wanted newest first, words from A.
        const bool toDescending = same ? !descending : column == static_cast<int>(EventColumn::Time);
        const Qt::SortOrder order = toDescending ? Qt::DescendingOrder : Qt::AscendingOrder;
        header->setSortIndicator(column, order);
        m_model.sort(column, order);
        Q_EMIT sortChosen();
        Q_EMIT followStateChanged();
    });
}

void EventTable::resetColumns()
{
    QHeaderView *header = horizontalHeader();
    for (const EventColumnInfo &info : eventColumns()) {
        const auto column = static_cast<int>(info.column);
        header->setSectionHidden(column, column >= firstProfileColumn);
        header->moveSection(header->visualIndex(column), column);
        header->resizeSection(column, info.width);
        m_columnActions[column]->setChecked(column < firstProfileColumn);
    }
    showProfiles();
}

/// Profiles are read only for columns that show them.
void EventTable::showProfiles()
{
    bool shown = false;
    for (int column = firstProfileColumn; column < eventColumnCount; ++column) {
        shown = shown || !horizontalHeader()->isSectionHidden(column);
    }
    m_model.setProfilesShown(shown);
}

QByteArray EventTable::saveColumns() const
{
    return horizontalHeader()->saveState();
}

bool EventTable::restoreColumns(const QByteArray &state)
{
    QHeaderView *header = horizontalHeader();
    const int sortColumn = header->sortIndicatorSection();
    const Qt::SortOrder sortOrder = header->sortIndicatorOrder();
    const bool restored = header->restoreState(state) && header->count() == eventColumnCount
        && header->hiddenSectionCount() < eventColumnCount;
    if (!restored) {
        resetColumns();
    }
    header->setSortIndicator(sortColumn, sortOrder);
    for (int column = 0; column < eventColumnCount; ++column) {
        m_columnActions[column]->setChecked(!header->isSectionHidden(column));
    }
    showProfiles();
    return restored;
}

void EventTable::updateRowHeight()
{
    m_delegate->updateFonts();
    const int height = std::max(metrics::RowHeight, fontMetrics().height() + metrics::Unit);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    verticalScrollBar()->setSingleStep(height);
    // Beyond INT_MAX pixels the view hangs.
    m_model.setRowLimit(std::numeric_limits<int>::max() / height - 100);
}

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

void EventTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
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
    const int height = verticalHeader()->defaultSectionSize();
    const bool follows = m_wasAtEdge && !m_model.result().isHeld();
    const bool above = start * qint64(height) <= bar->value();
    const int before = bar->value();
    QTableView::rowsInserted(parent, start, end);
    if (follows && edge() == Edge::Bottom) {
        updateGeometries();
        bar->setValue(bar->maximum());
    } else if (above && (edge() != Edge::Top || !follows) && m_model.rowCount() > end - start + 1) {
        // What is on the screen stays where it is.
        updateGeometries();
        bar->setValue(before + (end - start + 1) * height);
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

void EventTable::rememberPlace()
{
    m_keptSeq = currentSeq();
    const int top = rowAt(0);
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
    const std::optional<int> kept = m_keptSeq ? m_model.rowOf(*m_keptSeq) : std::nullopt;
    const std::optional<int> top = m_topSeq ? m_model.rowOf(*m_topSeq) : std::nullopt;
    updateGeometries();
    m_chosen = m_chosen && kept;
    makeCurrent(kept.value_or(0));
    if (top) {
        verticalScrollBar()->setValue(*top * verticalHeader()->defaultSectionSize() - m_topOffset);
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
    const int height = std::max(1, verticalHeader()->defaultSectionSize());
    const int first = verticalScrollBar()->value() / height;
    m_model.setViewport(first, first + viewport()->height() / height + 1);
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
    QTableView::keyPressEvent(event);
}

void EventTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    takeScroll();
    updateChip();
}

void EventTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateRowHeight();
    }
}

} // namespace octotrail::ui
