// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimelineView.h"

#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QToolTip>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int barPitch = 6; ///< pixels for a bin at least

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("timeline"));
    setFocusPolicy(Qt::StrongFocus);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Timeline"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    tell();
}

QSize TimelineView::sizeHint() const
{
    return {60 * metrics::Unit, 8 * metrics::Unit + fontMetrics().height()};
}

QSize TimelineView::minimumSizeHint() const
{
    return {20 * metrics::Unit, sizeHint().height()};
}

void TimelineView::setData(const store::HistogramData &data, TimelineModel::Split split)
{
    // New events leave the bins where they are, mostly: then so does what is chosen.
    const bool same = data.start == m_data.start && data.width == m_data.width && data.bins >= m_data.bins;
    const bool isLonger = data.bins > m_data.bins;
    m_data = data;
    m_split = split;
    m_layers = timeline::layersOf(m_data, split);
    m_highest = 0;
    for (int bin = 0; bin < m_data.bins; ++bin) {
        m_highest = std::max(m_highest, m_data.countOf(bin));
    }
    if (!same && !m_dragging) {
        m_current.reset();
        m_anchor.reset();
    }
    tell();
    update();
    if (!same || isLonger) {
        Q_EMIT timeChanged();
    }
}

void TimelineView::setMessage(const QString &message)
{
    m_message = message;
    tell();
    update();
}

void TimelineView::setStale(bool stale)
{
    m_stale = stale;
    update();
}

void TimelineView::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    tell();
    update();
}

void TimelineView::setUncovered(std::vector<event::TimeRange> ranges)
{
    m_uncovered = std::move(ranges);
    update();
}

void TimelineView::setMarks(std::vector<TimelineMark> marks)
{
    m_marks = std::move(marks);
    update();
}

QRect TimelineView::plot() const
{
    return rect().adjusted(metrics::Unit, metrics::Unit, -metrics::Unit, -fontMetrics().height() - metrics::HalfUnit);
}

int TimelineView::room() const
{
    return std::clamp(plot().width() / barPitch, 10, 400);
}

QRect TimelineView::binRect(int bin) const
{
    const QRect area = plot();
    const auto edge = [&](int b) { return area.left() + static_cast<int>(qint64(area.width()) * b / m_data.bins); };
    return {edge(bin), area.top(), std::max(1, edge(bin + 1) - edge(bin)), area.height()};
}

int TimelineView::binAt(int x) const
{
    const QRect area = plot();
    return std::clamp(
        static_cast<int>(qint64(x - area.left()) * m_data.bins / std::max(1, area.width())), 0, m_data.bins - 1);
}

int TimelineView::xOf(event::Timestamp t) const
{
    const QRect area = plot();
    const double part
        = double((t - m_data.start).count()) / double((m_data.startOf(m_data.bins) - m_data.start).count());
    return area.left() + static_cast<int>(std::clamp(part, 0.0, 1.0) * area.width());
}

std::pair<int, int> TimelineView::chosenBins() const
{
    const int from = m_anchor.value_or(*m_current);
    return std::minmax(std::clamp(from, 0, m_data.bins - 1), std::clamp(*m_current, 0, m_data.bins - 1));
}

std::optional<event::TimeRange> TimelineView::selection() const
{
    if (!m_current || m_data.bins == 0) {
        return std::nullopt;
    }
    const auto [first, last] = chosenBins();
    return event::TimeRange{m_data.startOf(first), m_data.startOf(last + 1)};
}

void TimelineView::clearSelection()
{
    m_current.reset();
    m_anchor.reset();
    m_dragging = false;
    tell();
    update();
}

void TimelineView::moveTo(int bin, bool extend)
{
    bin = std::clamp(bin, 0, m_data.bins - 1);
    if (!extend) {
        m_anchor.reset();
    } else if (!m_anchor) {
        m_anchor = m_current.value_or(bin);
    }
    m_current = bin;
    tell();
    update();
}

void TimelineView::take()
{
    if (const auto range = selection()) {
        clearSelection();
        Q_EMIT rangeChosen(*range);
    }
}

