// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/RailButton.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/style/Tones.h"

#include <QAction>
#include <QPainter>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int iconExtent = 20;

} // namespace

RailButton::RailButton(QAction *action, QWidget *parent)
    : QToolButton(parent)
{
    setDefaultAction(action);
    setFont(scaledFont(TextSize::Small));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    m_title = action->text().remove(u'&');
    setAccessibleName(m_title);
}

void RailButton::setBadge(qint64 number, Tone tone)
{
    constexpr qint64 most = 999;
    m_badge = number <= 0 ? QString() : number > most ? QStringLiteral("999+") : QString::number(number);
    m_badgeTone = tone;
    setAccessibleName(m_badge.isEmpty() ? m_title : tr("%1, %2 open").arg(m_title).arg(number));
    update();
}

/// Filled, so that it stands out; the number says the same without its colour.
void RailButton::paintBadge(QPainter &painter, const QRect &picture) const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    small.setWeight(QFont::DemiBold);
    const QFontMetrics measure(small);
    const int high = measure.height() + 1;
    const int wide = std::max(high, measure.horizontalAdvance(m_badge) + metrics::Unit);
    const QRect box(picture.right() - metrics::HalfUnit, picture.top() - metrics::HalfUnit, wide, high);
    const QColor fill = toneColor(m_badgeTone, palette());
    painting::box(painter, box, fill, QColor(), high / 2.0);
    painter.setFont(small);
    const QColor dark(Qt::black);
    const QColor light(Qt::white);
    painter.setPen(contrastRatio(fill, light) > contrastRatio(fill, dark) ? light : dark);
    painter.drawText(box, Qt::AlignCenter, m_badge);
}

QSize RailButton::sizeHint() const
{
    return {metrics::RailWidth, iconExtent + fontMetrics().height() + 3 * metrics::Unit};
}

void RailButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect inner = rect().adjusted(metrics::HalfUnit, 2, -metrics::HalfUnit, -2);
    if (isChecked() || underMouse() || isDown()) {
        QColor fill = isChecked() ? palette().color(QPalette::Link) : palette().color(QPalette::WindowText);
        fill.setAlphaF(isChecked() ? 0.12F : isDown() ? 0.12F : 0.06F);
        painting::box(painter, inner, fill, QColor(), metrics::Radius);
    }
    if (isChecked()) {
        painter.fillRect(
            0, inner.top() + metrics::Unit, 3, inner.height() - 2 * metrics::Unit, palette().color(QPalette::Link));
    }
    if (hasFocus()) {
        painting::box(painter, inner, QColor(), palette().color(QPalette::Link), metrics::Radius, 1.6);
    }
    const int top = metrics::Unit + 2;
    const QRect picture((width() - iconExtent) / 2, top, iconExtent, iconExtent);
    icon().paint(&painter, picture);
    painter.setFont(font());
    painter.setPen(isChecked() ? palette().color(QPalette::WindowText) : toneColor(Tone::Muted, palette()));
    const QRect text(0, top + iconExtent + 2, width(), fontMetrics().height());
    painter.drawText(text, Qt::AlignCenter, m_title);
    if (!m_badge.isEmpty()) {
        paintBadge(painter, picture);
    }
}

} // namespace octotrail::ui
