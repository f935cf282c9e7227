// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How TimelineView is drawn.
#include "ui/events/TimelineView.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace octotrail::ui {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int mostLines = 60;

} // namespace

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(scaledFont(TextSize::Small));
    if (!m_message.isEmpty() || m_data.bins == 0) {
        painter.setPen(toneColor(Tone::Muted, palette()));
        const QString text = m_message.isEmpty() ? tr("No times to show") : m_message;
        painter.drawText(rect().adjusted(metrics::Unit, 0, -metrics::Unit, 0), Qt::AlignCenter,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, width() - 2 * metrics::Unit));
    } else {
        paintUncovered(painter);
        painter.setOpacity(m_stale ? 0.45 : 1);
        paintBars(painter);
        painter.setOpacity(1);
        paintAxis(painter);
        paintMarks(painter);
        paintHighest(painter);
        paintSelection(painter);
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Link));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void TimelineView::paintBars(QPainter &painter) const
{
    if (m_highest == 0) {
        return;
    }
    painter.save();
    for (int bin = 0; bin < m_data.bins; ++bin) {
        QRect bar = binRect(bin);
        if (bar.width() > 3) {
            bar.adjust(0, 0, -1, 0); // a gap between neighbours
        }
        const int bottom = bar.bottom() + 1;
        std::int64_t below = 0;
        int from = bottom;
        for (const timeline::Layer &layer : m_layers) {
            const std::int64_t count = layer.counts[static_cast<std::size_t>(bin)];
            if (count == 0) {
                continue;
            }
            below += count;
            // What is rare is what is looked for: two pixels at least.
            const int top
                = std::max(bar.top(), std::min(bottom - static_cast<int>(below * bar.height() / m_highest), from - 2));
            const QRect part(bar.left(), top, bar.width(), from - top);
            if (part.height() > 0) {
                painter.fillRect(part, timeline::fill(layer.tone, palette()));
                if (const QColor edge = timeline::edge(layer.tone, palette()); edge.isValid()) {
                    painter.fillRect(part.left(), part.top(), part.width(), 1, edge);
                }
            }
            from = top;
        }
    }
    painter.restore();
}

void TimelineView::paintUncovered(QPainter &painter) const
{
    QColor color = toneColor(Tone::Muted, palette());
    color.setAlphaF(0.4F);
    const event::Timestamp end = m_data.startOf(m_data.bins);
    for (const event::TimeRange &range : m_uncovered) {
        const event::Timestamp since = std::max(range.since.value_or(m_data.start), m_data.start);
        const event::Timestamp until = std::min(range.until.value_or(end), end);
        if (since < until) {
            const int left = xOf(since);
            painter.fillRect(QRect(left, plot().top(), std::max(2, xOf(until) - left), plot().height()),
                QBrush(color, Qt::FDiagPattern));
        }
    }
}

void TimelineView::paintAxis(QPainter &painter) const
{
    const QRect area = plot();
    painter.fillRect(area.left(), area.bottom() + 1, area.width(), 1, palette().color(QPalette::Mid));
    const QFontMetrics text = painter.fontMetrics();
    painter.setPen(toneColor(Tone::Muted, palette()));
    const event::Timestamp end = m_data.startOf(m_data.bins);
    constexpr int labelPitch = 14 * metrics::Unit;
    const auto step = store::Histogram::binWidth(end - m_data.start, std::max(2, area.width() / labelPitch));
    const bool days = step >= 24h;
    int free = area.left();
    QDate day = toDateTime(m_data.start, m_time.timeZone()).date();
    bool first = true;
    for (const event::Timestamp tick : ticks(m_data.start, end, step, m_time)) {
        const QDateTime time = toDateTime(tick, m_time.timeZone());
        // The day is told where it changes, the time elsewhere.
        const bool newDay = first || time.date() != day;
        const QString label = days ? time.toString(u"yyyy-MM-dd"_s)
            : newDay               ? time.toString(step < 1min ? u"yyyy-MM-dd HH:mm:ss"_s : u"yyyy-MM-dd HH:mm"_s)
                                   : time.toString(step < 1min ? u"HH:mm:ss"_s : u"HH:mm"_s);
        const int x = xOf(tick);
        const int width = text.horizontalAdvance(label);
        painter.fillRect(x, area.bottom() + 1, 1, metrics::HalfUnit, palette().color(QPalette::Mid));
        const int left = std::clamp(x - width / 2, area.left(), area.right() - width);
        if (left >= free) {
            painter.drawText(left, area.bottom() + metrics::HalfUnit + text.ascent() + 1, label);
            free = left + width + 2 * metrics::Unit;
            day = time.date();
            first = false;
        }
    }
}

void TimelineView::paintHighest(QPainter &painter) const
{
    const QRect area = plot();
    const QFontMetrics text = painter.fontMetrics();
    painter.setPen(toneColor(Tone::Muted, palette()));
    const QString highest = QLocale().toString(static_cast<qint64>(m_highest));
    const QRect box = text.boundingRect(highest).translated(area.left() + 2, area.top() + text.ascent() - 2);
    QColor behind = palette().color(QPalette::Base);
    behind.setAlphaF(0.8F);
    painter.fillRect(box.adjusted(-2, 0, 2, 0), behind);
    painter.drawText(area.left() + 2, area.top() + text.ascent() - 2, highest);
}

void TimelineView::paintMarks(QPainter &painter) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const event::TimeRange shown{m_data.start, m_data.startOf(m_data.bins)};
    const auto isShown = [&](const TimelineMark &mark) { return shown.contains(mark.time); };
    // Lines of very many would cover the bars.
    const bool hasLines = std::ranges::count_if(m_marks, isShown) <= mostLines;
    for (const TimelineMark &mark : m_marks) {
        if (!isShown(mark)) {
            continue;
        }
        const int x = xOf(mark.time);
        const QColor color = toneColor(mark.tone, palette());
        QPainterPath flag;
        flag.moveTo(x - metrics::HalfUnit, 1);
        flag.lineTo(x + metrics::HalfUnit, 1);
        flag.lineTo(x, metrics::Unit);
        flag.closeSubpath();
        painter.fillPath(flag, color);
        if (hasLines) {
            painter.setPen(QPen(color, 1, Qt::DotLine));
            painter.drawLine(x, metrics::Unit, x, plot().bottom());
        }
    }
    painter.restore();
}

void TimelineView::paintSelection(QPainter &painter) const
{
    if (!m_current) {
        return;
    }
    const auto [first, last] = chosenBins();
    const QRect chosen = binRect(first).united(binRect(last));
    QColor color = palette().color(QPalette::Link);
    painter.setPen(color);
    color.setAlphaF(0.18F);
    painter.setBrush(color);
    painter.drawRect(chosen.adjusted(0, 0, -1, 0));
}

} // namespace octotrail::ui
