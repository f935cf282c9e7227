// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layouts/ColorRuleModel.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmap>

namespace octotrail::ui {

namespace {

QPixmap swatch(int color)
{
    const QList<RuleColor> colors = ruleColors(QGuiApplication::palette());
    const RuleColor &shown = colors.value(color, colors.first());
    QPixmap pixmap(metrics::IconSize, metrics::IconSize);
    pixmap.fill(shown.ground);
    QPainter painter(&pixmap);
    painter.fillRect(0, 0, metrics::HalfUnit, metrics::IconSize, shown.stripe);
    painter.setPen(shown.stripe);
    painter.drawRect(0, 0, metrics::IconSize - 1, metrics::IconSize - 1);
    return pixmap;
}

} // namespace

ColorRuleModel::ColorRuleModel(std::vector<ColorRule> rules, QObject *parent)
    : QAbstractTableModel(parent)
    , m_rules(std::move(rules))
{ }

QString ColorRuleModel::problemOf(const ColorRule &rule)
{
    if (rule.filter.trimmed().isEmpty()) {
        return tr("A rule needs a filter, or it would colour every event.");
    }
    const auto input = filter::parseInput(rule.filter.toStdString());
    if (input) {
        return {};
    }
    return input.error().column > 0 ? tr("Column %1: %2").arg(input.error().column).arg(input.error().sentence)
                                    : input.error().sentence;
}

void ColorRuleModel::setRule(int row, const ColorRule &rule)
{
    ColorRule &old = m_rules[static_cast<std::size_t>(row)];
    if (old != rule) {
        old = rule;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void ColorRuleModel::add(const ColorRule &rule)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_rules.push_back(rule);
    endInsertRows();
}

void ColorRuleModel::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_rules.erase(m_rules.begin() + row);
    endRemoveRows();
}

int ColorRuleModel::move(int row, int by)
{
    const int to = row + by;
    if (to < 0 || to >= rowCount()) {
        return row;
    }
    beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
    std::swap(m_rules[static_cast<std::size_t>(row)], m_rules[static_cast<std::size_t>(to)]);
    endMoveRows();
    return to;
}

int ColorRuleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rules.size());
}

int ColorRuleModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ColorRuleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const ColorRule &rule = m_rules[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return singleLine(index.column() == Name ? rule.name : rule.filter, 300);
    case Qt::DecorationRole:
        return index.column() == Name ? QVariant(swatch(rule.color)) : QVariant();
    case Qt::CheckStateRole:
        return index.column() == Name ? QVariant(rule.enabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::ToolTipRole: {
        const QString problem = problemOf(rule);
        return toolTip(problem.isEmpty() ? rule.filter : problem);
    }
    case Qt::AccessibleTextRole: {
        const QList<RuleColor> colors = ruleColors(QGuiApplication::palette());
        return index.column() == Name ? tr("%1, %2").arg(rule.name, colors.value(rule.color, colors.first()).caption)
                                      : rule.filter;
    }
    default:
        return {};
    }
}

bool ColorRuleModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !index.isValid() || index.column() != Name) {
        return false;
    }
    ColorRule rule = m_rules[static_cast<std::size_t>(index.row())];
    rule.enabled = value.toInt() == Qt::Checked;
    setRule(index.row(), rule);
    return true;
}

QVariant ColorRuleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    return section == Name ? tr("Rule") : tr("Filter");
}

Qt::ItemFlags ColorRuleModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.column() == Name ? flags | Qt::ItemIsUserCheckable : flags;
}

} // namespace octotrail::ui
