// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/RelatedPane.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QToolButton>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

RelatedPane::RelatedPane(std::shared_ptr<store::Store> store, QWidget *parent)
    : QTreeView(parent)
    , m_model(std::move(store))
{
    setObjectName(u"related"_s);
    setAccessibleName(tr("Related events"));
    setModel(&m_model);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    header()->setStretchLastSection(true);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->resizeSection(RelatedModel::What, 46 * metrics::Unit);
    header()->resizeSection(RelatedModel::Time, 23 * metrics::Unit);
    header()->resizeSection(RelatedModel::ActorName, 25 * metrics::Unit);
    connect(this, &QAbstractItemView::activated, this, &RelatedPane::activate);
    connect(&m_model, &RelatedModel::filled, this, [this](int group) {
        expand(m_model.index(group, 0));
        addButtons();
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &RelatedPane::addButtons);
    addButtons();
}

/// A group's own button opens it: one click, and a place for the keyboard.
void RelatedPane::addButtons()
{
    for (int group = 0; group < RelatedModel::GroupCount; ++group) {
        const QModelIndex first = m_model.index(group, 0);
        setFirstColumnSpanned(group, {}, false);
        const QModelIndex place = first.siblingAtColumn(RelatedModel::Time);
        const bool has = m_model.count(static_cast<RelatedModel::Group>(group)).value_or(0) > 0;
        if (!has) {
            setIndexWidget(place, nullptr);
            setFirstColumnSpanned(group, {}, true);
        } else if (!indexWidget(place)) {
            auto *button = new QToolButton(this);
            button->setObjectName(u"openGroup%1"_s.arg(group));
            button->setIcon(icon(u"filter"));
            button->setText(tr("Show in the table"));
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            button->setAutoRaise(true);
            button->setAccessibleName(tr("%1: show in the table").arg(first.data().toString()));
            connect(button, &QToolButton::clicked, this, [this, group] { activate(m_model.index(group, 0)); });
            setIndexWidget(place, button);
        }
    }
}

void RelatedPane::setEvent(const store::StoredEvent *event)
{
    m_event = event ? std::optional(*event) : std::nullopt;
    m_asked = false;
    m_model.clear();
    if (isVisible()) {
        ask();
    }
}

void RelatedPane::ask()
{
    if (m_event && !m_asked) {
        m_asked = true;
        m_model.setEvent(m_event->seq, m_event->event);
    }
}

void RelatedPane::showEvent(QShowEvent *event)
{
    QTreeView::showEvent(event);
    ask();
}

void RelatedPane::activate(const QModelIndex &index)
{
    if (!index.isValid()) {
        return;
    }
    if (index.parent().isValid()) {
        const qint64 seq = index.data(RelatedModel::SeqRole).toLongLong();
        Q_EMIT eventRequested(seq, {});
        return;
    }
    const auto group = static_cast<RelatedModel::Group>(index.row());
    if (!m_model.filter(group).isEmpty()) {
        Q_EMIT groupRequested(m_model.filter(group), m_model.range(group));
    }
}

void RelatedPane::contextMenuEvent(QContextMenuEvent *event)
{
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = keyboard ? currentIndex() : indexAt(viewport()->mapFromGlobal(event->globalPos()));
    if (!index.isValid()) {
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(u"relatedMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QModelIndex group = index.parent().isValid() ? index.parent() : index;
    if (index.parent().isValid()) {
        connect(menu->addAction(icon(u"events"), tr("Go to this event")), &QAction::triggered, this,
            [this, index = QPersistentModelIndex(index)] { activate(index); });
    }
    QAction *open = menu->addAction(icon(u"filter"), tr("Show the group in the table"));
    open->setEnabled(!group.data(RelatedModel::FilterRole).toString().isEmpty());
    connect(open, &QAction::triggered, this, [this, group = QPersistentModelIndex(group)] { activate(group); });
    menu->popup(keyboard ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

} // namespace octotrail::ui
