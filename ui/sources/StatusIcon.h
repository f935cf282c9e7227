// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QBasicTimer>
#include <QIcon>
#include <QWidget>

namespace octotrail::ui {

/// An icon that says how something stands, or a turning arc while it is being done. Decoration: the words beside it
/// say the same to those who do not see it.
class StatusIcon : public QWidget
{
    Q_OBJECT

public:
    explicit StatusIcon(QWidget *parent = nullptr);

    void setIcon(QStringView name, Tone tone);
    void setBusy();
    bool isBusy() const { return m_busy; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void updateTimer();

    QIcon m_icon;
    QString m_name;
    Tone m_tone = Tone::Plain;
    bool m_busy = false;
    int m_angle = 90; ///< in degrees, of the arc's start
    QBasicTimer m_timer;
};

} // namespace octotrail::ui
