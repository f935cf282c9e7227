// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventView's ways to the pages of those whom events name.
#include "ui/entities/EntityText.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FacetRail.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QFuture>
#include <QMenu>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

/// The one that the column speaks of comes first; without one it is the actor.
std::vector<store::Entity> entitiesFor(EventColumn column, const event::LogEvent &event)
{
    std::vector<store::Entity> entities = entitiesOf(event);
    const auto actor = event.text(*event::fieldByPath("actor.alternateId"));
    const auto isOfColumn = [&](const store::Entity &entity) {
        switch (column) {
        case EventColumn::ClientIp:
        case EventColumn::Location:
            return entity.kind == store::EntityKind::Address;
        case EventColumn::Targets:
            return entity.kind == store::EntityKind::App
                || (entity.kind == store::EntityKind::Actor && actor != std::string_view(entity.value));
        default:
            return false;
        }
    };
    std::ranges::stable_partition(entities, isOfColumn);
    return entities;
}

} // namespace

void EventView::makeEntityAction()
{
    m_actions.openEntity = new QAction(icon(u"entities"), tr("Open &whom the cell names"), this);
    m_actions.openEntity->setShortcut(QKeySequence(u"Alt+Return"_s));
    m_actions.openEntity->setToolTip(tr("The page of the cell's actor, address, device or app (Alt+Enter)"));
    m_actions.openEntity->setShortcutContext(Qt::WidgetWithChildrenShortcut); // the fields have the same key
    m_table->addAction(m_actions.openEntity);
    connect(m_actions.openEntity, &QAction::triggered, this, &EventView::openEntityOfCell);
    connect(m_details, &DetailsPane::entityRequested, this, &EventView::entityRequested);
    connect(m_facets, &FacetRail::entityRequested, this, &EventView::entityRequested);
}

void EventView::openEntityOfCell()
{
    const std::optional<store::Seq> seq = m_table->currentSeq();
    if (!seq) {
        return;
    }
    const auto column = static_cast<EventColumn>(m_table->currentIndex().column());
    whenFinished(m_store->event(*seq), this, [this, column](const event::Result<store::StoredEvent> &read) {
        if (!read) {
            Q_EMIT problemOccurred(read.error().sentence);
            return;
        }
        const std::vector<store::Entity> entities = entitiesFor(column, read->event);
        if (entities.empty()) {
            Q_EMIT problemOccurred(tr("This event names no actor, address, device or app."));
        } else {
            Q_EMIT entityRequested(entities.front());
        }
    });
}

void EventView::addEntities(QMenu &menu, EventColumn column, const event::LogEvent &event)
{
    for (const store::Entity &entity : entitiesFor(column, event)) {
        QAction *action = menu.addAction(icon(entityIconName(entity.kind)), actionText(openEntityText(entity)));
        connect(action, &QAction::triggered, this, [this, entity] { Q_EMIT entityRequested(entity); });
    }
    menu.addSeparator();
}

} // namespace octotrail::ui
