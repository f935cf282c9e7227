// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/HeatMap.h"

#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace octotrail::ui {

namespace {

constexpr int days = 7;
constexpr int hoursOfADay = 24;
constexpr int rowHeight = 3 * metrics::Unit - 2;

QString dayName(int weekday, QLocale::FormatType format)
{
    return QLocale().standaloneDayName(weekday + 1, format);
}

} // namespace

HeatMap::HeatMap(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("heatMap"));
    setAccessibleName(tr("Activity by hour and weekday"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setFont(scaledFont(TextSize::Small));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    tell();
}

void HeatMap::setHours(const store::WeekHours &hours, const std::vector<int> &rare)
{
    m_hours = hours;
    m_rare = rare;
    m_highest = 0;
    for (const auto &day : m_hours) {
        m_highest = std::max(m_highest, *std::ranges::max_element(day));
    }
    tell();
    update();
}

QSize HeatMap::sizeHint() const
{
    return {80 * metrics::Unit, days * rowHeight + fontMetrics().height() + 2 * metrics::HalfUnit};
}

QSize HeatMap::minimumSizeHint() const
{
    return {hoursOfADay * 12 + 6 * metrics::Unit, sizeHint().height()};
}

std::int64_t HeatMap::count(int weekday, int hour) const
{
    return m_hours.at(static_cast<std::size_t>(weekday)).at(static_cast<std::size_t>(hour));
}

QRect HeatMap::plot() const
{
    int names = 0;
    for (int day = 0; day < days; ++day) {
        names = std::max(names, fontMetrics().horizontalAdvance(dayName(day, QLocale::ShortFormat)));
    }
    return {names + metrics::Unit, 0, width() - names - metrics::Unit, days * rowHeight};
}

QRect HeatMap::cellRect(int weekday, int hour) const
{
    const QRect area = plot();
    const int left = area.left() + area.width() * hour / hoursOfADay;
    const int right = area.left() + area.width() * (hour + 1) / hoursOfADay;
    return {left, area.top() + weekday * rowHeight, right - left - 1, rowHeight - 1};
}

std::optional<QPoint> HeatMap::cellAt(const QPoint &position) const
{
    const QRect area = plot();
    if (!area.contains(position)) {
        return std::nullopt;
    }
    for (int hour = 0; hour < hoursOfADay; ++hour) {
        const int day = std::clamp((position.y() - area.top()) / rowHeight, 0, days - 1);
        if (cellRect(day, hour).adjusted(0, 0, 1, 1).contains(position)) {
            return QPoint(hour, day);
        }
    }
    return std::nullopt;
}

QString HeatMap::cellText(int weekday, int hour) const
{
    const std::int64_t events = count(weekday, hour);
    QString text = tr("%1, %2:00\u2013%3:00: %4")
                       .arg(dayName(weekday, QLocale::LongFormat))
                       .arg(hour, 2, 10, QChar(u'0'))
                       .arg(hour + 1, 2, 10, QChar(u'0'))
                       .arg(events == 1 ? tr("1 event") : tr("%1 events").arg(QLocale().toString(qint64(events))));
    if (events > 0 && std::ranges::find(m_rare, hour) != m_rare.end()) {
        text += tr(". Unusual at this hour.");
    }
    return text;
}

void HeatMap::tell()
{
    setAccessibleDescription(
        tr("%1. The arrow keys go from hour to hour, Enter shows the events.").arg(cellText(m_weekday, m_hour)));
}

void HeatMap::moveTo(int weekday, int hour)
{
    m_weekday = std::clamp(weekday, 0, days - 1);
    m_hour = std::clamp(hour, 0, hoursOfADay - 1);
    tell();
    update();
}

void HeatMap::choose(int weekday, int hour)
{
    moveTo(weekday, hour);
    if (count(weekday, hour) > 0) {
        Q_EMIT hourChosen(weekday, hour);
    }
}

void HeatMap::paintCell(QPainter &painter, int weekday, int hour) const
{
    const QRect cell = cellRect(weekday, hour);
    const std::int64_t events = count(weekday, hour);
    QColor empty = palette().color(QPalette::Text);
    empty.setAlphaF(0.04F);
    painter.fillRect(cell, empty);
    if (events == 0) {
        return;
    }
    // By the root: one event shall be seen beside a thousand.
    const double part = std::sqrt(double(events) / double(std::max<std::int64_t>(1, m_highest)));
    const QColor full = toneColor(Tone::Accent, palette());
    const QColor base = palette().color(QPalette::Base);
    const auto mixed = [part](int from, int to) { return static_cast<int>(from + (to - from) * (0.15 + 0.85 * part)); };
    const QColor fill(
        mixed(base.red(), full.red()), mixed(base.green(), full.green()), mixed(base.blue(), full.blue()));
    painter.fillRect(cell, fill);
    const QString number = QLocale().toString(qint64(events));
    if (fontMetrics().horizontalAdvance(number) <= cell.width() - 2) {
        const QColor text = palette().color(QPalette::Text);
        painter.setPen(contrastRatio(text, fill) >= contrastRatio(base, fill) ? text : base);
        painter.drawText(cell, Qt::AlignCenter, number);
    }
    if (std::ranges::find(m_rare, hour) != m_rare.end()) {
        painter.setPen(QPen(toneColor(Tone::Warning, palette()), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell.adjusted(1, 1, -1, -1));
    }
}

void HeatMap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect area = plot();
    for (int day = 0; day < days; ++day) {
        painter.setPen(toneColor(Tone::Muted, palette()));
        painter.drawText(QRect(0, area.top() + day * rowHeight, area.left() - metrics::Unit, rowHeight - 1),
            Qt::AlignVCenter | Qt::AlignLeft, dayName(day, QLocale::ShortFormat));
        for (int hour = 0; hour < hoursOfADay; ++hour) {
            paintCell(painter, day, hour);
        }
    }
    painter.setPen(toneColor(Tone::Muted, palette()));
    for (int hour = 0; hour < hoursOfADay; hour += 3) {
        const QRect first = cellRect(0, hour);
        painter.drawText(
            QRect(first.left(), area.bottom() + metrics::HalfUnit, 3 * first.width(), fontMetrics().height()),
            Qt::AlignLeft | Qt::AlignTop, QStringLiteral("%1:00").arg(hour, 2, 10, QChar(u'0')));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(palette().color(QPalette::Link));
    if (m_hovered) {
        painter.drawRect(cellRect(m_hovered->y(), m_hovered->x()).adjusted(0, 0, -1, -1));
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Link), 2));
        painter.drawRect(cellRect(m_weekday, m_hour).adjusted(0, 0, -1, -1));
    }
}

