// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace octotrail::ui {

/// One step in the list of steps: its number or, once it is done, a tick; its name; a line to the next one.
class StepButton : public QAbstractButton
{
    Q_OBJECT

public:
    enum class State { Ahead, Current, Done };

    StepButton(int number, const QString &title, QWidget *parent);

    void setState(State state);
    void setLast(bool last);

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describe();
    QFont titleFont() const;
    QRect titleRect(int width) const;

    int m_number;
    State m_state = State::Ahead;
    bool m_last = false;
};

} // namespace octotrail::ui
