// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QAbstractButton>

namespace octotrail::ui {

/// A sentence that can be clicked: an icon, and plain text over as many lines as it takes.
class SentenceButton : public QAbstractButton
{
    Q_OBJECT

public:
    SentenceButton(QStringView iconName, Tone tone, const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {1, sizeHint().height()}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect textRect(int width) const;

    QString m_iconName;
    Tone m_tone;
};

} // namespace octotrail::ui
