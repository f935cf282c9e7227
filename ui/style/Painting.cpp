// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Painting.h"

#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QPainterPath>
#include <algorithm>

namespace octotrail::ui::painting {

namespace {

QColor blend(const QColor &a, const QColor &b, qreal share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(x + (y - x) * share); };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

QColor accent(const QStyleOption &option)
{
    return option.palette.color(QPalette::Link);
}

} // namespace

void box(
    QPainter &painter, const QRect &rect, const QColor &fill, const QColor &border, qreal radius, qreal borderWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal inset = border.isValid() ? borderWidth / 2 : 0;
    painter.setPen(border.isValid() ? QPen(border, borderWidth) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

void button(QPainter &painter, const QStyleOption &option, bool isDefault, bool flat)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool down = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hover = enabled && (option.state & QStyle::State_MouseOver);
    const QColor text = option.palette.color(QPalette::ButtonText);
    QColor fill = option.palette.color(QPalette::Button);
    QColor border = lineColor(option.palette);
    if (isDefault && enabled) {
        fill = accent(option);
        border = fill;
    }
    if (flat) {
        border = QColor();
        fill = QColor();
        if (down || hover) {
            fill = text;
            fill.setAlphaF(down ? 0.14F : 0.08F);
        }
    } else if (down || hover) {
        fill = blend(fill, text, down ? 0.12 : 0.05);
        border = blend(border, text, 0.15);
    }
    box(painter, option.rect, fill, border, metrics::Radius);
}

void checkBox(QPainter &painter, const QStyleOption &option)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const QColor quiet = option.palette.color(QPalette::Dark);
    const QColor fill = on ? (enabled ? accent(option) : quiet) : option.palette.color(QPalette::Base);
    box(painter, option.rect, fill, on ? fill : quiet, 3);
    if (!on) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(option.palette.color(QPalette::Base), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QRectF r(option.rect);
    if (option.state & QStyle::State_NoChange) {
        painter.drawLine(
            QPointF(r.left() + r.width() * 0.28, r.center().y()), QPointF(r.left() + r.width() * 0.72, r.center().y()));
    } else {
        painter.drawPolyline(QPolygonF{{r.left() + r.width() * 0.24, r.top() + r.height() * 0.53},
            {r.left() + r.width() * 0.43, r.top() + r.height() * 0.71},
            {r.left() + r.width() * 0.77, r.top() + r.height() * 0.3}});
    }
    painter.restore();
}

void radioButton(QPainter &painter, const QStyleOption &option)
{
    const bool on = option.state & QStyle::State_On;
    const QColor color
        = on && (option.state & QStyle::State_Enabled) ? accent(option) : option.palette.color(QPalette::Dark);
    box(painter, option.rect, option.palette.color(QPalette::Base), color, option.rect.width() / 2.0, on ? 1.6 : 1.0);
    if (on) {
        const int inset = option.rect.width() / 4 + 1;
        const QRect dot = option.rect.adjusted(inset, inset, -inset, -inset);
        box(painter, dot, color, QColor(), dot.width() / 2.0);
    }
}

void chevron(QPainter &painter, const QRect &rect, Qt::ArrowType direction, const QColor &color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.translate(QRectF(rect).center());
    painter.rotate(direction == Qt::DownArrow ? 0
            : direction == Qt::UpArrow        ? 180
            : direction == Qt::LeftArrow      ? 90
                                              : -90);
    painter.drawPolyline(QPolygonF{{-3.2, -1.6}, {0, 1.6}, {3.2, -1.6}});
    painter.restore();
}

void headerSection(QPainter &painter, const QStyleOptionHeader &option)
{
    QColor fill = option.palette.color(QPalette::Window);
    if (option.state & QStyle::State_Sunken) {
        fill = blend(fill, option.palette.color(QPalette::WindowText), 0.1);
    } else if ((option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled)) {
        fill = blend(fill, option.palette.color(QPalette::WindowText), 0.05);
    }
    painter.fillRect(option.rect, fill);
    const QColor line = lineColor(option.palette);
    const QRect &r = option.rect;
    painter.fillRect(r.left(), r.bottom(), r.width(), 1, line);
    if (option.orientation == Qt::Horizontal) {
        painter.fillRect(r.right(), r.top() + r.height() / 4, 1, r.height() / 2, line);
    }
}

void tab(QPainter &painter, const QStyleOptionTab &option)
{
    const bool selected = option.state & QStyle::State_Selected;
    const QRect &r = option.rect;
    if (!selected && (option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled)) {
        QColor hover = option.palette.color(QPalette::WindowText);
        hover.setAlphaF(0.06F);
        painter.fillRect(r, hover);
    }
    painter.fillRect(r.left(), r.bottom(), r.width(), 1, lineColor(option.palette));
    if (selected) {
        painter.fillRect(r.left() + metrics::HalfUnit, r.bottom() - 1, r.width() - metrics::Unit, 2, accent(option));
    }
}

void progressGroove(QPainter &painter, const QStyleOption &option)
{
    QColor groove = option.palette.color(QPalette::WindowText);
    groove.setAlphaF(0.12F);
    QRect r = option.rect;
    const int height = std::min(r.height(), 4);
    r = QRect(r.left(), r.center().y() - height / 2 + 1, r.width(), height);
    box(painter, r, groove, QColor(), height / 2.0);
}

void progressContents(QPainter &painter, const QStyleOptionProgressBar &option)
{
    QRect r = option.rect;
    const int height = std::min(r.height(), 4);
    r = QRect(r.left(), r.center().y() - height / 2 + 1, r.width(), height);
    const qint64 span = qint64(option.maximum) - option.minimum;
    if (span <= 0) {
        // Busy: a third of the bar that walks with the clock; the widget repaints while it is shown.
        const int width = r.width() / 3;
        const int offset = static_cast<int>((qint64(option.progress) * 4) % std::max(1, r.width() + width)) - width;
        painter.save();
        painter.setClipRect(r);
        box(painter, QRect(r.left() + offset, r.top(), width, height), accent(option), QColor(), height / 2.0);
        painter.restore();
        return;
    }
    const qreal share = qreal(qint64(option.progress) - option.minimum) / qreal(span);
    r.setWidth(static_cast<int>(r.width() * std::clamp(share, 0.0, 1.0)));
    if (r.width() > 0) {
        box(painter, r, accent(option), QColor(), height / 2.0);
    }
}

void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle)
{
    painter.fillRect(option.rect, option.palette.color(QPalette::Base));
    if (option.maximum <= option.minimum) {
        return;
    }
    const bool grabbed
        = (option.state & QStyle::State_Sunken) && (option.activeSubControls & QStyle::SC_ScrollBarSlider);
    const bool hover = option.state & QStyle::State_MouseOver;
    QColor color = option.palette.color(QPalette::Text);
    color.setAlphaF(grabbed ? 0.55F : hover ? 0.42F : 0.28F);
    const QRect r = option.orientation == Qt::Vertical ? handle.adjusted(3, 2, -3, -2) : handle.adjusted(2, 3, -2, -3);
    box(painter, r, color, QColor(), std::min(r.width(), r.height()) / 2.0);
}

} // namespace octotrail::ui::painting
