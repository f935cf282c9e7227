// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace octotrail::ui {

/// Draws a row's counts as small bars; all rows have one scale.
class TrendDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TrendDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace octotrail::ui
