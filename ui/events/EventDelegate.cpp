// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventDelegate.h"

#include "ui/events/EventMarks.h"
#include "ui/models/EventTableModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"

#include <QPainter>

namespace octotrail::ui {

EventDelegate::EventDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_tabular(tabularFont())
{ }

void EventDelegate::updateFonts()
{
    m_tabular = tabularFont();
}

void EventDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
    option->state &= ~QStyle::State_HasFocus; // the row is what is chosen; its frame is drawn in paint()
    const auto column = static_cast<EventColumn>(index.column());
    if (eventColumnInfo(column).tabular) {
        option->font = m_tabular;
    }
    const auto setTextColor = [option](const QColor &color) {
        option->palette.setColor(QPalette::All, QPalette::Text, color);
        if (!(option->state & QStyle::State_Selected)) {
            option->palette.setColor(QPalette::All, QPalette::HighlightedText, color);
        }
    };
    const QColor muted = toneColor(Tone::Muted, option->palette);
    switch (column) {
    case EventColumn::Severity:
    case EventColumn::Outcome: {
        const QString value = index.data(EventTableModel::RawValueRole).toString();
        if (value.isEmpty()) {
            break;
        }
        const EventMark mark = column == EventColumn::Severity ? severityMark(value) : outcomeMark(value);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = markIcon(mark);
        option->decorationSize = QSize(metrics::IconSize, metrics::IconSize);
        setTextColor(mark.stands                  ? toneColor(mark.tone, option->palette)
                : column == EventColumn::Severity ? muted
                                                  : option->palette.color(QPalette::Text));
        break;
    }
    case EventColumn::Source:
    case EventColumn::Location:
        setTextColor(muted);
        break;
    default:
        break;
    }
}

void EventDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.data(EventTableModel::IsLoadingRole).toBool()) {
        QColor bar = option.palette.color(QPalette::Text);
        bar.setAlphaF(0.06F);
        const QRect r = option.rect.adjusted(metrics::Unit, option.rect.height() / 3, 0, -option.rect.height() / 3);
        painting::box(*painter, QRect(r.left(), r.top(), option.rect.width() * 3 / 5, r.height()), bar, QColor(), 3);
    }
    QColor line = option.palette.color(QPalette::Mid);
    line.setAlphaF(0.55F);
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, line);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_Active)) {
        // The cell that keys act on.
        painter->save();
        painter->setPen(option.palette.color(QPalette::Link));
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        painter->restore();
    }
}

} // namespace octotrail::ui
