// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/RowColors.h"

#include <QAbstractTableModel>

namespace octotrail::ui {

/// Colour rules being edited, in the order in which they are asked: a tick, a colour, a name and a filter each.
class ColorRuleModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Filter, ColumnCount };

    explicit ColorRuleModel(std::vector<ColorRule> rules, QObject *parent = nullptr);

    const std::vector<ColorRule> &rules() const { return m_rules; }
    void setRule(int row, const ColorRule &rule);
    void add(const ColorRule &rule);
    void remove(int row);
    /// Up or down by one; gives where it is then.
    int move(int row, int by);
    /// Why the rule's filter cannot be used; empty if it can.
    static QString problemOf(const ColorRule &rule);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::vector<ColorRule> m_rules;
};

} // namespace octotrail::ui
