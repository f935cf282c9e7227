// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"
#include "store/EntityProfile.h"

#include <QString>
#include <vector>

/// What entities and what is told of them are called, and the filters that find it.
namespace octotrail::ui {

QString entityKindText(store::EntityKind kind); ///< "IP address"
QStringView entityIconName(store::EntityKind kind);
/// Its value in one line, bounded.
QString entityTitle(const store::Entity &entity);
/// "Open the actor ada@example.com", for a menu.
QString openEntityText(const store::Entity &entity);

/// Whom and what an event names: its actor, its client's address, its device, the apps and the users among its targets.
/// Each once, at most a handful.
std::vector<store::Entity> entitiesOf(const event::LogEvent &event);

QString aspectTitle(store::EntityAspect aspect); ///< "Networks"
/// "Berlin, Germany"; "none" for a blank one. One line, bounded.
QString aspectText(store::EntityAspect aspect, const store::EntityValue &value);
/// What finds the events with the value, to be joined to a filter.
QString aspectFilter(store::EntityAspect aspect, const store::EntityValue &value);
/// What a value of the aspect names itself, if anything.
std::optional<store::Entity> aspectEntity(store::EntityAspect aspect, const store::EntityValue &value);
/// What is worth telling of a kind, in the order of the page.
std::vector<store::EntityAspect> aspectsOf(store::EntityKind kind);

QString decoded(std::string_view utf8);
/// Whether a name or an id tells nobody and nothing: Okta writes "unknown" where it knows none.
bool namesNothing(std::string_view value);
/// "a and b", with brackets where they are needed.
QString joinedFilters(const QString &a, const QString &b);

} // namespace octotrail::ui
