// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/ToneLabel.h"

#include <QEvent>

namespace octotrail::ui {

ToneLabel::ToneLabel(QWidget *parent, Tone tone)
    : QLabel(parent)
    , m_tone(tone)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    // Otherwise it would follow from what the label stands on: Text on Base, ButtonText on a button.
    setForegroundRole(QPalette::WindowText);
    updateColor();
}

void ToneLabel::setTone(Tone tone)
{
    m_tone = tone;
    updateColor();
}

void ToneLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updateColor();
    }
}

void ToneLabel::updateColor()
{
    const QColor color = toneColor(m_tone, palette());
    if (palette().color(QPalette::Active, QPalette::WindowText) != color) {
        QPalette colored;
        colored.setColor(QPalette::Active, QPalette::WindowText, color);
        colored.setColor(QPalette::Inactive, QPalette::WindowText, color);
        setPalette(colored);
    }
}

} // namespace octotrail::ui
