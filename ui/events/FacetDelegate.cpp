// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FacetDelegate.h"

#include "ui/models/FacetModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/ItemText.h"
#include "ui/style/Metrics.h"

#include <QApplication>
#include <QLocale>
#include <QPainter>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int sign = 14;

} // namespace

FacetDelegate::FacetDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_tabular(scaledFont(TextSize::Small))
{ }

QSize FacetDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool field = index.data(FacetModel::IsFieldRole).toBool();
    return {
        16 * metrics::Unit, option.fontMetrics.height() + (field ? metrics::Unit + metrics::HalfUnit : metrics::Unit)};
}

QRect FacetDelegate::excludeRect(const QRect &row)
{
    return {row.right() - metrics::Unit - sign, row.top(), sign + metrics::HalfUnit, row.height()};
}

QRect FacetDelegate::includeRect(const QRect &row)
{
    return excludeRect(row).translated(-sign - metrics::Unit, 0);
}

void FacetDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    if (option.state & QStyle::State_Selected) {
        const QPalette::ColorGroup group = option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive;
        painter->fillRect(option.rect, option.palette.color(group, QPalette::Highlight));
    } else if ((option.state & QStyle::State_MouseOver) && !index.data(FacetModel::IsFieldRole).toBool()) {
        QColor hover = option.palette.color(QPalette::Text);
        hover.setAlphaF(0.05F);
        painter->fillRect(option.rect, hover);
    }
    painter->setPen(itemTextColor(Tone::Plain, option));
    if (index.data(FacetModel::IsFieldRole).toBool()) {
        paintField(*painter, option, index);
    } else {
        painter->save();
        paintValue(*painter, option, index);
        painter->restore();
    }
}

void FacetDelegate::paintField(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QRect inner = option.rect.adjusted(metrics::HalfUnit, 0, -metrics::Unit, 0);
    const QString count = index.data(FacetModel::IsStaleRole).toBool()
        ? QStringLiteral("\u2026") // no figure rather than one of another query
        : QLocale().toString(index.data(FacetModel::CountRole).toLongLong());
    const QFont bold = scaledFont(TextSize::Body, QFont::DemiBold);
    const int room = inner.width() - static_cast<int>(m_tabular.width(count)) - metrics::Unit;
    painter.setFont(bold);
    painter.drawText(
        inner, Qt::AlignVCenter | Qt::AlignLeft, QFontMetrics(bold).elidedText(option.text, Qt::ElideMiddle, room));
    painter.setPen(itemTextColor(Tone::Muted, option));
    const int width = static_cast<int>(m_tabular.width(count)) + 1;
    m_tabular.draw(painter, QRect(inner.right() - width, inner.top(), width + 1, inner.height()), count);
}

void FacetDelegate::paintValue(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QRect inner = option.rect.adjusted(metrics::HalfUnit, 0, -metrics::Unit, 0);
    painter.setFont(option.font);
    painter.setOpacity(index.data(FacetModel::IsStaleRole).toBool() ? 0.45 : 1);
    if (index.data(FacetModel::IsMoreRole).toBool()) {
        painter.setPen(itemTextColor(Tone::Accent, option));
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, option.text);
        return;
    }
    const QPen pen = painter.pen();
    const double part = index.data(FacetModel::PartRole).toDouble();
    const QRect bar(inner.left(), option.rect.bottom() - 2, std::max(2, static_cast<int>(part * inner.width())), 2);
    QColor color = toneColor(Tone::Accent, option.palette);
    color.setAlphaF(0.6F);
    painter.fillRect(bar, color);

    const QString count = QLocale().toString(index.data(FacetModel::CountRole).toLongLong());
    int taken = static_cast<int>(m_tabular.width(count)) + 1;
    if (option.state & (QStyle::State_MouseOver | QStyle::State_Selected)) {
        // In the place of the count, which would move otherwise.
        icon(u"filter").paint(&painter, includeRect(option.rect).adjusted(2, 0, -2, 0), Qt::AlignCenter);
        icon(u"exclude").paint(&painter, excludeRect(option.rect).adjusted(2, 0, -2, 0), Qt::AlignCenter);
        taken = option.rect.right() - includeRect(option.rect).left();
        painter.setPen(pen);
    } else {
        painter.setPen(itemTextColor(Tone::Muted, option));
        m_tabular.draw(painter, QRect(inner.right() - taken, inner.top(), taken + 1, inner.height()), count);
        if (!index.data(FacetModel::ValueRole).toString().isEmpty()) {
            painter.setPen(pen);
        }
    }
    inner.setRight(inner.right() - taken - metrics::Unit);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(option.text, Qt::ElideMiddle, inner.width()));
}

} // namespace octotrail::ui
