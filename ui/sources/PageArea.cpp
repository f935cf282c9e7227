// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/PageArea.h"

#include <QEvent>
#include <QScrollBar>

namespace octotrail::ui {

PageArea::PageArea(QWidget *parent)
    : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    updateColors();
}

void PageArea::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange) {
        updateColors();
    }
}

void PageArea::updateColors()
{
    // The style draws it on Base, which is right for lists.
    QPalette colors;
    colors.setColor(QPalette::Base, palette().color(backgroundRole()));
    verticalScrollBar()->setPalette(colors);
}

} // namespace octotrail::ui
