// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace octotrail::ui {

/// A page that is as wide as its window and scrolled upwards and downwards where it is too high for it. It has no
/// frame, and its scroll bar stands on the page's own background.
class PageArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit PageArea(QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateColors();
};

} // namespace octotrail::ui
