// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartContent.h"
#include "ui/models/TimeDisplay.h"

#include <QWidget>

namespace octotrail::ui {

/// A bar chart or a chart over time. The arrow keys go from bar to bar; Enter or a click chooses one, a click on a part
/// of a bar that part.
class ChartWidget : public QWidget
{
    Q_OBJECT

public:
    explicit ChartWidget(QWidget *parent = nullptr);

    void setContent(const ChartContent &content);
    const ChartContent &content() const { return m_content; }
    void setTimeDisplay(const TimeDisplay &time);
    /// The figures are of another query than the one that is being counted.
    void setStale(bool stale);
    /// Without legend and large margins, for a card.
    void setCompact(bool compact);
    int currentRow() const { return m_current; }
    void setCurrentRow(int row);
    QString rowText(int row) const;
    /// Where a row, or a layer's part of it, is.
    QRectF partRect(int row, int layer) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// layer: -1 for the whole row.
    void rowChosen(int row, int layer);
    void currentRowChanged(int row);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF area() const;
    void tell();

    ChartContent m_content;
    TimeDisplay m_time;
    bool m_stale = false;
    bool m_compact = false;
    int m_current = -1;
};

} // namespace octotrail::ui
