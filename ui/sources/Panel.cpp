// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/Panel.h"

#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/style/Tones.h"

namespace octotrail::ui {

void Panel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painting::box(painter, rect(), palette().color(QPalette::Base), lineColor(palette()), metrics::Radius);
}

} // namespace octotrail::ui
