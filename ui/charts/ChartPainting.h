// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartContent.h"
#include "ui/models/TimeDisplay.h"

#include <QBrush>
#include <QFont>
#include <QPalette>
#include <QRectF>

class QPainter;

/// How charts are drawn: on the screen, and into pictures.
namespace octotrail::ui::charts {

/// How the layer of a chart is filled: in the colour of its meaning if the values have one, and with a pattern of its
/// own, so that colour is never alone.
QBrush layerFill(const ChartContent &content, int layer, const QPalette &palette);

/// Where the parts of a chart are.
class Layout
{
public:
    Layout(const ChartContent &content, const QRectF &area, const QFont &font);

    /// The whole row, with its label and figure.
    QRectF rowRect(int row) const;
    /// A layer's part of the row's bar; -1 for the whole bar.
    QRectF partRect(int row, int layer) const;
    /// -1 if there is none.
    int rowAt(const QPointF &position) const;
    int layerAt(int row, const QPointF &position) const;

private:
    friend void paint(QPainter &painter, const ChartContent &content, const QRectF &area, const QFont &font,
        const QPalette &palette, const TimeDisplay &time, int current);
    bool isTime() const { return m_content.spec.kind == ChartKind::Time; }

    const ChartContent &m_content;
    QRectF m_area;
    QRectF m_legend;
    QRectF m_plot;
    qreal m_labels = 0;
    qreal m_figures = 0;
    qreal m_pitch = 0;
    qint64 m_highest = 1;
};

/// current: the row that the keys are at, or -1.
void paint(QPainter &painter, const ChartContent &content, const QRectF &area, const QFont &font,
    const QPalette &palette, const TimeDisplay &time, int current);

} // namespace octotrail::ui::charts
