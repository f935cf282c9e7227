// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QStyleOption>

/// What OctotrailStyle is drawn with.
namespace octotrail::ui::painting {

/// A rounded box whose one-pixel border lies on whole pixels. Either colour may be invalid: then it is left out.
void box(QPainter &painter, const QRect &rect, const QColor &fill, const QColor &border, qreal radius,
    qreal borderWidth = 1.0);

void button(QPainter &painter, const QStyleOption &option, bool isDefault, bool flat);
void checkBox(QPainter &painter, const QStyleOption &option);
void radioButton(QPainter &painter, const QStyleOption &option);
void chevron(QPainter &painter, const QRect &rect, Qt::ArrowType direction, const QColor &color);
void headerSection(QPainter &painter, const QStyleOptionHeader &option);
void tab(QPainter &painter, const QStyleOptionTab &option);
void progressGroove(QPainter &painter, const QStyleOption &option);
void progressContents(QPainter &painter, const QStyleOptionProgressBar &option);
void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle);

} // namespace octotrail::ui::painting
