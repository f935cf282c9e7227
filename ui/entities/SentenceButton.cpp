// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/entities/SentenceButton.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"

#include <QKeyEvent>
#include <QTextLayout>
#include <QTextOption>
#include <algorithm>
#include <cmath>

namespace octotrail::ui {

namespace {

/// Between words, or within one that is too long: an event may bring any.
QTextOption wrapping()
{
    QTextOption option(Qt::AlignLeft | Qt::AlignTop);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

} // namespace

SentenceButton::SentenceButton(QStringView iconName, Tone tone, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName.toString())
    , m_tone(tone)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QRect SentenceButton::textRect(int width) const
{
    const int left = metrics::Unit + metrics::IconSize + metrics::Unit;
    return {left, metrics::HalfUnit, std::max(1, width - left - metrics::Unit), 10'000};
}

int SentenceButton::heightForWidth(int width) const
{
    QTextLayout layout(text(), font());
    layout.setTextOption(wrapping());
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(textRect(width).width());
        height += line.height();
    }
    layout.endLayout();
    return std::max(static_cast<int>(std::ceil(height)) + metrics::Unit, metrics::RowHeight);
}

QSize SentenceButton::sizeHint() const
{
    constexpr int width = 40 * metrics::Unit;
    return {width, heightForWidth(std::max(width, this->width()))};
}

void SentenceButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (isDown() || underMouse() || hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        QColor fill = palette().color(QPalette::Text);
        fill.setAlphaF(isDown() ? 0.1F : 0.05F);
        painting::box(painter, rect(), underMouse() || isDown() ? fill : QColor(),
            hasFocus() ? palette().color(QPalette::Link) : QColor(), metrics::Radius);
    }
    ui::icon(m_iconName, m_tone)
        .paint(&painter, QRect(metrics::Unit, metrics::HalfUnit + 1, metrics::IconSize, metrics::IconSize));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRectF(textRect(width()).intersected(rect())), text(), wrapping());
}

void SentenceButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace octotrail::ui
