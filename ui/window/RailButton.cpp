// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/RailButton.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/style/Tones.h"

#include <QAction>
#include <QPainter>

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
    setAccessibleName(action->text().remove(u'&'));
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
    icon().paint(&painter, (width() - iconExtent) / 2, top, iconExtent, iconExtent);
    painter.setFont(font());
    painter.setPen(isChecked() ? palette().color(QPalette::WindowText) : toneColor(Tone::Muted, palette()));
    const QRect text(0, top + iconExtent + 2, width(), fontMetrics().height());
    painter.drawText(text, Qt::AlignCenter, accessibleName());
}

} // namespace octotrail::ui
