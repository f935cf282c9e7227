// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/AlertChart.h"

#include "ui/alerts/AlertLook.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace octotrail::ui {

namespace {

/// The next of 1, 2, 5, 10, 20 ... that is no smaller.
std::int64_t niceCeiling(std::int64_t value)
{
    std::int64_t step = 1;
    for (;;) {
        for (const std::int64_t factor : {1, 2, 5}) {
            if (step * factor >= value) {
                return step * factor;
            }
        }
        step *= 10;
    }
}

QDate dateOf(event::Timestamp time)
{
    return toDateTime(time, QTimeZone::utc()).date();
}

} // namespace

AlertChart::AlertChart(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Alerts over time"));
}

void AlertChart::setReport(const detect::AlertReport &report)
{
    m_report = report;
    m_series.reset();
    setAccessibleDescription(alertCount(m_report.total()));
    update();
}

void AlertChart::setSeries(const std::optional<detect::AlertSeries> &series)
{
    m_series = series;
    update();
}

QSize AlertChart::sizeHint() const
{
    return {60 * metrics::Unit, 24 * metrics::Unit};
}

QSize AlertChart::minimumSizeHint() const
{
    return {30 * metrics::Unit, 24 * metrics::Unit};
}

QRect AlertChart::plot() const
{
    return rect().adjusted(6 * metrics::Unit, 4 * metrics::Unit, -2 * metrics::Unit, -3 * metrics::Unit);
}

std::optional<std::size_t> AlertChart::binAt(const QPoint &place) const
{
    const QRect area = plot();
    if (m_report.counts.empty() || place.x() < area.left() || place.x() > area.right()) {
        return std::nullopt;
    }
    const auto bins = m_report.counts.size();
    const auto bin = static_cast<std::size_t>(
        static_cast<double>(place.x() - area.left()) / area.width() * static_cast<double>(bins));
    return std::min(bin, bins - 1);
}

QString AlertChart::binText(std::size_t bin) const
{
    const QLocale locale;
    const auto from = m_report.since + m_report.bin * static_cast<std::int64_t>(bin);
    const QString first = locale.toString(dateOf(from), QLocale::ShortFormat);
    const QString span = m_report.bin.count() == 1
        ? first
        : tr("%1 to %2")
              .arg(first, locale.toString(dateOf(from + m_report.bin - std::chrono::days(1)), QLocale::ShortFormat));
    QString text = tr("%1: %2").arg(span, alertCount(m_report.counts[bin]));
    if (m_series && bin < m_series->counts.size()) {
        text += u'\n'
            + tr("%1: %2").arg(
                singleLine(m_series->name, 80), locale.toString(static_cast<qlonglong>(m_series->counts[bin])));
    }
    return text;
}

bool AlertChart::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const auto bin = binAt(help->pos())) {
            QToolTip::showText(help->globalPos(), ui::toolTip(binText(*bin)), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

void AlertChart::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const QPalette &colors = palette();
    painter.fillRect(rect(), colors.color(QPalette::Base));
    const QLocale locale;
    const QRect area = plot();
    painter.setFont(scaledFont(TextSize::Small, QFont::DemiBold));
    painter.setPen(colors.color(QPalette::Text));
    const QString heading = m_series
        ? tr("%1 of %2 alerts: %3")
              .arg(locale.toString(static_cast<qlonglong>(m_series->total)),
                  locale.toString(static_cast<qlonglong>(m_report.total())), singleLine(m_series->name, 100))
        : alertCount(m_report.total());
    painter.drawText(QRect(area.left(), 0, area.width(), area.top()), Qt::AlignLeading | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(heading, Qt::ElideRight, area.width()));
    painter.setFont(scaledFont(TextSize::Small));
    const std::int64_t highest = m_report.counts.empty() ? 0 : std::ranges::max(m_report.counts);
    const std::int64_t top = niceCeiling(std::max<std::int64_t>(1, highest));
    const auto yOf = [&](double count) { return area.bottom() - area.height() * count / static_cast<double>(top); };
    // Lines at the half and at the top, whose numbers stand before them.
    for (const double part : {0.0, 0.5, 1.0}) {
        const double count = part * static_cast<double>(top);
        if (count != std::floor(count)) {
            continue;
        }
        const int y = qRound(yOf(count));
        painter.setPen(lineColor(colors));
        painter.drawLine(area.left(), y, area.right(), y);
        painter.setPen(toneColor(Tone::Muted, colors));
        painter.drawText(QRect(0, y - 10, area.left() - metrics::Unit, 20), Qt::AlignTrailing | Qt::AlignVCenter,
            locale.toString(static_cast<qlonglong>(count)));
    }
    if (m_report.counts.empty()) {
        return;
    }
    const double step = static_cast<double>(area.width()) / static_cast<double>(m_report.counts.size());
    const double width = std::clamp(step - 2, 1.0, 40.0);
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_report.counts.size(); ++i) {
        const double x = area.left() + (static_cast<double>(i) + 0.5) * step - width / 2;
        const auto bar = [&](std::int64_t count, const QColor &color) {
            if (count > 0) {
                const double y = std::min(yOf(static_cast<double>(count)), area.bottom() - 1.5);
                painter.fillRect(QRectF(x, y, width, area.bottom() - y), color);
            }
        };
        const QColor accent = toneColor(Tone::Accent, colors);
        QColor pale = accent;
        pale.setAlphaF(0.3F);
        bar(m_report.counts[i], m_series ? pale : accent);
        if (m_series && i < m_series->counts.size()) {
            bar(m_series->counts[i], accent);
        }
    }
    // So many dates as there is room for.
    painter.setPen(toneColor(Tone::Muted, colors));
    const int each = painter.fontMetrics().horizontalAdvance(QStringLiteral("0000-00-00")) + 2 * metrics::Unit;
    const auto skip = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(each / step)));
    for (std::size_t i = 0; i < m_report.counts.size(); i += skip) {
        const double x = area.left() + (static_cast<double>(i) + 0.5) * step;
        const QString date = dateOf(m_report.since + m_report.bin * static_cast<std::int64_t>(i)).toString(Qt::ISODate);
        const int left = std::clamp(qRound(x) - each / 2, 0, std::max(0, this->width() - each));
        painter.drawText(
            QRect(left, area.bottom() + 4, each, 2 * metrics::Unit + 4), Qt::AlignHCenter | Qt::AlignTop, date);
    }
}

} // namespace octotrail::ui
