// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventDelegate.h"

#include "ui/events/EventMarks.h"
#include "ui/models/EventTableModel.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/widgets/PlainText.h"

#include <QApplication>
#include <QPainter>

namespace octotrail::ui {

EventDelegate::EventDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_tabular(QApplication::font())
{ }

void EventDelegate::updateFonts()
{
    m_tabular = TabularText(QApplication::font());
}

void EventDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
    option->state &= ~QStyle::State_HasFocus; // the row is what is chosen; its frame is drawn in paint()
    const auto column = static_cast<EventColumn>(index.column());
    if (eventColumnInfo(column).tabular) {
        option->text.clear(); // drawn in paint()
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
    case EventColumn::Outcome:
        option->text.clear(); // drawn in paint()
        break;
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
    const auto column = static_cast<EventColumn>(index.column());
    const bool selected = option.state & QStyle::State_Selected;
    const QColor text
        = option.palette.color(option.state & QStyle::State_Active ? QPalette::Active : QPalette::Inactive,
            selected ? QPalette::HighlightedText : QPalette::Text);
    const QRect inner = option.rect.adjusted(metrics::Unit, 0, -metrics::HalfUnit, 0);
    if (index.data(EventTableModel::IsLoadingRole).toBool()) {
        QColor bar = option.palette.color(QPalette::Text);
        bar.setAlphaF(0.06F);
        painting::box(*painter,
            QRect(inner.left(), inner.top() + inner.height() / 3, inner.width() * 3 / 5, inner.height() / 3), bar,
            QColor(), 3);
    } else if (eventColumnInfo(column).tabular) {
        painter->setPen(text);
        m_tabular.draw(*painter, inner, index.data().toString());
    } else if (column == EventColumn::Severity || column == EventColumn::Outcome) {
        paintMark(*painter, inner, column, index.data(EventTableModel::RawValueRole).toString(), option, text);
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

void EventDelegate::paintMark(QPainter &painter, const QRect &rect, EventColumn column, const QString &value,
    const QStyleOptionViewItem &option, const QColor &text) const
{
    if (value.isEmpty()) {
        return;
    }
    const bool severity = column == EventColumn::Severity;
    const EventMark mark = severity ? severityMark(value) : outcomeMark(value);
    const int top = rect.top() + (rect.height() - metrics::IconSize) / 2;
    markIcon(mark).paint(&painter, rect.left(), top, metrics::IconSize, metrics::IconSize);
    const QRect word = rect.adjusted(metrics::IconSize + metrics::HalfUnit + 2, 0, 0, 0);
    const bool muted = severity && !mark.stands;
    painter.setPen(mark.stands ? toneColor(mark.tone, option.palette)
            : muted            ? toneColor(Tone::Muted, option.palette)
                               : text);
    painter.setFont(option.font);
    painter.drawText(word, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(singleLine(value, 64), Qt::ElideRight, word.width()));
}

} // namespace octotrail::ui