QString TimelineView::binText(int bin) const
{
    const QLocale locale;
    QStringList lines{tr("%1 for %2").arg(m_time.seconds(m_data.startOf(bin)), timeline::lengthText(m_data.width)),
        tr("%1 events").arg(locale.toString(static_cast<qint64>(m_data.countOf(bin))))};
    for (const timeline::Layer &layer : m_layers) {
        if (const auto count = layer.counts[static_cast<std::size_t>(bin)]; count > 0) {
            lines << QStringLiteral("%1: %2").arg(
                layer.values.join(QStringLiteral(", ")), locale.toString(static_cast<qint64>(count)));
        }
    }
    const event::TimeRange range = m_data.rangeOf(bin);
    const bool gap = std::ranges::any_of(m_uncovered, [&](const event::TimeRange &one) {
        return (!one.since || *one.since < *range.until) && (!one.until || *one.until > *range.since);
    });
    if (gap) {
        lines << tr("Not all of this time has been collected.");
    }
    for (const TimelineMark &mark : m_marks) {
        if (range.contains(mark.time)) {
            lines << singleLine(mark.text, 200);
        }
    }
    return lines.join(u'\n');
}

void TimelineView::tell()
{
    QString text = m_message;
    if (text.isEmpty() && m_data.bins == 0) {
        text = tr("No times to show.");
    } else if (text.isEmpty() && m_current) {
        const auto [first, last] = chosenBins();
        text = first == last
            ? binText(first).replace(u'\n', u' ')
            : tr("%1 to %2 chosen")
                  .arg(m_time.seconds(m_data.startOf(first)), m_time.seconds(m_data.startOf(last + 1)));
    } else if (text.isEmpty()) {
        text
            = tr("%1 events in %2 bars of %3. Left and Right go from bar to bar, with Shift they choose several, Enter "
                 "narrows the time to them, Backspace goes back.")
                  .arg(QLocale().toString(static_cast<qint64>(m_data.total)))
                  .arg(m_data.bins)
                  .arg(timeline::lengthText(m_data.width));
    }
    if (text != accessibleDescription()) {
        setAccessibleDescription(text);
    }
}

bool TimelineView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_data.bins > 0 && m_message.isEmpty()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int bin = binAt(help->pos().x());
        QToolTip::showText(help->globalPos(), ui::toolTip(binText(bin)), this, binRect(bin));
        return true;
    }
    return QWidget::event(event);
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_data.bins == 0) {
        return;
    }
    m_pressedAt = event->pos().x();
    moveTo(binAt(m_pressedAt), event->modifiers() & Qt::ShiftModifier);
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || !m_current) {
        return;
    }
    if (!m_dragging && std::abs(event->pos().x() - m_pressedAt) < QApplication::startDragDistance() / 2) {
        return;
    }
    if (!m_dragging) {
        m_dragging = true;
        m_anchor = binAt(m_pressedAt);
    }
    moveTo(binAt(event->pos().x()), true);
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_dragging) {
        m_dragging = false;
        take();
    }
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && m_data.bins > 0) {
        moveTo(binAt(event->pos().x()), false);
        take();
    }
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const int step = event->modifiers() & Qt::ControlModifier ? 10 : 1;
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (event->key() == Qt::Key_Backspace && !alt) {
        Q_EMIT backRequested();
        return;
    }
    if (event->key() == Qt::Key_Escape && m_current) {
        clearSelection();
        return;
    }
    if (m_data.bins > 0 && !alt) {
        switch (event->key()) {
        case Qt::Key_Left:
            moveTo(m_current ? *m_current - step : m_data.bins - 1, extend);
            return;
        case Qt::Key_Right:
            moveTo(m_current ? *m_current + step : 0, extend);
            return;
        case Qt::Key_Home:
            moveTo(0, extend);
            return;
        case Qt::Key_End:
            moveTo(m_data.bins - 1, extend);
            return;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            take();
            return;
        default:
            break;
        }
    }
    QWidget::keyPressEvent(event);
}

} // namespace octotrail::ui
