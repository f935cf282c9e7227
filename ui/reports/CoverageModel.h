// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/AlertReport.h"

#include <QAbstractTableModel>

namespace octotrail::ui {

/// ATT&CK as a table: a column for each tactic, and in it the techniques that rules name.
class CoverageModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role { TechniqueRole = Qt::UserRole, NameRole, RulesRole, AlertsRole };

    explicit CoverageModel(QObject *parent = nullptr);

    void setColumns(const std::vector<detect::CoverageColumn> &columns);
    const std::vector<detect::CoverageColumn> &columns() const { return m_columns; }
    const detect::CoverageCell *cellAt(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::vector<detect::CoverageColumn> m_columns;
    int m_rows = 0;
};

} // namespace octotrail::ui
