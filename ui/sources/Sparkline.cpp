// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/Sparkline.h"

#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QPainter>
#include <algorithm>
#include <iterator>

namespace octotrail::ui {

Sparkline::Sparkline(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Sparkline::setValues(const QList<qint64> &values)
{
    if (values != m_values) {
        m_values = values;
        update();
    }
}

qint64 Sparkline::topOf(const QList<qint64> &values)
{
    constexpr qint64 burst = 8;
    QList<qint64> counts;
    std::ranges::copy_if(values, std::back_inserter(counts), [](qint64 value) { return value > 0; });
    if (counts.isEmpty()) {
        return 1;
    }
    const auto middle = counts.begin() + (counts.size() - 1) / 2;
    std::ranges::nth_element(counts, middle);
    return std::min(*std::ranges::max_element(values), burst * *middle);
}

QSize Sparkline::sizeHint() const
{
    return {30 * metrics::Unit, 4 * metrics::Unit};
}

void Sparkline::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, lineColor(palette()));
    if (m_values.isEmpty()) {
        return;
    }
    const qint64 top = topOf(m_values);
    const double step = double(width()) / double(m_values.size());
    const QColor color = toneColor(Tone::Accent, palette());
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        if (m_values[i] == 0) {
            continue;
        }
        // Even one event is to be seen.
        const double bar = std::max(2.0, double(std::min(m_values[i], top)) / double(top) * (height() - 2));
        const double left = double(i) * step;
        painter.fillRect(QRectF(left, height() - 1 - bar, std::max(1.0, step - 1), bar), color);
        if (m_values[i] > top) {
            painter.fillRect(QRectF(left, 4, step, 2), palette().color(QPalette::Base)); // it goes on beyond
        }
    }
}

} // namespace octotrail::ui
