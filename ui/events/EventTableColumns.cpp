// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventTable's columns: which, where, how wide, and how high the rows are.
#include "ui/events/EventDelegate.h"
#include "ui/events/EventTable.h"
#include "ui/events/PinnedColumns.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAction>
#include <QActionGroup>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <algorithm>
#include <limits>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

void EventTable::setUpColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setObjectName(u"eventHeader"_s);
    header->setAccessibleName(tr("Columns"));
    header->setSectionsMovable(true);
    header->setFirstSectionMovable(true);
    header->setSectionsClickable(true);
    header->setHighlightSections(false);
    header->setStretchLastSection(true);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumSectionSize(5 * metrics::Unit);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(static_cast<int>(EventColumn::Time), Qt::DescendingOrder);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
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
            if (shown && header->sectionSize(column) < header->minimumSectionSize()) {
                header->resizeSection(column, eventColumnInfo(static_cast<EventColumn>(column)).width);
            }
            showProfiles();
            tellLayout();
        });
        m_columnActions << action;
    }
    m_pinned = new PinnedColumns(*this);
    setLayoutOfColumns(usualLayout());

    connect(header, &QWidget::customContextMenuRequested, this, &EventTable::showHeaderMenu);
    connect(header, &QHeaderView::sectionClicked, this, &EventTable::sortBy);
    m_sort = new QAction(tr("S&ort by this column"), this);
    m_sort->setShortcut(QKeySequence(u"Ctrl+Alt+O"_s));
    connect(m_sort, &QAction::triggered, this, [this] { sortBy(m_currentColumn); });
    m_wider = new QAction(tr("Make this column &wider"), this);
    m_wider->setShortcut(QKeySequence(u"Ctrl+Alt+."_s));
    connect(m_wider, &QAction::triggered, this, [this] { widen(metrics::Unit); });
    m_narrower = new QAction(tr("Make this column &narrower"), this);
    m_narrower->setShortcut(QKeySequence(u"Ctrl+Alt+,"_s));
    connect(m_narrower, &QAction::triggered, this, [this] { widen(-metrics::Unit); });
    connect(header, &QHeaderView::sectionMoved, this, &EventTable::tellLayout);
    connect(header, &QHeaderView::sectionResized, this, &EventTable::tellLayout);
}

void EventTable::widen(int pixels)
{
    QHeaderView *header = horizontalHeader();
    const int width = header->sectionSize(m_currentColumn);
    header->resizeSection(m_currentColumn, std::max(header->minimumSectionSize(), width + pixels));
    if (currentIndex().isValid()) {
        scrollTo(currentIndex());
    }
}

void EventTable::sortBy(int column)
{
    QHeaderView *header = horizontalHeader();
    const std::string path = m_model.column(column).sortPath;
    const std::string sorted = m_model.result().query().sortPath;
    const bool descending = m_model.result().query().descending;
    if (path.empty()) {
        for (int other = 0; other < m_model.columnCount(); ++other) {
            if (m_model.column(other).sortPath == sorted) {
                header->setSortIndicator(other, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
                break;
            }
        }
        Q_EMIT sortRefused(tr("Events cannot be sorted by \u201c%1\u201d: the case has no column for it. Pivot "
                              "(Ctrl+Shift+P) groups them by its values.")
                               .arg(singleLine(m_model.column(column).title, 80)));
        return;
    }
    // Time is wanted newest first, words from A.
    const bool toDescending = sorted == path ? !descending : column == static_cast<int>(EventColumn::Time);
    const Qt::SortOrder order = toDescending ? Qt::DescendingOrder : Qt::AscendingOrder;
    header->setSortIndicator(column, order);
    m_model.sort(column, order);
    Q_EMIT sortChosen();
    Q_EMIT followStateChanged();
}

TableLayout EventTable::layoutOfColumns() const
{
    TableLayout layout;
    const QHeaderView *header = horizontalHeader();
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!header->isSectionHidden(column)) {
            layout.columns.push_back({m_model.column(column).key, header->sectionSize(column)});
        }
    }
    // The last one stretches: how wide it is says nothing.
    if (!layout.columns.empty()) {
        layout.columns.back().width = m_lastWidth > 0 && layout.columns.back().key == m_lastKey
            ? m_lastWidth
            : std::min(layout.columns.back().width, 400);
    }
    layout.pinned = m_pinned->count();
    layout.density = m_density;
    return layout;
}

