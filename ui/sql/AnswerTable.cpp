// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sql/AnswerTable.h"

#include "ui/sql/AnswerModel.h"
#include "ui/style/Metrics.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

namespace octotrail::ui {

namespace {

/// Sorting more would keep the window waiting; ORDER BY does it in the store.
constexpr int sortableRows = 50'000;
constexpr int rowsToFit = 60;
constexpr int widest = 44 * metrics::Unit;

} // namespace

AnswerTable::AnswerTable(AnswerModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(model);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(metrics::RowHeight);
    verticalHeader()->setDefaultSectionSize(metrics::RowHeight);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    connect(this, &QTableView::doubleClicked, this, &AnswerTable::opened);
}

void AnswerTable::fitColumns()
{
    const bool sortable = m_model->rowCount() <= sortableRows;
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(false);
    if (sortable) {
        // setSortingEnabled(true) would sort by the first column at once.
        horizontalHeader()->setSortIndicatorShown(true);
        horizontalHeader()->setSectionsClickable(true);
        connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &AnswerTable::sortByColumn,
            Qt::UniqueConnection);
    } else {
        disconnect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &AnswerTable::sortByColumn);
        horizontalHeader()->setSortIndicatorShown(false);
        horizontalHeader()->setSectionsClickable(false);
    }
    const QFontMetrics metrics(font());
    for (int column = 0; column < m_model->columnCount(); ++column) {
        int width
            = metrics.horizontalAdvance(m_model->headerData(column, Qt::Horizontal).toString()) + 4 * metrics::Unit;
        for (int row = 0; row < std::min(m_model->rowCount(), rowsToFit); ++row) {
            width = std::max(width,
                metrics.horizontalAdvance(m_model->index(row, column).data().toString().left(100)) + 3 * metrics::Unit);
        }
        setColumnWidth(column, std::min(width, widest));
    }
    scrollToTop();
}

void AnswerTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(m_model->tabSeparated(selectedIndexes()));
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT opened(currentIndex());
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace octotrail::ui