bool HeatMap::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const auto cell = cellAt(help->pos())) {
            QToolTip::showText(
                help->globalPos(), ui::toolTip(cellText(cell->y(), cell->x())), this, cellRect(cell->y(), cell->x()));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void HeatMap::mouseReleaseEvent(QMouseEvent *event)
{
    if (const auto cell = cellAt(event->pos()); cell && event->button() == Qt::LeftButton) {
        choose(cell->y(), cell->x());
    }
}

void HeatMap::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = cellAt(event->pos());
    const bool choosable = m_hovered && count(m_hovered->y(), m_hovered->x()) > 0;
    setCursor(choosable ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void HeatMap::leaveEvent(QEvent *event)
{
    m_hovered.reset();
    update();
    QWidget::leaveEvent(event);
}

void HeatMap::keyPressEvent(QKeyEvent *event)
{
    switch (event->modifiers() & Qt::AltModifier ? 0 : event->key()) {
    case Qt::Key_Left:
        moveTo(m_weekday, m_hour - 1);
        return;
    case Qt::Key_Right:
        moveTo(m_weekday, m_hour + 1);
        return;
    case Qt::Key_Up:
        moveTo(m_weekday - 1, m_hour);
        return;
    case Qt::Key_Down:
        moveTo(m_weekday + 1, m_hour);
        return;
    case Qt::Key_Home:
        moveTo(m_weekday, 0);
        return;
    case Qt::Key_End:
        moveTo(m_weekday, hoursOfADay - 1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_weekday, m_hour);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace octotrail::ui
