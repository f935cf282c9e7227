// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/TrendDelegate.h"

#include "ui/reports/ReportModel.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QPainter>
#include <algorithm>

namespace octotrail::ui {

TrendDelegate::TrendDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{ }

void TrendDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index); // its background
    const QVariantList counts = index.data(ReportModel::CountsRole).toList();
    const auto *model = qobject_cast<const ReportModel *>(index.model());
    if (counts.isEmpty() || !model || model->highest() == 0) {
        return;
    }
    const QRect area = option.rect.adjusted(metrics::HalfUnit, 4, -metrics::HalfUnit, -4);
    const double step = static_cast<double>(area.width()) / static_cast<double>(counts.size());
    painter->save();
    painter->setPen(Qt::NoPen);
    painter->setBrush(toneColor(Tone::Accent, option.palette));
    for (qsizetype i = 0; i < counts.size(); ++i) {
        const auto count = counts[i].toLongLong();
        if (count == 0) {
            continue;
        }
        const double height
            = std::max(1.5, area.height() * static_cast<double>(count) / static_cast<double>(model->highest()));
        painter->drawRect(QRectF(
            area.left() + static_cast<double>(i) * step, area.bottom() + 1 - height, std::max(1.0, step - 1), height));
    }
    painter->setPen(lineColor(option.palette));
    painter->drawLine(area.left(), area.bottom() + 1, area.right(), area.bottom() + 1);
    painter->restore();
}

} // namespace octotrail::ui
