// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/RowText.h"

#include "ui/annotations/AnnotationBook.h"
#include "ui/models/EventColumns.h"
#include "ui/widgets/PlainText.h"

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EventRow;

namespace {

QString cellText(const EventRow &row, cell::Index index)
{
    return index < static_cast<int>(row.cells.size()) ? row.cells[index] : QString();
}

} // namespace

QString RowText::shown(const EventRow &row, int column, const store::Annotation *annotation) const
{
    if (column >= eventColumnCount) {
        return singleLine(raw(row, column));
    }
    switch (static_cast<EventColumn>(column)) {
    case EventColumn::Time:
        return row.published ? time.table(*row.published) : QObject::tr("no time");
    case EventColumn::Location: {
        const QString city = singleLine(cellText(row, cell::City));
        const QString country = singleLine(cellText(row, cell::Country));
        return city.isEmpty() || country.isEmpty() ? city + country : city + u", "_s + country;
    }
    case EventColumn::Targets:
        return singleLine(raw(row, column).replace(u'\n', u", "_s));
    case EventColumn::Marks:
        return annotation ? singleLine(annotationText(*annotation)) : QString();
    case EventColumn::Actor: {
        // The login says who it is; of what has none (a client, a service) the name does.
        const QString login = cellText(row, cell::Actor);
        return singleLine(login.isEmpty() ? cellText(row, cell::ActorName) : login);
    }
    default:
        return singleLine(raw(row, column));
    }
}

QString RowText::raw(const EventRow &row, int column) const
{
    if (column >= eventColumnCount) {
        const std::size_t further = furtherCells + static_cast<std::size_t>(column - eventColumnCount);
        return further < row.cells.size() ? row.cells[further] : QString();
    }
    switch (static_cast<EventColumn>(column)) {
    case EventColumn::Time:
        return row.published ? QString::fromStdString(event::formatTimestamp(*row.published)) : QString();
    case EventColumn::Severity:
        return cellText(row, cell::Severity);
    case EventColumn::EventType:
        return cellText(row, cell::EventType);
    case EventColumn::Message:
        return cellText(row, cell::Message);
    case EventColumn::Actor:
        return cellText(row, cell::Actor);
    case EventColumn::ClientIp:
        return cellText(row, cell::ClientIp);
    case EventColumn::Location:
        return cellText(row, cell::City);
    case EventColumn::Outcome:
        return cellText(row, cell::Outcome);
    case EventColumn::Targets:
        return cellText(row, cell::Targets);
    case EventColumn::Source:
        return cellText(row, cell::Source);
    case EventColumn::Marks:
        break; // it is no part of the event
    case EventColumn::ActorDepartment:
        return cellText(row, cell::ActorDepartment);
    case EventColumn::ActorTitle:
        return cellText(row, cell::ActorTitle);
    case EventColumn::ActorManager:
        return cellText(row, cell::ActorManager);
    case EventColumn::ActorStatus:
        return cellText(row, cell::ActorStatus);
    }
    return {};
}

QString RowText::copied(const EventRow &row, int column, const store::Annotation *annotation) const
{
    const bool isMadeUp = column == static_cast<int>(EventColumn::Time)
        || column == static_cast<int>(EventColumn::Location) || column == static_cast<int>(EventColumn::Targets)
        || column == static_cast<int>(EventColumn::Marks);
    return isMadeUp ? shown(row, column, annotation) : raw(row, column);
}

} // namespace octotrail::ui
