// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/AlertTable.h"

#include "ui/alerts/AlertModel.h"
#include "ui/style/ItemText.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace octotrail::ui {

namespace {

bool isHeading(const QModelIndex &index)
{
    return index.data(AlertModel::IsGroupRole).toBool();
}

/// Leaves headings to the table, which writes them wider than a cell, and shortens actors so that their number stays.
class CellDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

private:
    /// Of "omar@example.com +3" the number is not cut off.
    static void keepEnd(QStyleOptionViewItem &option)
    {
        const qsizetype end = option.text.lastIndexOf(QLatin1String(" +"));
        if (end <= 0) {
            return;
        }
        const QString more = option.text.mid(end);
        const int margin
            = 2 * (option.widget->style()->pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1);
        const int room = option.rect.width() - margin - option.fontMetrics.horizontalAdvance(more);
        option.text = option.fontMetrics.elidedText(option.text.left(end), Qt::ElideRight, room) + more;
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (isHeading(index)) {
            option->text.clear();
        } else if (index.column() == AlertModel::Actor) {
            keepEnd(*option);
        }
    }
};

} // namespace

AlertTable::AlertTable(QWidget *parent)
    : QTreeView(parent)
{
    auto *cells = new CellDelegate(this);
    setItemDelegateForColumn(AlertModel::Title, cells);
    setItemDelegateForColumn(AlertModel::Actor, cells);
}

QRect AlertTable::headingRect(const QModelIndex &group) const
{
    const int margin = style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1;
    QRect rect = visualRect(group.siblingAtColumn(AlertModel::Title));
    for (int visual = header()->visualIndex(AlertModel::Title) + 1; visual < header()->count(); ++visual) {
        const int column = header()->logicalIndex(visual);
        if (header()->isSectionHidden(column)) {
            continue;
        }
        if (!group.siblingAtColumn(column).data().toString().isEmpty()) {
            break;
        }
        rect = rect.united(visualRect(group.siblingAtColumn(column)));
    }
    return rect.adjusted(margin, 0, -margin, 0);
}

void AlertTable::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    if (!isHeading(index)) {
        return;
    }
    const QModelIndex title = index.siblingAtColumn(AlertModel::Title);
    const QRect rect = headingRect(index);
    const QFont font = title.data(Qt::FontRole).value<QFont>();
    QStyleOptionViewItem item = option;
    item.state.setFlag(QStyle::State_Selected, selectionModel() && selectionModel()->isSelected(title));
    painter->save();
    painter->setFont(font);
    painter->setPen(itemTextColor(Tone::Plain, item));
    painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(title.data().toString(), Qt::ElideRight, rect.width()));
    painter->restore();
}

} // namespace octotrail::ui
