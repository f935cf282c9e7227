// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/EventDelegate.h"

#include "ui/annotations/MarksDelegate.h"
#include "ui/events/EventMarks.h"
#include "ui/models/EventTableModel.h"
#include "ui/models/RowColors.h"
#include "ui/style/Icons.h"
#include "ui/style/ItemText.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/widgets/PlainText.h"

#include <QApplication>
#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <algorithm>

namespace octotrail::ui {

namespace {

bool isTabular(const QModelIndex &index)
{
    if (index.column() < eventColumnCount) {
        return eventColumnInfo(static_cast<EventColumn>(index.column())).tabular;
    }
    const auto *model = qobject_cast<const EventTableModel *>(index.model());
    return model && model->column(index.column()).tabular;
}

const QList<RuleColor> &colorsFor(const QPalette &palette)
{
    static const QList<RuleColor> light = ruleColors(lightPalette());
    static const QList<RuleColor> dark = ruleColors(darkPalette());
    return isDark(palette) ? dark : light;
}

std::optional<RuleColor> ruleColorOf(const QPalette &palette, const QModelIndex &index)
{
    const auto *model = qobject_cast<const EventTableModel *>(index.model());
    const int rule = index.data(EventTableModel::RuleRole).toInt();
    const RowColors *colors = model ? model->beside().colors : nullptr;
    if (rule < 0 || !colors || rule >= static_cast<int>(colors->rules().size())) {
        return std::nullopt;
    }
    const QList<RuleColor> &all = colorsFor(palette);
    return all.value(colors->rule(rule).color, all.first());
}

int firstShown(const QHeaderView &header)
{
    int visual = 0;
    while (visual < header.count() && header.isSectionHidden(header.logicalIndex(visual))) {
        ++visual;
    }
    return visual;
}

/// Behind the text: what was found, what is alike, or the rule's colour.
QColor groundOf(const QPalette &palette, const QModelIndex &index)
{
    const int hit = index.data(EventTableModel::HitRole).toInt();
    if ((hit & EventTableModel::Found) != 0) {
        return toneBackground(Tone::Warning, palette);
    }
    if ((hit & EventTableModel::Alike) != 0) {
        return toneBackground(Tone::Accent, palette);
    }
    const auto color = ruleColorOf(palette, index);
    return color ? color->ground : QColor();
}

} // namespace

EventDelegate::EventDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
    , m_tabular(QApplication::font())
{ }

void EventDelegate::updateFonts()
{
    m_tabular = TabularText(QApplication::font());
}

QRect EventDelegate::signRect(const QRect &cell)
{
    const int width = metrics::IconSize + metrics::Unit;
    return {cell.right() + 1 - width, cell.top(), width, cell.height()};
}

void EventDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = Qt::ElideRight;
    option->state &= ~QStyle::State_HasFocus; // the row is what is chosen; its frame is drawn in paint()
    const auto column = static_cast<EventColumn>(index.column());
    if (isTabular(index) || (column == EventColumn::Targets && m_lines > 1)) {
        option->text.clear(); // drawn in paint()
    }
    if (const QColor ground = groundOf(option->palette, index);
        ground.isValid() && !(option->state & QStyle::State_Selected)) {
        option->backgroundBrush = ground;
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
    case EventColumn::Marks:
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
    const QColor text = itemTextColor(Tone::Plain, option);
    const QRect inner = option.rect.adjusted(metrics::Unit, 0, -metrics::HalfUnit, 0);
    if (index.data(EventTableModel::IsLoadingRole).toBool()) {
        QColor bar = option.palette.color(QPalette::Text);
        bar.setAlphaF(0.06F);
        painting::box(*painter,
            QRect(inner.left(), inner.top() + inner.height() / 3, inner.width() * 3 / 5, inner.height() / 3), bar,
            QColor(), 3);
    } else if (isTabular(index)) {
        painter->setPen(text);
        m_tabular.draw(*painter, inner, index.data().toString());
    } else if (column == EventColumn::Marks) {
        paintMarks(*painter, inner.adjusted(2, 0, 0, 0), index.data(EventTableModel::MarksRole).toInt());
    } else if (column == EventColumn::Targets && m_lines > 1) {
        paintTargets(*painter, inner, index.data(EventTableModel::RawValueRole).toString(), option, text);
    } else if (column == EventColumn::Severity || column == EventColumn::Outcome) {
        paintMark(*painter, inner, column, index.data(EventTableModel::RawValueRole).toString(), option);
    }
    if ((option.state & QStyle::State_MouseOver) && index.data(EventTableModel::NamesRole).toBool()) {
        const QRect sign = signRect(option.rect);
        painter->fillRect(
            sign, option.palette.color(option.state & QStyle::State_Selected ? QPalette::Highlight : QPalette::Base));
        icon(u"entities").paint(painter, sign, Qt::AlignCenter);
    }
    paintCues(*painter, option, index);
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

/// What says without a colour why a row has one: at the row's beginning, a stripe for a rule, a bar for what is alike,
/// a triangle for what was found.
void EventDelegate::paintCues(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *table = qobject_cast<const QTableView *>(option.widget);
    const QHeaderView *header = table ? table->horizontalHeader() : nullptr;
    if (!header || header->visualIndex(index.column()) != firstShown(*header)) {
        return;
    }
    const QRect &rect = option.rect;
    if (const auto color = ruleColorOf(option.palette, index)) {
        painter.fillRect(rect.left(), rect.top(), metrics::HalfUnit, rect.height() - 1, color->stripe);
    }
    const int hit = index.data(EventTableModel::HitRole).toInt();
    const int middle = rect.top() + rect.height() / 2;
    if ((hit & EventTableModel::Alike) != 0) {
        painter.fillRect(
            rect.left() + metrics::HalfUnit + 1, middle - 6, 3, 12, toneColor(Tone::Accent, option.palette));
    }
    if ((hit & EventTableModel::Found) != 0) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(toneColor(Tone::Warning, option.palette));
        const int left = rect.left() + metrics::HalfUnit + 1;
        painter.drawPolygon(QPolygon({QPoint(left, middle - 4), QPoint(left + 5, middle), QPoint(left, middle + 4)}));
        painter.restore();
    }
}

void EventDelegate::paintTargets(QPainter &painter, const QRect &rect, const QString &targets,
    const QStyleOptionViewItem &option, const QColor &text) const
{
    const QStringList lines = targets.split(u'\n', Qt::SkipEmptyParts);
    const int height = option.fontMetrics.lineSpacing();
    const int shown = static_cast<int>(std::min<qsizetype>(lines.size(), m_lines));
    int top = rect.top() + (rect.height() - shown * height) / 2;
    painter.setPen(text);
    painter.setFont(option.font);
    for (int i = 0; i < shown; ++i, top += height) {
        const bool more = i + 1 == shown && lines.size() > shown;
        const QString line = more
            ? EventTableModel::tr("%1 and %2 more").arg(singleLine(lines[i], 60)).arg(lines.size() - shown)
            : singleLine(lines[i], 200);
        painter.drawText(QRect(rect.left(), top, rect.width(), height), Qt::AlignVCenter | Qt::AlignLeft,
            option.fontMetrics.elidedText(line, Qt::ElideRight, rect.width()));
    }
}

void EventDelegate::paintMark(QPainter &painter, const QRect &rect, EventColumn column, const QString &value,
    const QStyleOptionViewItem &option) const
{
    if (value.isEmpty()) {
        return;
    }
    const bool severity = column == EventColumn::Severity;
    const EventMark mark = severity ? severityMark(value) : outcomeMark(value);
    const int top = rect.top() + (rect.height() - metrics::IconSize) / 2;
    markIcon(mark).paint(&painter, rect.left(), top, metrics::IconSize, metrics::IconSize);
    const QRect word = rect.adjusted(metrics::IconSize + metrics::HalfUnit + 2, 0, 0, 0);
    painter.setPen(itemTextColor(mark.stands ? mark.tone : severity ? Tone::Muted : Tone::Plain, option));
    painter.setFont(option.font);
    painter.drawText(word, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(singleLine(value, 64), Qt::ElideRight, word.width()));
}

} // namespace octotrail::ui
