// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/AlertEventsModel.h"

#include "ui/events/EventMarks.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

namespace octotrail::ui {

namespace {

enum Cell : std::size_t { Message, EventType, ActorCell, TargetCell, OutcomeCell, AddressCell };

} // namespace

AlertEventsModel::AlertEventsModel(std::shared_ptr<store::Store> store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(std::move(store))
{ }

void AlertEventsModel::setEvents(std::vector<store::Seq> seqs)
{
    seqs.resize(std::min(seqs.size(), most));
    if (seqs == m_seqs && m_failure.isEmpty()) {
        Q_EMIT loaded();
        return;
    }
    m_seqs = seqs;
    whenFinished(
        m_store->rows(std::move(seqs),
            {"displayMessage", "eventType", "actor.alternateId", "target", "outcome.result", "client.ipAddress"}),
        this, [this, job = ++m_job](event::Result<std::vector<store::EventRow>> rows) {
            if (job != m_job) {
                return;
            }
            beginResetModel();
            m_failure = rows ? QString() : rows.error().sentence;
            m_rows = rows ? std::move(*rows) : std::vector<store::EventRow>();
            endResetModel();
            Q_EMIT loaded();
        });
}

void AlertEventsModel::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, Time), index(rowCount() - 1, Time));
    }
}

int AlertEventsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AlertEventsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AlertEventsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const store::EventRow &row = m_rows[static_cast<std::size_t>(index.row())];
    const auto cell = [&](std::size_t number) { return number < row.cells.size() ? row.cells[number] : QString(); };
    if (role == Qt::DecorationRole && index.column() == Outcome && !cell(OutcomeCell).isEmpty()) {
        return markIcon(outcomeMark(cell(OutcomeCell)));
    }
    if (role == Qt::ToolTipRole && index.column() == Event) {
        return toolTip(singleLine(cell(EventType)));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Time:
        return row.published ? m_time.table(*row.published) : QString();
    case Event:
        return singleLine(cell(Message).isEmpty() ? cell(EventType) : cell(Message));
    case Actor:
        return singleLine(cell(ActorCell));
    case Target:
        return singleLine(cell(TargetCell));
    case Outcome:
        return singleLine(cell(OutcomeCell), 64);
    case Address:
        return singleLine(cell(AddressCell), 64);
    default:
        return {};
    }
}

QVariant AlertEventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case Event:
        return tr("Event");
    case Actor:
        return tr("Actor");
    case Target:
        return tr("Target");
    case Outcome:
        return tr("Outcome");
    case Address:
        return tr("IP address");
    default:
        return {};
    }
}

} // namespace octotrail::ui