void EventTable::setLayoutOfColumns(const TableLayout &layout)
{
    const bool arranging = std::exchange(m_arranging, true);
    QHeaderView *header = horizontalHeader();
    QStringList paths;
    for (const TableLayout::Column &column : layout.columns) {
        const bool fixed = std::ranges::any_of(
            eventColumns(), [&](const EventColumnInfo &info) { return column.key == QLatin1StringView(info.key); });
        if (!fixed && event::FieldPath(column.key.toStdString()).isValid()) {
            paths << column.key;
        }
    }
    setPathColumns(paths);
    int place = 0;
    std::vector<bool> shown(static_cast<std::size_t>(header->count()), false);
    for (const TableLayout::Column &wanted : layout.columns) {
        const auto column = m_model.columnOf(wanted.key);
        if (!column) {
            continue;
        }
        shown[static_cast<std::size_t>(*column)] = true;
        header->setSectionHidden(*column, false);
        header->moveSection(header->visualIndex(*column), place++);
        header->resizeSection(*column, wanted.width > 0 ? wanted.width : m_model.column(*column).width);
    }
    if (place == 0) {
        m_arranging = arranging;
        setLayoutOfColumns(usualLayout());
        return;
    }
    m_lastKey = layout.columns.back().key;
    m_lastWidth = layout.columns.back().width;
    for (int column = 0; column < header->count(); ++column) {
        header->setSectionHidden(column, !shown[static_cast<std::size_t>(column)]);
        if (column < eventColumnCount) {
            const QSignalBlocker blocker(m_columnActions[column]);
            m_columnActions[column]->setChecked(shown[static_cast<std::size_t>(column)]);
        }
    }
    // What is hidden stands where it would be at first, behind what is shown.
    m_pinned->setCount(std::clamp(layout.pinned, 0, place - 1));
    setDensity(layout.density);
    showProfiles();
    m_arranging = arranging;
    tellLayout();
}

