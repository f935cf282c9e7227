// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QLabel>

namespace octotrail::ui {

/// Plain text in a tone's colour, wrapped, whatever it stands on and whatever the palette becomes.
class ToneLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ToneLabel(QWidget *parent = nullptr, Tone tone = Tone::Plain);

    Tone tone() const { return m_tone; }
    void setTone(Tone tone);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateColor();

    Tone m_tone;
};

} // namespace octotrail::ui
