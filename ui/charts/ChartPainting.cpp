// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartPainting.h"

#include "store/Histogram.h"
#include "ui/events/TimelineLook.h"
#include "ui/style/Metrics.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <array>

namespace octotrail::ui::charts {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qreal swatch = 10;
constexpr qreal gap = 2.0 * metrics::Unit;

QColor categoryColor(int index, const QPalette &palette)
{
    const std::array colors{toneColor(Tone::Accent, palette), toneColor(Tone::Warning, palette),
        palette.color(QPalette::LinkVisited), toneColor(Tone::Good, palette), toneColor(Tone::Bad, palette),
        toneColor(Tone::Muted, palette)};
    return colors.at(static_cast<std::size_t>(index) % colors.size());
}

Qt::BrushStyle categoryPattern(int index)
{
    constexpr std::array patterns{Qt::SolidPattern, Qt::BDiagPattern, Qt::Dense4Pattern, Qt::FDiagPattern,
        Qt::DiagCrossPattern, Qt::HorPattern, Qt::Dense6Pattern};
    return patterns.at(static_cast<std::size_t>(index) % patterns.size());
}

std::optional<TimelineModel::Split> meaningOf(const ChartContent &content)
{
    const QString &path = content.spec.kind == ChartKind::Time ? content.spec.path : content.spec.stack;
    if (path == u"outcome.result"_s) {
        return TimelineModel::Split::Outcome;
    }
    return path == u"severity"_s ? std::optional(TimelineModel::Split::Severity) : std::nullopt;
}

void paintLegend(QPainter &painter, const ChartContent &content, const QRectF &area, const QPalette &palette)
{
    if (content.layers.empty()) {
        return;
    }
    const QFontMetricsF text(painter.font());
    const auto labelOf
        = [&](std::size_t layer) { return text.elidedText(content.layers[layer].label, Qt::ElideMiddle, 160); };
    const auto widthOf
        = [&](const QString &label) { return swatch + metrics::HalfUnit + text.horizontalAdvance(label) + gap; };
    // The last layer has a name even if not all have: it is mostly that of all others, and often the largest.
    const std::size_t last = content.layers.size() - 1;
    const qreal lastWidth = widthOf(labelOf(last));
    qreal x = area.left();
    for (int i = 0; i < static_cast<int>(content.layers.size()); ++i) {
        const QString label = labelOf(static_cast<std::size_t>(i));
        const qreal width = widthOf(label);
        const bool isLast = static_cast<std::size_t>(i) == last;
        if (!isLast && x + width + lastWidth > area.right() + gap) {
            continue;
        }
        const QRectF box(x, area.top() + (area.height() - swatch) / 2, swatch, swatch);
        painter.fillRect(box, layerFill(content, i, palette));
        painter.setPen(layerFill(content, i, palette).color());
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box);
        painter.setPen(palette.color(QPalette::Text));
        painter.drawText(QRectF(box.right() + metrics::HalfUnit, area.top(), width, area.height()),
            Qt::AlignVCenter | Qt::AlignLeft, label);
        x += width;
    }
}

void paintTimeAxis(QPainter &painter, const ChartContent &content, const QRectF &plot, const QPalette &palette,
    const TimeDisplay &time)
{
    const QFontMetricsF text(painter.font());
    const event::Timestamp end = content.rows.empty() ? content.start : *content.rows.back().range.until;
    const auto span = end - content.start;
    const auto step = store::Histogram::binWidth(span, std::max(2, static_cast<int>(plot.width()) / 120));
    qreal free = plot.left();
    QDate day;
    for (const event::Timestamp tick : ticks(content.start, end, step, time)) {
        const QDateTime moment = toDateTime(tick, time.timeZone());
        const QString label = step >= 24h ? moment.toString(u"yyyy-MM-dd"_s)
            : moment.date() != day        ? moment.toString(u"yyyy-MM-dd HH:mm"_s)
                                          : moment.toString(step < 1min ? u"HH:mm:ss"_s : u"HH:mm"_s);
        const qreal x = plot.left() + plot.width() * double((tick - content.start).count()) / double(span.count());
        const qreal width = text.horizontalAdvance(label);
        const qreal left = std::clamp(x - width / 2, plot.left(), std::max(plot.left(), plot.right() - width));
        painter.fillRect(QRectF(x, plot.bottom(), 1, metrics::HalfUnit), palette.color(QPalette::Mid));
        if (left >= free) {
            painter.setPen(palette.color(QPalette::PlaceholderText));
            painter.drawText(QPointF(left, plot.bottom() + metrics::HalfUnit + text.ascent()), label);
            free = left + width + gap;
            day = moment.date();
        }
    }
}

} // namespace

