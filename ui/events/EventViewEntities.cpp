// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// EventView's ways to the pages of those whom events name.
#include "event/Json.h"
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

/// What the event says at the path, if that names somebody. A device's name is for reading: the id says which.
std::optional<store::Entity> namedAt(const std::string &path, const event::LogEvent &event)
{
    std::optional<store::Entity> named;
    for (const std::string &at :
        path == "device.name" ? std::vector<std::string>{"device.id", path} : std::vector{path}) {
        event::visitValues(event.bytes(), event::FieldPath(at), [&](std::string_view value, event::JsonKind) {
            named = named ? named : store::entityOf(at, value);
            return !named;
        });
    }
    return named;
}

struct Named
{
    std::vector<store::Entity> entities;
    bool isOfColumn = false; ///< whether the first one is whom the column speaks of
};

/// Whom the column's path speaks of comes first; without one it is the actor.
Named namedBy(const QString &columnPath, const event::LogEvent &event)
{
    const std::string path = columnPath.toStdString();
    Named named{entitiesOf(event)};
    std::vector<store::Entity> &all = named.entities;
    if (auto exact = namedAt(path, event)) {
        std::erase(all, *exact);
        all.insert(all.begin(), std::move(*exact));
        named.isOfColumn = true;
        return named;
    }
    const auto kind = store::entityKindOf(path);
    const auto isActor = [actor = event.text(event::field::ActorAlternateId)](const store::Entity &entity) {
        return entity.kind == store::EntityKind::Actor && (entity.path == "actor.id" || actor == entity.value);
    };
    const auto rest = std::stable_partition(all.begin(), all.end(), [&](const store::Entity &entity) {
        switch (kind.value_or(store::EntityKind::Actor)) {
        case store::EntityKind::Actor:
            return isActor(entity);
        case store::EntityKind::App:
            return entity.kind == store::EntityKind::App
                || (entity.kind == store::EntityKind::Actor && !isActor(entity));
        case store::EntityKind::Address:
        case store::EntityKind::Device:
            break;
        }
        return entity.kind == kind;
    });
    named.isOfColumn = kind && rest != all.begin();
    return named;
}

} // namespace

void EventView::makeEntityAction()
{
    m_actions.openEntity = new QAction(icon(u"entities"), tr("Open &whom the cell names"), this);
    m_actions.openEntity->setShortcut(QKeySequence(u"Alt+Return"_s));
    m_actions.openEntity->setToolTip(tr(
        "The page of the cell's actor, address, device or app (Alt+Enter, or a click on the sign at the cell's end)"));
    m_actions.openEntity->setShortcutContext(Qt::WidgetWithChildrenShortcut); // the fields have the same key
    m_table->addAction(m_actions.openEntity);
    connect(m_actions.openEntity, &QAction::triggered, this, &EventView::openEntityOfCell);
    connect(m_table, &EventTable::entityRequested, m_actions.openEntity, &QAction::trigger);
    connect(m_details, &DetailsPane::entityRequested, this, &EventView::entityRequested);
    connect(m_facets, &FacetRail::entityRequested, this, &EventView::entityRequested);
}

void EventView::openEntityOfCell()
{
    const std::optional<store::Seq> seq = m_table->currentSeq();
    if (!seq) {
        return;
    }
    const QString path = m_model.pathOf(m_table->currentIndex().column());
    whenFinished(m_store->event(*seq), this, [this, path](const event::Result<store::StoredEvent> &read) {
        if (!read) {
            Q_EMIT problemOccurred(read.error().sentence);
            return;
        }
        const auto kind = store::entityKindOf(path.toStdString());
        const Named named = namedBy(path, read->event);
        if (named.entities.empty()) {
            Q_EMIT problemOccurred(tr("This event names no actor, address, device or app."));
        } else if (kind && !named.isOfColumn) {
            Q_EMIT problemOccurred(tr("This cell names no actor, address, device or app that has a page."));
        } else {
            Q_EMIT entityRequested(named.entities.front());
        }
    });
}

void EventView::addEntities(QMenu &menu, int column, const event::LogEvent &event)
{
    for (const store::Entity &entity : namedBy(m_model.pathOf(column), event).entities) {
        QAction *action = menu.addAction(icon(entityIconName(entity.kind)), actionText(openEntityText(entity)));
        connect(action, &QAction::triggered, this, [this, entity] { Q_EMIT entityRequested(entity); });
    }
    menu.addSeparator();
}

} // namespace octotrail::ui
