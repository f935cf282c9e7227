// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/MapWidget.h"

#include "ui/charts/WorldOutline.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace octotrail::ui {

namespace {

constexpr double mostZoom = 60;
constexpr double step = 1.5;

} // namespace

MapWidget::MapWidget(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("map"));
    setAccessibleName(tr("Map of client locations"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setFont(scaledFont(TextSize::Small));
    tell();
}

QSize MapWidget::sizeHint() const
{
    return {80 * metrics::Unit, 50 * metrics::Unit};
}

QSize MapWidget::minimumSizeHint() const
{
    return {30 * metrics::Unit, 20 * metrics::Unit};
}

double MapWidget::scale() const
{
    // The inhabited world fits at first.
    return m_zoom * std::min(width() / 345.0, height() / 150.0);
}

QPointF MapWidget::toScreen(double longitude, double latitude) const
{
    return {width() / 2.0 + (longitude - m_center.x()) * scale(), height() / 2.0 - (latitude - m_center.y()) * scale()};
}

void MapWidget::update()
{
    const int row = m_current >= 0 && m_current < static_cast<int>(m_clusters.size())
        ? m_clusters[static_cast<std::size_t>(m_current)].rows.front()
        : -1;
    m_clusters
        = clustersOf(m_content, [this](double longitude, double latitude) { return toScreen(longitude, latitude); });
    m_current = -1;
    setCurrentRow(row);
    tell();
    QWidget::update();
}

void MapWidget::setContent(const ChartContent &content)
{
    m_content = content;
    update();
}

void MapWidget::setStale(bool stale)
{
    m_stale = stale;
    QWidget::update();
}

void MapWidget::setCurrentRow(int row)
{
    for (int i = 0; i < static_cast<int>(m_clusters.size()); ++i) {
        const auto &rows = m_clusters[static_cast<std::size_t>(i)].rows;
        if (std::ranges::find(rows, row) != rows.end()) {
            m_current = i;
            tell();
            QWidget::update();
            return;
        }
    }
}

void MapWidget::showAll()
{
    m_zoom = 1;
    m_center = {10, 20};
    update();
}

void MapWidget::zoomBy(double factor, const QPointF &around)
{
    const QPointF way = around - QPointF(width() / 2.0, height() / 2.0);
    const double before = scale();
    m_zoom = std::clamp(m_zoom * factor, 1.0, mostZoom);
    const double after = scale();
    // What is under the pointer stays there.
    m_center += QPointF(way.x() * (1 / before - 1 / after), -way.y() * (1 / before - 1 / after));
    moveBy({});
}

void MapWidget::moveBy(const QPointF &pixels)
{
    m_center += QPointF(-pixels.x() / scale(), pixels.y() / scale());
    m_center = {std::clamp(m_center.x(), -180.0, 180.0), std::clamp(m_center.y(), -60.0, 80.0)};
    update();
}

int MapWidget::clusterAt(const QPointF &position) const
{
    // The small ones lie on the large ones.
    for (int i = static_cast<int>(m_clusters.size()) - 1; i >= 0; --i) {
        const MapCluster &cluster = m_clusters[static_cast<std::size_t>(i)];
        const QPointF way = position - cluster.center;
        if (std::hypot(way.x(), way.y()) <= cluster.radius + 2) {
            return i;
        }
    }
    return -1;
}

void MapWidget::tell()
{
    const QLocale locale;
    if (m_current >= 0 && m_current < static_cast<int>(m_clusters.size())) {
        const MapCluster &cluster = m_clusters[static_cast<std::size_t>(m_current)];
        setAccessibleDescription(tr("%1: %2 events. Circle %3 of %4.")
                                     .arg(cluster.label(m_content), locale.toString(cluster.count))
                                     .arg(m_current + 1)
                                     .arg(m_clusters.size()));
        return;
    }
    setAccessibleDescription(
        tr("%1 circles for %2 events. Page Down and Page Up go from one to the next, Enter shows its "
           "events, plus and minus zoom, the arrow keys move the map.")
            .arg(m_clusters.size())
            .arg(locale.toString(m_content.total)));
}

void MapWidget::goTo(int cluster)
{
    if (m_clusters.empty()) {
        return;
    }
    m_current = std::clamp(cluster, 0, static_cast<int>(m_clusters.size()) - 1);
    const QPointF at = m_clusters[static_cast<std::size_t>(m_current)].center;
    if (!rect().contains(at.toPoint())) {
        const int row = m_clusters[static_cast<std::size_t>(m_current)].rows.front();
        moveBy(QPointF(width() / 2.0, height() / 2.0) - at);
        setCurrentRow(row);
    }
    tell();
    QWidget::update();
}

void MapWidget::choose(int at)
{
    if (at < 0 || at >= static_cast<int>(m_clusters.size())) {
        return;
    }
    const MapCluster cluster = m_clusters[static_cast<std::size_t>(at)];
    m_current = at;
    const QString filter = cluster.filter(m_content);
    if (!filter.isEmpty()) {
        tell();
        QWidget::update();
        Q_EMIT filterChosen(filter);
    } else if (m_zoom < mostZoom) {
        zoomBy(2 * step, cluster.center);
    }
}

void MapWidget::paintMap(QPainter &painter, const QPalette &palette, bool withCurrent) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const WorldOutline &world = WorldOutline::get();
    painter.save();
    painter.translate(toScreen(0, 0));
    painter.scale(scale(), scale());
    painter.setClipRect(QRectF(-180, -90, 360, 180), Qt::IntersectClip);
    QColor land = palette.color(QPalette::Text);
    land.setAlphaF(0.09F);
    QPen line(lineColor(palette), 1);
    line.setCosmetic(true);
    painter.setPen(line);
    painter.setBrush(land);
    painter.drawPath(world.land);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(world.borders);
    painter.restore();
    const QColor accent = toneColor(Tone::Accent, palette);
    for (int i = 0; i < static_cast<int>(m_clusters.size()); ++i) {
        const MapCluster &cluster = m_clusters[static_cast<std::size_t>(i)];
        QColor fill = accent;
        fill.setAlphaF(0.35F);
        painter.setBrush(fill);
        painter.setPen(QPen(accent, withCurrent && i == m_current ? 3 : 1));
        painter.drawEllipse(cluster.center, cluster.radius, cluster.radius);
        const QString number = QLocale().toString(cluster.count);
        if (painter.fontMetrics().horizontalAdvance(number) < 2 * cluster.radius - 2) {
            painter.setPen(palette.color(QPalette::Text));
            painter.drawText(QRectF(cluster.center.x() - cluster.radius, cluster.center.y() - cluster.radius,
                                 2 * cluster.radius, 2 * cluster.radius),
                Qt::AlignCenter, number);
        }
    }
}

void MapWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(font());
    painter.setOpacity(m_stale ? 0.45 : 1);
    paintMap(painter, palette(), hasFocus());
    painter.setOpacity(1);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(palette().color(QPalette::Link));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool MapWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int at = clusterAt(help->pos());
        if (at >= 0) {
            const MapCluster &cluster = m_clusters[static_cast<std::size_t>(at)];
            QToolTip::showText(help->globalPos(),
                ui::toolTip(tr("%1\n%2 events").arg(cluster.label(m_content), QLocale().toString(cluster.count))),
                this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void MapWidget::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    update();
}

void MapWidget::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() != 0) {
        zoomBy(event->angleDelta().y() > 0 ? step : 1 / step, event->position());
    }
    event->accept();
}

void MapWidget::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton) {
        m_pressed = event->position();
        m_dragged = false;
    }
}

void MapWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (m_pressed && (event->buttons() & Qt::LeftButton)) {
        const QPointF way = event->position() - *m_pressed;
        if (m_dragged || way.manhattanLength() >= QApplication::startDragDistance()) {
            m_dragged = true;
            m_pressed = event->position();
            moveBy(way);
        }
        return;
    }
    setCursor(clusterAt(event->position()) >= 0 ? Qt::PointingHandCursor : Qt::OpenHandCursor);
}

void MapWidget::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_pressed && !m_dragged) {
        choose(clusterAt(event->position()));
    }
    m_pressed.reset();
}

void MapWidget::keyPressEvent(QKeyEvent *event)
{
    const QPointF middle(width() / 2.0, height() / 2.0);
    const double stride = 8.0 * metrics::Unit;
    switch (event->modifiers() & Qt::AltModifier ? 0 : event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomBy(step, middle);
        return;
    case Qt::Key_Minus:
        zoomBy(1 / step, middle);
        return;
    case Qt::Key_Home:
    case Qt::Key_0:
        showAll();
        return;
    case Qt::Key_Left:
        moveBy({stride, 0});
        return;
    case Qt::Key_Right:
        moveBy({-stride, 0});
        return;
    case Qt::Key_Up:
        moveBy({0, stride});
        return;
    case Qt::Key_Down:
        moveBy({0, -stride});
        return;
    case Qt::Key_PageDown:
        goTo(m_current + 1);
        return;
    case Qt::Key_PageUp:
        goTo(std::max(0, m_current - 1));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace octotrail::ui
