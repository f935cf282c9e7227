// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartWidget.h"

#include "ui/charts/ChartPainting.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

ChartWidget::ChartWidget(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"chart"_s);
    setAccessibleName(tr("Chart"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setFont(scaledFont(TextSize::Small));
}

void ChartWidget::setContent(const ChartContent &content)
{
    const bool same = content.spec == m_content.spec;
    m_content = content;
    m_current = same ? std::min(m_current, static_cast<int>(content.rows.size()) - 1) : -1;
    setAccessibleName(chartTitle(content.spec));
    tell();
    update();
}

void ChartWidget::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    update();
}

void ChartWidget::setStale(bool stale)
{
    m_stale = stale;
    update();
}

void ChartWidget::setCompact(bool compact)
{
    m_compact = compact;
    updateGeometry();
}

QSize ChartWidget::sizeHint() const
{
    return m_compact ? QSize(30 * metrics::Unit, 20 * metrics::Unit) : QSize(60 * metrics::Unit, 40 * metrics::Unit);
}

QSize ChartWidget::minimumSizeHint() const
{
    return {20 * metrics::Unit, 14 * metrics::Unit};
}

QRectF ChartWidget::area() const
{
    const int margin = m_compact ? metrics::HalfUnit : 2 * metrics::Unit;
    return QRectF(rect()).adjusted(margin, m_compact ? 0 : metrics::Unit, -margin, -metrics::HalfUnit);
}

QRectF ChartWidget::partRect(int row, int layer) const
{
    return charts::Layout(m_content, area(), font()).partRect(row, layer);
}

QString ChartWidget::rowText(int row) const
{
    const ChartContent::Row &shown = m_content.rows.at(static_cast<std::size_t>(row));
    QStringList lines{shown.total == 1 ? tr("%1: 1 event").arg(shown.label)
                                       : tr("%1: %2 events").arg(shown.label, QLocale().toString(shown.total))};
    for (std::size_t i = 0; i < shown.parts.size() && i < m_content.layers.size(); ++i) {
        if (shown.parts[i] > 0) {
            lines << u"%1: %2"_s.arg(m_content.layers[i].label, QLocale().toString(shown.parts[i]));
        }
    }
    return lines.join(u'\n');
}

void ChartWidget::tell()
{
    QString text
        = tr("%1 bars. The arrow keys go from bar to bar, Enter shows the events of one.").arg(m_content.rows.size());
    if (m_current >= 0) {
        text = rowText(m_current).replace(u'\n', u", "_s);
    }
    setAccessibleDescription(text);
}

void ChartWidget::setCurrentRow(int row)
{
    const int last = static_cast<int>(m_content.rows.size()) - 1;
    const int chosen = std::clamp(row, -1, last);
    if (chosen == m_current) {
        return;
    }
    m_current = chosen;
    tell();
    update();
    Q_EMIT currentRowChanged(m_current);
}

void ChartWidget::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setOpacity(m_stale ? 0.45 : 1);
    charts::paint(painter, m_content, area(), font(), palette(), m_time, hasFocus() ? m_current : -1);
    painter.setOpacity(1);
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Link));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

bool ChartWidget::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int row = charts::Layout(m_content, area(), font()).rowAt(help->pos());
        if (row >= 0) {
            QToolTip::showText(help->globalPos(), ui::toolTip(rowText(row)), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void ChartWidget::mouseReleaseEvent(QMouseEvent *event)
{
    const charts::Layout layout(m_content, area(), font());
    const int row = layout.rowAt(event->position());
    if (event->button() == Qt::LeftButton && row >= 0) {
        setCurrentRow(row);
        Q_EMIT rowChosen(row, layout.layerAt(row, event->position()));
    }
}

void ChartWidget::mouseMoveEvent(QMouseEvent *event)
{
    const bool on = charts::Layout(m_content, area(), font()).rowAt(event->position()) >= 0;
    setCursor(on ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ChartWidget::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_content.rows.size()) - 1;
    switch (event->modifiers() & Qt::AltModifier ? 0 : event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Left:
        setCurrentRow(std::max(0, m_current - 1));
        return;
    case Qt::Key_Down:
    case Qt::Key_Right:
        setCurrentRow(m_current + 1);
        return;
    case Qt::Key_Home:
        setCurrentRow(0);
        return;
    case Qt::Key_End:
        setCurrentRow(last);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0 && m_current <= last) {
            Q_EMIT rowChosen(m_current, -1);
        }
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace octotrail::ui
