// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ZoneModel.h"

#include "ui/models/TimeDisplay.h"

#include <QTimeZone>

namespace octotrail::ui {

ZoneModel::ZoneModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_ids(QTimeZone::availableTimeZoneIds())
{ }

int ZoneModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant ZoneModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const QByteArray &id = m_ids[index.row()];
    switch (role) {
    case Qt::DisplayRole: {
        QString &offset = m_offsets[id];
        if (offset.isNull()) {
            offset = offsetText(QTimeZone(id));
        }
        return QStringLiteral("%1  (%2)").arg(QString::fromLatin1(id), offset);
    }
    case IdRole:
        return id;
    case SearchRole:
        return QString::fromLatin1(id).replace(u'_', u' ');
    default:
        return {};
    }
}

} // namespace octotrail::ui
