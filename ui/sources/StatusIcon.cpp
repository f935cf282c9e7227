// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/StatusIcon.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QPainter>
#include <QStyle>
#include <QTimerEvent>

namespace octotrail::ui {

namespace {

constexpr int stepMilliseconds = 40;
constexpr int stepDegrees = 15;
constexpr int arcDegrees = 280;

} // namespace

StatusIcon::StatusIcon(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusIcon::setIcon(QStringView name, Tone tone)
{
    if (!m_busy && m_name == name && m_tone == tone) {
        return;
    }
    m_busy = false;
    m_name = name.toString();
    m_tone = tone;
    m_icon = icon(name, tone);
    updateTimer();
    update();
}

void StatusIcon::setBusy()
{
    m_busy = true;
    updateTimer();
    update();
}

QSize StatusIcon::sizeHint() const
{
    return {metrics::IconSize, metrics::IconSize};
}

void StatusIcon::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (!m_busy) {
        m_icon.paint(&painter, rect());
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = std::min(width(), height());
    const qreal stroke = side / 9.0;
    QPen pen(toneColor(Tone::Accent, palette()), stroke);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    const QRectF circle = QRectF(0, 0, side, side).adjusted(stroke, stroke, -stroke, -stroke);
    painter.drawArc(circle, m_angle * 16, arcDegrees * 16);
}

void StatusIcon::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    m_angle = (m_angle + 360 - stepDegrees) % 360;
    update();
}

void StatusIcon::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateTimer();
}

void StatusIcon::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

void StatusIcon::updateTimer()
{
    // No movement for those who have turned it off.
    const bool moves = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    if (m_busy && moves && isVisible()) {
        m_timer.start(stepMilliseconds, this);
    } else {
        m_timer.stop();
    }
}

} // namespace octotrail::ui
