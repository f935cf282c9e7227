// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/TimeDisplay.h"

#include <QToolButton>

class QMenu;

namespace octotrail::ui {

/// Which time zone times are shown in: UTC, the computer's own, or any other, which is asked for and remembered.
class ZoneChoice : public QToolButton
{
    Q_OBJECT

public:
    explicit ZoneChoice(QWidget *parent = nullptr);

    const TimeDisplay &timeDisplay() const { return m_time; }
    void setTimeDisplay(const TimeDisplay &time);
    /// The zones to choose from, with the chosen one ticked: for menus elsewhere.
    void fill(QMenu *menu);

Q_SIGNALS:
    /// Another zone was chosen here.
    void chosen(const octotrail::ui::TimeDisplay &time);

private:
    void choose(const TimeDisplay &time);
    void ask();

    TimeDisplay m_time;
    QMenu *m_menu;
};

} // namespace octotrail::ui
