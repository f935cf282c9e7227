// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/SourceStatusButton.h"

#include "ui/sources/StateLook.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/widgets/PlainText.h"

#include <QPainter>
#include <algorithm>

namespace octotrail::ui {

SourceStatusButton::SourceStatusButton(const QString &name, QWidget *parent)
    : QToolButton(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::TabFocus);
    setAutoRaise(true);
    setName(name);
}

void SourceStatusButton::setName(const QString &name)
{
    m_name = name;
    updateText();
}

void SourceStatusButton::setStatus(const collect::SourceStatus &status)
{
    m_status = status;
    updateText();
}

void SourceStatusButton::updateText()
{
    m_text = singleLine(m_name, 40);
    const QString sentence = m_status.sentence.isEmpty() ? stateLook(m_status.state).word : m_status.sentence;
    m_text += QStringLiteral(": ") + singleLine(sentence, 300);
    const StateLook look = stateLook(m_status.state);
    setIcon(ui::icon(look.icon, look.tone));
    setToolTip(ui::toolTip(m_text));
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

QSize SourceStatusButton::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + metrics::IconSize + 3 * metrics::Unit,
        std::max(fontMetrics().height(), metrics::IconSize) + metrics::Unit};
}

QSize SourceStatusButton::minimumSizeHint() const
{
    return {metrics::IconSize + 10 * metrics::Unit, sizeHint().height()};
}

void SourceStatusButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (underMouse() || isDown()) {
        QColor fill = palette().color(QPalette::WindowText);
        fill.setAlphaF(isDown() ? 0.12F : 0.06F);
        painting::box(painter, rect().adjusted(0, 1, 0, -1), fill, QColor(), metrics::HalfUnit);
    }
    if (hasFocus()) {
        painting::box(
            painter, rect().adjusted(0, 1, 0, -1), QColor(), palette().color(QPalette::Link), metrics::HalfUnit);
    }
    icon().paint(&painter, metrics::Unit, (height() - metrics::IconSize) / 2, metrics::IconSize, metrics::IconSize);
    const QRect text = rect().adjusted(metrics::Unit + metrics::IconSize + metrics::HalfUnit + 2, 0, -metrics::Unit, 0);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(
        text, Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(m_text, Qt::ElideRight, text.width()));
}

} // namespace octotrail::ui
