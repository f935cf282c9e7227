// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/JsonTreeView.h"

#include "ui/models/JsonTreeModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>

namespace octotrail::ui {

namespace {

constexpr int openedAtOnce = 400;

} // namespace

JsonTreeView::JsonTreeView(QWidget *parent)
    : QTreeView(parent)
    , m_model(new JsonTreeModel(this))
{
    setObjectName(QStringLiteral("jsonTree"));
    setAccessibleName(tr("JSON"));
    setModel(m_model);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setAlternatingRowColors(false);
    setSelectionBehavior(SelectRows);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setFont(codeFont());
    header()->setFont(QGuiApplication::font());
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setStretchLastSection(true);
    header()->resizeSection(JsonTreeModel::Name, 25 * metrics::Unit);
}

void JsonTreeView::openUsual()
{
    int shown = 0;
    QList<QModelIndex> level{QModelIndex()};
    while (!level.isEmpty()) {
        QList<QModelIndex> next;
        for (const QModelIndex &parent : level) {
            const int rows = m_model->rowCount(parent);
            if (parent.isValid() && shown + rows > openedAtOnce) {
                continue;
            }
            shown += rows;
            if (parent.isValid()) {
                expand(parent);
            }
            for (int row = 0; row < rows; ++row) {
                const QModelIndex child = m_model->index(row, 0, parent);
                if (m_model->hasChildren(child)) {
                    if (m_model->canFetchMore(child) && m_model->rowCount(child) == 0) {
                        m_model->fetchMore(child);
                    }
                    next << child;
                }
            }
        }
        level = next;
    }
    if (m_model->rowCount() > 0) {
        setCurrentIndex(m_model->index(0, 0));
        scrollToTop();
    }
}

void JsonTreeView::copyValue()
{
    QGuiApplication::clipboard()->setText(currentIndex().data(JsonTreeModel::CopyRole).toString());
}

void JsonTreeView::copyPath()
{
    QGuiApplication::clipboard()->setText(currentIndex().data(JsonTreeModel::PathRole).toString());
}

void JsonTreeView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        copyValue();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void JsonTreeView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = keyboard ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid()) {
        return;
    }
    setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("jsonMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString path = index.data(JsonTreeModel::FilterPathRole).toString();
    const QString value = index.data(JsonTreeModel::CopyRole).toString();
    const bool filterable = index.data(JsonTreeModel::IsScalarRole).toBool() && !path.isEmpty();
    QAction *filter = menu->addAction(icon(u"filter"), tr("Filter to this value"));
    QAction *exclude = menu->addAction(icon(u"exclude"), tr("Exclude this value"));
    filter->setEnabled(filterable);
    exclude->setEnabled(filterable);
    connect(filter, &QAction::triggered, this, [this, path, value] { Q_EMIT filterRequested(path, value, false); });
    connect(exclude, &QAction::triggered, this, [this, path, value] { Q_EMIT filterRequested(path, value, true); });
    if (const QString part = index.data(JsonTreeModel::PartFilterRole).toString(); !part.isEmpty()) {
        connect(menu->addAction(icon(u"filter"), tr("Filter to this part of the text")), &QAction::triggered, this,
            [this, part] { Q_EMIT narrowRequested(part); });
    }
    if (m_columnsOffered) {
        QAction *column = menu->addAction(icon(u"columns"), tr("Add as column"));
        column->setEnabled(!path.isEmpty());
        connect(column, &QAction::triggered, this, [this, path] { Q_EMIT columnRequested(path); });
    }
    menu->addSeparator();
    connect(menu->addAction(icon(u"copy"), tr("Copy value")), &QAction::triggered, this, &JsonTreeView::copyValue);
    connect(menu->addAction(tr("Copy path")), &QAction::triggered, this, &JsonTreeView::copyPath);
    menu->addSeparator();
    connect(menu->addAction(tr("Expand below")), &QAction::triggered, this,
        [this] { expandRecursively(currentIndex(), 8); });
    connect(menu->addAction(tr("Collapse all")), &QAction::triggered, this, &QTreeView::collapseAll);
    const QRect cell = visualRect(index);
    menu->popup(keyboard ? viewport()->mapToGlobal(cell.bottomLeft()) : event->globalPos());
}

} // namespace octotrail::ui
