// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

namespace octotrail::ui {

/// "12 new events": floats over the table's edge, takes there when it is pressed.
class NewEventsChip : public QPushButton
{
    Q_OBJECT

public:
    explicit NewEventsChip(QWidget *parent);

    /// Hidden at 0. upwards: they are above.
    void setCount(qint64 count, bool upwards, bool paused);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace octotrail::ui
