// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QList>
#include <QWidget>

class QActionGroup;
class QVBoxLayout;

namespace octotrail::ui {

class RailButton;

/// The window's views, one below the other at its left.
class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(QWidget *parent = nullptr);

    /// Adds a view; its action belongs into a menu, too. Checkable, one of all.
    QAction *addView(QStringView iconName, const QString &title, const QKeySequence &shortcut);
    void setCurrent(int view);
    int current() const;
    /// A number at the view's icon, in that tone; none for 0.
    void setBadge(int view, qint64 number, Tone tone);

Q_SIGNALS:
    void viewChosen(int view);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QActionGroup *m_views;
    QVBoxLayout *m_layout;
    QList<RailButton *> m_buttons;
};

} // namespace octotrail::ui
