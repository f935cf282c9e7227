// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartContent.h"

#include <QAbstractTableModel>

namespace octotrail::ui {

/// A chart's figures as a table.
class ChartTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Label, Total, FirstLayer };

    using QAbstractTableModel::QAbstractTableModel;

    void setContent(const ChartContent &content);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    ChartContent m_content;
};

} // namespace octotrail::ui
