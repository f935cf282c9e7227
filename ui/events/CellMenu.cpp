// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/CellMenu.h"

#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

#include <array>

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

QString CellMenu::comparison(const QModelIndex &index, bool exclude)
{
    if (!index.isValid() || index.data(EventTableModel::IsLoadingRole).toBool()) {
        return {};
    }
    const auto *model = qobject_cast<const EventTableModel *>(index.model());
    const QString path = model ? model->column(index.column()).path : QString();
    if (path.isEmpty()) {
        return {};
    }
    return comparisonFor(path, index.data(EventTableModel::RawValueRole).toString(), exclude);
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
    const auto cellText = [row](cell::Index i) {
        return static_cast<std::size_t>(i) < row->cells.size() ? row->cells[static_cast<std::size_t>(i)] : QString();
    };
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
        addPair(tr("city"), u"client.geographicalContext.city"_s, cellText(cell::City), true);
        addPair(tr("country"), u"client.geographicalContext.country"_s, cellText(cell::Country), true);
        break;
    case EventColumn::Targets:
        addTargets(event);
        break;
    case EventColumn::Source:
        connect(addAction(ui::icon(u"sources"), tr("Show this source only")), &QAction::triggered, this,
            [this, source = row->source] { Q_EMIT sourceRequested(source); });
        break;
    case EventColumn::Actor:
        if (cellText(cell::Actor).isEmpty() && !cellText(cell::ActorName).isEmpty()) {
            addPair({}, u"actor.displayName"_s, cellText(cell::ActorName), false); // what the cell shows
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
    const auto decoded
        = [](std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); };
    for (std::size_t i = 0; i < targets.size() && i < maxTargets; ++i) {
        const auto &target = targets[i];
        if (target.alternateId) {
            addPair({}, u"target.alternateId"_s, decoded(*target.alternateId), true);
        } else if (target.id) {
            addPair({}, u"target.id"_s, decoded(*target.id), true);
        }
    }
}

} // namespace octotrail::ui
