// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace octotrail::ui {

/// The table of alerts. The heading of a group reaches over the columns beside it that are empty.
class AlertTable : public QTreeView
{
    Q_OBJECT

public:
    explicit AlertTable(QWidget *parent = nullptr);

    /// Where the heading of a group is written, in the viewport.
    QRect headingRect(const QModelIndex &group) const;

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace octotrail::ui