void EventTable::setPathColumns(const QStringList &paths)
{
    m_model.setPathColumns(paths);
    // Rows are selected as a whole, also in columns that came later.
    if (selectionModel()->hasSelection()) {
        selectionModel()->select(
            selectionModel()->selection(), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

void EventTable::addColumn(const QString &path)
{
    QHeaderView *header = horizontalHeader();
    std::optional<int> column = m_model.columnOf(path);
    for (const EventColumnInfo &info : eventColumns()) {
        if (path.toStdString() == info.filterPath && info.column != EventColumn::Location) {
            column = static_cast<int>(info.column);
        }
    }
    if (!column && event::FieldPath(path.toStdString()).isValid()) {
        setPathColumns(m_model.pathColumns() + QStringList{path});
        column = m_model.columnOf(path);
        if (column) {
            header->resizeSection(*column, m_model.column(*column).width);
        }
    }
    if (!column) {
        return;
    }
    if (*column < eventColumnCount) {
        m_columnActions[*column]->setChecked(true);
    }
    header->setSectionHidden(*column, false);
    tellLayout();
    if (m_model.rowCount() > 0 && currentIndex().isValid()) {
        scrollTo(m_model.index(currentIndex().row(), *column));
    }
}

void EventTable::removeColumn(int column)
{
    QHeaderView *header = horizontalHeader();
    if (header->hiddenSectionCount() + 1 >= header->count()) {
        return;
    }
    const TableLayout before = layoutOfColumns();
    const QString what = tr("Hide \u201c%1\u201d").arg(singleLine(m_model.column(column).title, 40));
    if (column < eventColumnCount) {
        m_columnActions[column]->setChecked(false);
        Q_EMIT rearranged(before, what);
        return;
    }
    QStringList paths = m_model.pathColumns();
    paths.removeAt(column - eventColumnCount);
    if (header->sortIndicatorSection() == column) {
        header->setSortIndicator(static_cast<int>(EventColumn::Time), Qt::DescendingOrder);
        m_model.sort(static_cast<int>(EventColumn::Time), Qt::DescendingOrder);
    }
    m_model.setPathColumns(paths);
    tellLayout();
    Q_EMIT rearranged(before, what);
}

void EventTable::setPinned(int count)
{
    m_pinned->setCount(count);
    tellLayout();
}

int EventTable::pinned() const
{
    return m_pinned->count();
}

void EventTable::setDensity(Density density)
{
    m_density = density;
    m_delegate->setLines(density == Density::Comfortable ? 2 : 1);
    updateRowHeight();
    tellLayout();
}

void EventTable::tellLayout()
{
    if (!m_arranging) {
        m_pinned->arrange();
        Q_EMIT layoutOfColumnsChanged();
    }
}

void EventTable::resetColumns()
{
    const TableLayout before = layoutOfColumns();
    setLayoutOfColumns(usualLayout());
    Q_EMIT rearranged(before, tr("Reset columns"));
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
    return writeLayout(layoutOfColumns());
}

bool EventTable::restoreColumns(const QByteArray &state)
{
    const auto layout = readLayout(state);
    setLayoutOfColumns(layout ? *layout : usualLayout());
    return layout.has_value();
}

void EventTable::updateRowHeight()
{
    m_delegate->updateFonts();
    int height = std::max(metrics::RowHeight, fontMetrics().height() + metrics::Unit);
    if (m_density == Density::Compact) {
        height = std::max(metrics::IconSize + 2, fontMetrics().height() + 2);
    } else if (m_density == Density::Comfortable) {
        height = 2 * fontMetrics().lineSpacing() + metrics::Unit + 2;
    }
    const int before = rowHeight();
    const int top = verticalScrollBar()->value() / before;
    // Pixels are counted in an int.
    m_model.setRowLimit(std::numeric_limits<int>::max() / height - 100);
    setRowHeight(height);
    if (height != before) {
        verticalScrollBar()->setValue(top * height);
    }
}

void EventTable::showHeaderMenu(const QPoint &position)
{
    QHeaderView *header = horizontalHeader();
    const int column = header->logicalIndexAt(position);
    auto *menu = new QMenu(this);
    menu->setObjectName(u"headerMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (column >= 0) {
        const QString title = actionText(singleLine(m_model.column(column).title, 40));
        QAction *sort = menu->addAction(tr("Sort by \u201c%1\u201d").arg(title));
        sort->setEnabled(!m_model.column(column).sortPath.empty());
        connect(sort, &QAction::triggered, this, [this, column] { sortBy(column); });
        connect(menu->addAction(tr("Hide \u201c%1\u201d").arg(title)), &QAction::triggered, this,
            [this, column] { removeColumn(column); });
        int upTo = 0;
        for (int visual = 0; visual <= header->visualIndex(column); ++visual) {
            upTo += header->isSectionHidden(header->logicalIndex(visual)) ? 0 : 1;
        }
        connect(menu->addAction(icon(u"pin"), tr("Pin up to \u201c%1\u201d").arg(title)), &QAction::triggered, this,
            [this, upTo] { setPinned(upTo); });
    }
    QAction *unpin = menu->addAction(tr("Unpin all"));
    unpin->setEnabled(m_pinned->count() > 0);
    connect(unpin, &QAction::triggered, this, [this] { setPinned(0); });
    menu->addSeparator();
    connect(menu->addAction(icon(u"columns"), tr("Choose columns\u2026")), &QAction::triggered, this,
        &EventTable::chooserRequested);
    menu->addSeparator();
    menu->addActions(m_columnActions);
    menu->addSeparator();
    connect(menu->addAction(tr("Reset columns")), &QAction::triggered, this, &EventTable::resetColumns);
    menu->popup(header->viewport()->mapToGlobal(position));
}

void EventTable::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    UniformTableView::scrollTo(index, hint);
    // What is pinned hides what is beneath.
    const QHeaderView *header = horizontalHeader();
    if (!index.isValid() || !m_pinned->isVisible()) {
        return;
    }
    int visible = 0;
    for (int visual = 0; visual <= header->visualIndex(index.column()); ++visual) {
        visible += header->isSectionHidden(header->logicalIndex(visual)) ? 0 : 1;
    }
    const int hidden = m_pinned->width() - header->sectionViewportPosition(index.column());
    if (visible > m_pinned->count() && hidden > 0) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - hidden);
    }
}

} // namespace octotrail::ui
