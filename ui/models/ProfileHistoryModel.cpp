// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ProfileHistoryModel.h"

#include "ui/widgets/PlainText.h"

namespace octotrail::ui {

using Kind = store::ProfileChange::Kind;
using namespace Qt::StringLiterals;

ProfileHistoryModel::ProfileHistoryModel(QObject *parent)
    : QAbstractTableModel(parent)
{ }

void ProfileHistoryModel::setChanges(std::vector<store::ProfileChange> changes)
{
    beginResetModel();
    m_changes = std::move(changes);
    endResetModel();
}

void ProfileHistoryModel::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    if (!m_changes.empty()) {
        Q_EMIT dataChanged(index(0, Seen), index(rowCount() - 1, Seen));
    }
}

int ProfileHistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_changes.size());
}

int ProfileHistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString ProfileHistoryModel::text(const store::ProfileChange &change, int column) const
{
    switch (column) {
    case Seen:
        return m_time.seconds(change.seen);
    case What:
        switch (change.kind) {
        case Kind::Added:
            return tr("First received");
        case Kind::Deleted:
            return tr("Deleted");
        case Kind::Restored:
            return tr("Listed again");
        case Kind::Changed:
            break;
        }
        return change.field.startsWith("profile."_L1) ? change.field.sliced(8) : change.field;
    case Before:
        return change.before;
    case After:
        return change.kind == Kind::Deleted ? tr("no longer listed by Okta") : change.after;
    default:
        return {};
    }
}

QVariant ProfileHistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const store::ProfileChange &shown = change(index.row());
    const QString value = singleLine(text(shown, index.column()));
    switch (role) {
    case Qt::DisplayRole:
        return value;
    case Qt::AccessibleTextRole:
        // A screen reader on the first column hears the change as a sentence.
        if (index.column() == Seen && shown.kind == Kind::Changed) {
            return tr("%1: %2 from %3 to %4")
                .arg(value, singleLine(text(shown, What)),
                    shown.before.isEmpty() ? tr("nothing") : singleLine(shown.before),
                    shown.after.isEmpty() ? tr("nothing") : singleLine(shown.after));
        }
        return index.column() == Seen ? value + u": "_s + text(shown, What) : value;
    case Qt::ToolTipRole:
        if (index.column() == Seen && shown.lastUpdated) {
            return toolTip(tr("Updated at Okta %1").arg(m_time.full(*shown.lastUpdated)));
        }
        return value.isEmpty() ? QVariant() : QVariant(toolTip(value));
    default:
        return {};
    }
}

QVariant ProfileHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Seen:
        return tr("Seen");
    case What:
        return tr("What changed");
    case Before:
        return tr("Before");
    case After:
        return tr("After");
    default:
        return {};
    }
}

} // namespace octotrail::ui
