// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QToolButton>

namespace octotrail::ui {

/// A view in the rail: icon above title, a bar at its left edge if it is the current one.
class RailButton : public QToolButton
{
    Q_OBJECT

public:
    explicit RailButton(QAction *action, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    /// A number at the icon, in that tone; none for 0.
    void setBadge(qint64 number, Tone tone);
    QString badge() const { return m_badge; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintBadge(QPainter &painter, const QRect &picture) const;

    QString m_title;
    QString m_badge;
    Tone m_badgeTone = Tone::Muted;
};

} // namespace octotrail::ui