QBrush layerFill(const ChartContent &content, int layer, const QPalette &palette)
{
    if (layer < 0 || content.layers.empty()) {
        return categoryColor(0, palette);
    }
    if (const auto split = meaningOf(content); split && layer < static_cast<int>(content.layers.size())) {
        const Tone tone = timeline::layerOf(content.layers[static_cast<std::size_t>(layer)].value, *split);
        int before = 0; // layers that mean the same
        for (int i = 0; i < layer; ++i) {
            before += timeline::layerOf(content.layers[static_cast<std::size_t>(i)].value, *split) == tone ? 1 : 0;
        }
        if (before == 0) {
            return timeline::fill(tone, palette);
        }
        return {toneColor(tone, palette), categoryPattern(before + 2)};
    }
    return {categoryColor(layer, palette), categoryPattern(layer)};
}

Layout::Layout(const ChartContent &content, const QRectF &area, const QFont &font)
    : m_content(content)
    , m_area(area)
    , m_highest(std::max<qint64>(1, content.highest()))
{
    const QFontMetricsF text(font);
    const qreal line = text.height() + metrics::HalfUnit;
    m_legend = content.layers.empty() ? QRectF(area.topLeft(), QSizeF(area.width(), 0))
                                      : QRectF(area.topLeft(), QSizeF(area.width(), line + metrics::HalfUnit));
    m_plot = area.adjusted(0, m_legend.height(), 0, 0);
    m_figures = text.horizontalAdvance(QLocale().toString(m_highest)) + metrics::Unit;
    const auto rows = std::max<qreal>(1, static_cast<qreal>(content.rows.size()));
    if (isTime()) {
        m_plot.adjust(m_figures, metrics::Unit, 0, -line - metrics::HalfUnit);
        m_pitch = m_plot.width() / rows;
        return;
    }
    for (const ChartContent::Row &row : content.rows) {
        m_labels = std::max(m_labels, text.horizontalAdvance(row.label));
    }
    m_labels = std::min(m_labels, 0.4 * area.width()) + metrics::Unit;
    m_plot.adjust(m_labels, 0, -m_figures, 0);
    m_pitch = std::min<qreal>(4 * metrics::Unit, m_plot.height() / rows);
}

QRectF Layout::rowRect(int row) const
{
    if (isTime()) {
        return {m_plot.left() + row * m_pitch, m_plot.top(), m_pitch, m_plot.height()};
    }
    return {m_area.left(), m_plot.top() + row * m_pitch, m_area.width(), m_pitch};
}

QRectF Layout::partRect(int row, int layer) const
{
    const ChartContent::Row &shown = m_content.rows[static_cast<std::size_t>(row)];
    qint64 sum = 0;
    for (const qint64 part : shown.parts) {
        sum += part;
    }
    // An event with two values is in two parts: the bar keeps its length.
    const double unit = sum > 0 ? double(shown.total) / double(sum) : 1;
    double before = 0;
    for (int i = 0; i < layer; ++i) {
        before += unit * double(shown.parts[static_cast<std::size_t>(i)]);
    }
    const double length = layer < 0 ? double(shown.total) : unit * double(shown.parts[static_cast<std::size_t>(layer)]);
    const QRectF place = rowRect(row);
    if (isTime()) {
        const qreal scale = m_plot.height() / double(m_highest);
        const qreal space = m_pitch > 3 ? 1 : 0;
        return {place.left(), m_plot.bottom() - (before + length) * scale, place.width() - space, length * scale};
    }
    const qreal scale = m_plot.width() / double(m_highest);
    const qreal margin = std::min<qreal>(4, m_pitch / 6);
    return {m_plot.left() + before * scale, place.top() + margin, length * scale, m_pitch - 2 * margin};
}

