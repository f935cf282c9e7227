// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/MapClusters.h"

#include <QWidget>

namespace octotrail::ui {

/// A world map with a circle for where events come from, the larger the more there are.
///
/// The wheel, plus and minus zoom; dragging and the arrow keys move; Home shows all. Page Down and Page Up go from
/// circle to circle; Enter or a click narrows to its place or country, or zooms in where it has several countries.
class MapWidget : public QWidget
{
    Q_OBJECT

public:
    explicit MapWidget(QWidget *parent = nullptr);

    void setContent(const ChartContent &content);
    void setStale(bool stale);
    const std::vector<MapCluster> &clusters() const { return m_clusters; }
    double zoom() const { return m_zoom; }
    void zoomBy(double factor, const QPointF &around);
    void showAll();
    void setCurrentRow(int row);
    int currentCluster() const { return m_current; }
    /// Draws the map, as it is seen, for a picture.
    void paintMap(QPainter &painter, const QPalette &palette, bool withCurrent) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void filterChosen(const QString &filter);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    double scale() const; ///< pixels for a degree
    QPointF toScreen(double longitude, double latitude) const;
    int clusterAt(const QPointF &position) const;
    void moveBy(const QPointF &pixels);
    void update();
    void choose(int cluster);
    void goTo(int cluster);
    void tell();

    ChartContent m_content;
    std::vector<MapCluster> m_clusters;
    double m_zoom = 1;
    QPointF m_center{10, 20}; ///< longitude and latitude
    int m_current = -1;
    bool m_stale = false;
    bool m_dragged = false;
    std::optional<QPointF> m_pressed;
};

} // namespace octotrail::ui
