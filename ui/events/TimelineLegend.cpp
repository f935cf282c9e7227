// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimelineLegend.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"

#include <QLocale>
#include <QPainter>

namespace octotrail::ui {

namespace {

constexpr int swatch = 10;
constexpr int maxValues = 3; ///< named in a legend; a hostile event may bring any number

} // namespace

TimelineLegend::TimelineLegend(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("timelineLegend"));
    setFont(scaledFont(TextSize::Small));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

QString TimelineLegend::text(const timeline::Layer &layer)
{
    QStringList values = layer.values.mid(0, maxValues);
    if (layer.values.size() > maxValues) {
        values << QStringLiteral("\u2026");
    }
    return values.join(QStringLiteral(", ")) + QStringLiteral(" \u00a0")
        + QLocale().toString(static_cast<qint64>(layer.total));
}

void TimelineLegend::setLayers(std::vector<timeline::Layer> layers)
{
    m_layers = std::move(layers);
    QStringList texts;
    for (const timeline::Layer &layer : m_layers) {
        texts << text(layer);
    }
    setAccessibleName(tr("Legend: %1").arg(texts.join(QStringLiteral("; "))));
    updateGeometry();
    update();
}

QSize TimelineLegend::sizeHint() const
{
    int width = 0;
    for (const timeline::Layer &layer : m_layers) {
        width += swatch + metrics::HalfUnit + fontMetrics().horizontalAdvance(text(layer)) + 2 * metrics::Unit;
    }
    return {width, fontMetrics().height()};
}

void TimelineLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    int x = 0;
    for (const timeline::Layer &layer : m_layers) {
        const QRect box(x, (height() - swatch) / 2, swatch, swatch);
        painter.fillRect(box, timeline::fill(layer.tone, palette()));
        painter.setPen(toneColor(layer.tone, palette()));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(0, 0, -1, -1));
        x += swatch + metrics::HalfUnit;
        const QString words = text(layer);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, words);
        x += fontMetrics().horizontalAdvance(words) + 2 * metrics::Unit;
    }
}

} // namespace octotrail::ui
