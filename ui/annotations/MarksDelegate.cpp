// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/annotations/MarksDelegate.h"

#include "ui/annotations/AnnotationModel.h"
#include "ui/events/EventMarks.h"
#include "ui/style/Metrics.h"

#include <QPainter>

namespace octotrail::ui {

void paintMarks(QPainter &painter, const QRect &rect, int marks)
{
    constexpr int size = metrics::IconSize - 2;
    int left = rect.left();
    const int top = rect.top() + (rect.height() - size) / 2;
    const auto paint = [&](AnnotationMark mark, QStringView name, Tone tone) {
        if ((marks & mark) != 0) {
            markIcon({name, tone}).paint(&painter, left, top, size, size);
        }
        left += size + 1;
    };
    paint(Bookmarked, u"bookmark", Tone::Accent);
    paint(Tagged, u"tag", Tone::Plain);
    paint(Noted, u"note", Tone::Plain);
}

void MarksDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    paintMarks(*painter, option.rect.adjusted(metrics::HalfUnit, 0, 0, 0), index.data(m_role).toInt());
}

} // namespace octotrail::ui
