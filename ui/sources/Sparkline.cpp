// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/Sparkline.h"

#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QPainter>
#include <algorithm>

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
    const qint64 most = std::max<qint64>(1, *std::ranges::max_element(m_values));
    const double step = double(width()) / double(m_values.size());
    const QColor color = toneColor(Tone::Accent, palette());
    for (qsizetype i = 0; i < m_values.size(); ++i) {
        if (m_values[i] == 0) {
            continue;
        }
        // Even one event is to be seen.
        const double bar = std::max(2.0, double(m_values[i]) / double(most) * (height() - 2));
        painter.fillRect(QRectF(double(i) * step, height() - 1 - bar, std::max(1.0, step - 1), bar), color);
    }
}

} // namespace octotrail::ui
