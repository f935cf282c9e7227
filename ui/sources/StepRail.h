// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace octotrail::ui {

class StepButton;

/// The list of steps at the side of the form. A step that has been reached can be gone to.
class StepRail : public QWidget
{
    Q_OBJECT

public:
    explicit StepRail(QWidget *parent = nullptr);

    void setSteps(const QStringList &titles);
    /// All steps up to reached can be chosen, but the current one.
    void setCurrent(int current, int reached);
    /// Every step is done, and there is no going back.
    void setFinished();

Q_SIGNALS:
    void chosen(int step);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<StepButton *> m_buttons;
};

} // namespace octotrail::ui
