// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

namespace octotrail::ui {

/// The head of a pane: as high as what is in it at its width. Where there is not so much room, it scrolls, instead of
/// having its lines cut.
class HeadArea : public QScrollArea
{
    Q_OBJECT

public:
    /// Owns the content.
    explicit HeadArea(QWidget *content, QWidget *parent = nullptr);

    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace octotrail::ui
