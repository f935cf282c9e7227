// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/CellMenu.h"

#include "ui/entities/EntityText.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

QString comparisonFor(const QString &path, const QString &value, bool exclude)
{
    const std::string p = path.toStdString();
    if (value.isEmpty()) {
        const QString present = QString::fromStdString(filter::comparisonText(p, filter::Operator::Pr, {}));
        return exclude ? present : u"not (%1)"_s.arg(present);
    }
    return QString::fromStdString(
        filter::comparisonText(p, exclude ? filter::Operator::Ne : filter::Operator::Eq, value.toStdString()));
}

namespace {

constexpr auto cityPath = "client.geographicalContext.city"_L1;
constexpr auto countryPath = "client.geographicalContext.country"_L1;

QString cellText(const store::EventRow &row, cell::Index cell)
{
    const auto i = static_cast<std::size_t>(cell);
    return i < row.cells.size() ? row.cells[i] : QString();
}

/// What tells a target from others: of groups and rules the id, since all have the same alternateId.
std::pair<QString, QString> nameOf(const event::LogEvent::Target &target)
{
    const bool isNamed = !namesNothing(target.alternateId.value_or(std::string_view()));
    const std::string_view name = isNamed ? *target.alternateId : target.id.value_or(std::string_view());
    return {isNamed ? u"target.alternateId"_s : u"target.id"_s, decoded(name)};
}

} // namespace

QString CellMenu::comparison(const QModelIndex &index, bool exclude)
{
    const auto *model = qobject_cast<const EventTableModel *>(index.model());
    const store::EventRow *row = model ? model->loadedRow(index.row()) : nullptr;
    if (!row) {
        return {};
    }
    if (index.column() == static_cast<int>(EventColumn::Location)) {
        const QString city = cellText(*row, cell::City);
        return city.isEmpty() ? comparisonFor(countryPath, cellText(*row, cell::Country), exclude)
                              : comparisonFor(cityPath, city, exclude);
    }
    const QString path = model->column(index.column()).path;
    return path.isEmpty() ? QString()
                          : comparisonFor(path, index.data(EventTableModel::RawValueRole).toString(), exclude);
}

QString CellMenu::comparisonByTarget(const event::LogEvent &event, bool exclude)
{
    const auto targets = event.targets();
    const auto [path, value] = targets.empty() ? std::pair(u"target.id"_s, QString()) : nameOf(targets.front());
    return comparisonFor(path, value, exclude);
}

CellMenu::CellMenu(
    const EventTableModel &model, const QModelIndex &index, const event::LogEvent *event, QWidget *parent)
    : QMenu(parent)
{
    setObjectName(u"cellMenu"_s);
    const store::EventRow *row = model.loadedRow(index.row());
    if (!row) {
        return;
    }
    const auto column = static_cast<EventColumn>(index.column());
    switch (column) {
    case EventColumn::Time:
        if (row->published) {
            for (const int minutes : std::to_array({1, 5, 15, 60})) {
                const auto half = std::chrono::minutes(minutes);
                const event::TimeRange range{*row->published - half, *row->published + half};
                connect(addAction(ui::icon(u"clock"), tr("Show %1 min before and after").arg(minutes)),
                    &QAction::triggered, this, [this, range] { Q_EMIT rangeRequested(range); });
            }
        }
        break;
    case EventColumn::Location:
        addPair(tr("city"), cityPath, cellText(*row, cell::City), true);
        addPair(tr("country"), countryPath, cellText(*row, cell::Country), true);
        break;
    case EventColumn::Targets:
        addTargets(event);
        break;
    case EventColumn::Source:
        connect(addAction(ui::icon(u"sources"), tr("Show this source only")), &QAction::triggered, this,
            [this, source = row->source] { Q_EMIT sourceRequested(source); });
        break;
    case EventColumn::Actor:
        if (cellText(*row, cell::Actor).isEmpty() && !cellText(*row, cell::ActorName).isEmpty()) {
            addPair({}, u"actor.displayName"_s, cellText(*row, cell::ActorName), false); // what the cell shows
            break;
        }
        [[fallthrough]];
    default: {
        if (const QString path = model.column(index.column()).path; !path.isEmpty()) {
            addPair({}, path, index.data(EventTableModel::RawValueRole).toString(), false);
        }
    }
    }
    addSeparator();
}

void CellMenu::addPair(const QString &what, const QString &path, const QString &value, bool named)
{
    const auto add = [&](const QString &text, QStringView iconName, bool exclude) {
        QAction *action = addAction(ui::icon(iconName), text);
        action->setData(comparisonFor(path, value, exclude));
        connect(action, &QAction::triggered, this,
            [this, comparison = action->data().toString()] { Q_EMIT narrowRequested(comparison); });
    };
    if (named) {
        const QString shown = value.isEmpty() ? tr("no %1").arg(what) : actionText(value);
        add(tr("Filter to %1").arg(shown), u"filter", false);
        add(tr("Exclude %1").arg(shown), u"exclude", true);
    } else if (value.isEmpty()) {
        add(tr("Filter to events without a value"), u"filter", false);
        add(tr("Exclude events without a value"), u"exclude", true);
    } else {
        add(tr("Filter to this value"), u"filter", false);
        add(tr("Exclude this value"), u"exclude", true);
    }
}

void CellMenu::addTargets(const event::LogEvent *event)
{
    constexpr std::size_t maxTargets = 8;
    if (!event || event->targets().empty()) {
        addPair({}, u"target.id"_s, {}, false);
        return;
    }
    const auto targets = event->targets();
    for (const event::LogEvent::Target &target : std::span(targets).first(std::min(targets.size(), maxTargets))) {
        if (const auto [path, value] = nameOf(target); !value.isEmpty()) {
            addPair({}, path, value, true);
        }
    }
}

} // namespace octotrail::ui
