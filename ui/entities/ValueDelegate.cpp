// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/ValueDelegate.h"

#include "ui/entities/ValueModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/ItemText.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"

#include <algorithm>

namespace octotrail::ui {

ValueDelegate::ValueDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_tabular(scaledFont(TextSize::Small))
{ }

QSize ValueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {10 * metrics::Unit, option.fontMetrics.height() + metrics::Unit};
}

void ValueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    option.state.setFlag(
        QStyle::State_Selected, option.state & QStyle::State_Selected && option.state & QStyle::State_Active);
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, option.palette.color(QPalette::Active, QPalette::Highlight));
    } else if (option.state & QStyle::State_MouseOver) {
        QColor hover = option.palette.color(QPalette::Text);
        hover.setAlphaF(0.05F);
        painter->fillRect(option.rect, hover);
    }
    painter->setPen(itemTextColor(Tone::Plain, option));
    painter->setFont(option.font);
    if (index.column() == ValueModel::Events) {
        const int width = static_cast<int>(m_tabular.width(option.text)) + 1;
        painter->setPen(itemTextColor(Tone::Muted, option));
        m_tabular.draw(*painter,
            QRect(option.rect.right() - width - metrics::HalfUnit, option.rect.top(), width + 1, option.rect.height()),
            option.text);
        return;
    }
    QRect inner = option.rect.adjusted(metrics::HalfUnit, 0, -metrics::Unit, 0);
    QColor color = toneColor(Tone::Accent, option.palette);
    color.setAlphaF(0.6F);
    const double part = index.data(ValueModel::PartRole).toDouble();
    painter->fillRect(
        QRect(inner.left(), option.rect.bottom() - 2, std::max(2, static_cast<int>(part * inner.width())), 2), color);
    if (index.data(ValueModel::IsNewRole).toBool()) {
        const QString word = tr("new");
        const QFont small = scaledFont(TextSize::Small, QFont::DemiBold);
        const int width = QFontMetrics(small).horizontalAdvance(word) + metrics::Unit + 2;
        const QRect chip(inner.right() - width, inner.top() + 3, width, inner.height() - 7);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painting::box(*painter, chip, toneBackground(Tone::Warning, option.palette), QColor(), metrics::Radius - 1);
        painter->setPen(toneColor(Tone::Warning, option.palette));
        painter->setFont(small);
        painter->drawText(chip, Qt::AlignCenter, word);
        painter->restore();
        inner.setRight(chip.left() - metrics::HalfUnit);
    }
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(option.text, Qt::ElideMiddle, inner.width()));
}

} // namespace octotrail::ui
