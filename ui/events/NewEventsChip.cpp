// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/NewEventsChip.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/style/Tones.h"

#include <QFontMetrics>
#include <QLocale>
#include <QPainter>

namespace octotrail::ui {

NewEventsChip::NewEventsChip(QWidget *parent)
    : QPushButton(parent)
{
    setFocusPolicy(Qt::NoFocus); // it comes and goes; the keyboard has Space and Home for what it does
    setCursor(Qt::PointingHandCursor);
    hide();
}

void NewEventsChip::setCount(qint64 count, bool upwards, bool paused)
{
    QString text = count == 1 ? tr("1 new event") : tr("%1 new events").arg(QLocale().toString(count));
    if (paused) {
        text = tr("Paused: %1").arg(text);
    }
    setText(text);
    setAccessibleName(text);
    setIcon(ui::icon(upwards ? u"arrow-up" : u"arrow-down", Tone::Accent));
    setVisible(count > 0);
    adjustSize();
}

QSize NewEventsChip::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + metrics::IconSize + 4 * metrics::Unit,
        metrics.height() + metrics::Unit + 2};
}

void NewEventsChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QColor accent = toneColor(Tone::Accent, palette());
    QColor fill = toneBackground(Tone::Accent, palette());
    if (isDown() || underMouse()) {
        fill = isDark(palette()) ? fill.lighter(125) : fill.darker(104);
    }
    painting::box(painter, rect(), fill, accent, height() / 2.0);
    const int x = metrics::Unit + metrics::HalfUnit;
    icon().paint(&painter, x, (height() - metrics::IconSize) / 2, metrics::IconSize, metrics::IconSize);
    painter.setPen(accent);
    painter.drawText(rect().adjusted(x + metrics::IconSize + metrics::HalfUnit, 0, -metrics::Unit, 0),
        Qt::AlignVCenter | Qt::AlignLeft, text());
}

} // namespace octotrail::ui
