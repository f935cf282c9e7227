// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/TabularText.h"

#include <QStyledItemDelegate>

namespace octotrail::ui {

/// Draws the rows of a facet rail: the value, its count, a bar as long as its part, and on the row under the mouse or
/// the keyboard the two signs that include and exclude it.
class FacetDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit FacetDelegate(QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// Where the signs are in a row's rectangle.
    static QRect includeRect(const QRect &row);
    static QRect excludeRect(const QRect &row);

private:
    void paintField(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintValue(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    TabularText m_tabular;
};

} // namespace octotrail::ui
