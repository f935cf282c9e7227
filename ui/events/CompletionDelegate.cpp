// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/CompletionDelegate.h"

#include "ui/models/CompletionModel.h"
#include "ui/style/ItemText.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QApplication>
#include <QPainter>

namespace octotrail::ui {

namespace {

constexpr int gap = 2 * metrics::Unit;
constexpr int widestText = 60 * metrics::Unit;

} // namespace

void CompletionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem view = option;
    initStyleOption(&view, index);
    view.text.clear();
    const QStyle *style = view.widget ? view.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &view, painter, view.widget);
    const QColor plain = itemTextColor(Tone::Plain, view);
    const QColor muted = itemTextColor(Tone::Muted, view);
    const QFontMetrics metrics(view.font);
    QRect place = view.rect.adjusted(metrics::Unit, 0, -metrics::Unit, 0);
    painter->save();
    painter->setFont(view.font);
    const QString count = index.data(CompletionModel::CountRole).toString();
    painter->setPen(muted);
    painter->drawText(place, Qt::AlignRight | Qt::AlignVCenter, count);
    place.setRight(place.right() - (count.isEmpty() ? 0 : metrics.horizontalAdvance(count) + gap));
    painter->setPen(plain);
    const QString text = singleLine(index.data().toString(), 300);
    const int wide = std::min({metrics.horizontalAdvance(text) + 2, widestText, place.width()});
    painter->drawText(
        place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, metrics.elidedText(text, Qt::ElideRight, wide));
    place.setLeft(place.left() + wide + gap);
    painter->setPen(muted);
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        metrics.elidedText(index.data(CompletionModel::DetailRole).toString(), Qt::ElideRight, place.width()));
    painter->restore();
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics metrics(option.font);
    const auto wide = [&](int role) {
        const QString text = index.data(role).toString();
        return text.isEmpty() ? 0 : std::min(metrics.horizontalAdvance(text), widestText) + gap;
    };
    return {wide(Qt::DisplayRole) + wide(CompletionModel::DetailRole) + wide(CompletionModel::CountRole),
        std::max(metrics.height() + metrics::HalfUnit, metrics::RowHeight)};
}

} // namespace octotrail::ui
