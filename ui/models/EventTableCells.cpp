// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What EventTableModel makes of a row that was read.
#include "ui/annotations/AnnotationModel.h"
#include "ui/models/EventTableModel.h"
#include "ui/models/ResultFinder.h"
#include "ui/models/RowColors.h"
#include "ui/widgets/PlainText.h"

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::EventRow;
using store::Seq;

namespace {

QString cellText(const EventRow &row, cell::Index index)
{
    return index < static_cast<int>(row.cells.size()) ? row.cells[index] : QString();
}

} // namespace

QVariant EventTableModel::display(const EventRow &row, int column) const
{
    if (column >= eventColumnCount) {
        return singleLine(raw(row, column));
    }
    switch (static_cast<EventColumn>(column)) {
    case EventColumn::Time:
        return row.published ? m_time.table(*row.published) : tr("no time");
    case EventColumn::Location: {
        const QString city = singleLine(cellText(row, cell::City));
        const QString country = singleLine(cellText(row, cell::Country));
        return city.isEmpty() || country.isEmpty() ? city + country : city + u", "_s + country;
    }
    case EventColumn::Targets:
        return singleLine(raw(row, column).replace(u'\n', u", "_s));
    case EventColumn::Marks: {
        const store::Annotation *annotation = m_beside.annotations ? m_beside.annotations->find(row.seq) : nullptr;
        return annotation ? singleLine(annotationText(*annotation)) : QString();
    }
    case EventColumn::Actor: {
        // The login says who it is; of what has none (a client, a service) the name does.
        const QString login = cellText(row, cell::Actor);
        return singleLine(login.isEmpty() ? cellText(row, cell::ActorName) : login);
    }
    default:
        return singleLine(raw(row, column));
    }
}

QString EventTableModel::raw(const EventRow &row, int column) const
{
    if (column >= eventColumnCount) {
        const std::size_t further = m_loader.furtherCells() + static_cast<std::size_t>(column - eventColumnCount);
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

QString EventTableModel::sentence(const EventRow &row) const
{
    const auto text = [&](EventColumn column) { return display(row, static_cast<int>(column)).toString(); };
    QStringList parts{text(EventColumn::Message).isEmpty() ? text(EventColumn::EventType) : text(EventColumn::Message)};
    if (!text(EventColumn::Actor).isEmpty()) {
        parts << tr("by %1").arg(text(EventColumn::Actor));
    }
    if (!text(EventColumn::ClientIp).isEmpty()) {
        parts << tr("from %1").arg(text(EventColumn::ClientIp));
    }
    if (!text(EventColumn::Outcome).isEmpty()) {
        parts << tr("outcome %1").arg(text(EventColumn::Outcome));
    }
    if (!text(EventColumn::Marks).isEmpty()) {
        parts << text(EventColumn::Marks);
    }
    if (const int rule = m_beside.colors ? m_beside.colors->ruleOf(row.seq) : -1; rule >= 0) {
        parts << tr("coloured by %1").arg(m_beside.colors->rule(rule).name);
    }
    return text(EventColumn::Time) + u": "_s + parts.join(u", "_s);
}

/// The whole of what the cell shows a part of, and what stands beside it.
QString EventTableModel::tip(const EventRow &row, int column) const
{
    QString text = column == static_cast<int>(EventColumn::Targets) ? multiLine(raw(row, column), 2000)
                                                                    : display(row, column).toString();
    if (column == static_cast<int>(EventColumn::Marks)) {
        const store::Annotation *annotation = m_beside.annotations ? m_beside.annotations->find(row.seq) : nullptr;
        text = annotation ? annotationText(*annotation) : QString();
    }
    if (const int rule = m_beside.colors ? m_beside.colors->ruleOf(row.seq) : -1; rule >= 0) {
        text += (text.isEmpty() ? QString() : u"\n"_s)
            + tr("Coloured by the rule \u201c%1\u201d").arg(singleLine(m_beside.colors->rule(rule).name, 80));
    }
    return text;
}

int EventTableModel::hitOf(Seq seq) const
{
    return (m_beside.find && m_beside.find->contains(seq) ? Found : 0)
        | (m_beside.alike && m_beside.alike->contains(seq) ? Alike : 0);
}

ColumnInfo EventTableModel::column(int column) const
{
    return column < eventColumnCount ? columnInfo(static_cast<EventColumn>(column))
                                     : m_pathInfos.value(column - eventColumnCount);
}

std::optional<int> EventTableModel::columnOf(const QString &key) const
{
    for (int i = 0; i < columnCount(); ++i) {
        if (column(i).key == key) {
            return i;
        }
    }
    return std::nullopt;
}

} // namespace octotrail::ui