int Layout::rowAt(const QPointF &position) const
{
    for (int row = 0; row < static_cast<int>(m_content.rows.size()); ++row) {
        if (rowRect(row).contains(position)) {
            return row;
        }
    }
    return -1;
}

int Layout::layerAt(int row, const QPointF &position) const
{
    const auto parts = static_cast<int>(m_content.rows[static_cast<std::size_t>(row)].parts.size());
    for (int layer = 0; layer < std::min(parts, static_cast<int>(m_content.layers.size())); ++layer) {
        if (partRect(row, layer).contains(position)) {
            return layer;
        }
    }
    return -1;
}

void paint(QPainter &painter, const ChartContent &content, const QRectF &area, const QFont &font,
    const QPalette &palette, const TimeDisplay &time, int current)
{
    const Layout layout(content, area, font);
    painter.setFont(font);
    const QFontMetricsF text(font);
    paintLegend(painter, content, layout.m_legend, palette);
    const QLocale locale;
    if (layout.isTime()) {
        for (const qint64 value : {layout.m_highest, (layout.m_highest + 1) / 2, qint64{0}}) {
            const qreal y = layout.m_plot.bottom() - layout.m_plot.height() * double(value) / double(layout.m_highest);
            QColor grid = palette.color(QPalette::Mid);
            painter.fillRect(QRectF(layout.m_plot.left(), y, layout.m_plot.width(), 1), grid);
            painter.setPen(palette.color(QPalette::PlaceholderText));
            painter.drawText(
                QRectF(area.left(), y - text.height() / 2, layout.m_figures - metrics::Unit, text.height()),
                Qt::AlignRight | Qt::AlignVCenter, locale.toString(value));
        }
    }
    for (int row = 0; row < static_cast<int>(content.rows.size()); ++row) {
        const ChartContent::Row &shown = content.rows[static_cast<std::size_t>(row)];
        if (row == current) {
            painter.fillRect(layout.rowRect(row), palette.color(QPalette::Highlight));
        }
        const int layers = static_cast<int>(std::min(shown.parts.size(), content.layers.size()));
        for (int layer = layers == 0 ? -1 : 0; layer < std::max(0, layers); ++layer) {
            const QRectF part = layout.partRect(row, layer);
            if (part.width() > 0 && part.height() > 0) {
                painter.fillRect(part, layerFill(content, layer, palette));
                painter.setPen(layerFill(content, layer, palette).color());
                painter.setBrush(Qt::NoBrush);
                if (layers > 0 && part.width() > 3 && part.height() > 3) {
                    painter.drawRect(part.adjusted(0.5, 0.5, -0.5, -0.5));
                }
            }
        }
        if (!layout.isTime()) {
            const QRectF place = layout.rowRect(row);
            painter.setPen(palette.color(row == current ? QPalette::HighlightedText : QPalette::Text));
            painter.drawText(QRectF(area.left(), place.top(), layout.m_labels - metrics::Unit, place.height()),
                Qt::AlignVCenter | Qt::AlignLeft,
                text.elidedText(shown.label, Qt::ElideMiddle, layout.m_labels - metrics::Unit));
            const qreal end = layout.partRect(row, -1).right();
            painter.drawText(QRectF(end + metrics::HalfUnit, place.top(), layout.m_figures, place.height()),
                Qt::AlignVCenter | Qt::AlignLeft, locale.toString(shown.total));
        }
    }
    if (layout.isTime() && !content.rows.empty()) {
        paintTimeAxis(painter, content, layout.m_plot, palette, time);
    }
}

} // namespace octotrail::ui::charts
