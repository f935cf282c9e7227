// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/StepButton.h"

#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QEvent>
#include <QPainter>
#include <QStyleOptionFocusRect>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int margin = metrics::Unit;
constexpr int circle = 3 * metrics::Unit;
constexpr int textLeft = margin + circle + metrics::Unit + metrics::HalfUnit;
constexpr int gap = 2 * metrics::Unit; ///< between one step and the next, where the line is
constexpr int widest = 24 * metrics::Unit;

} // namespace

StepButton::StepButton(int number, const QString &title, QWidget *parent)
    : QAbstractButton(parent)
    , m_number(number)
{
    setText(title);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    describe();
}

void StepButton::setState(State state)
{
    if (state == m_state) {
        return;
    }
    m_state = state;
    describe();
    updateGeometry();
    update();
}

void StepButton::setLast(bool last)
{
    m_last = last;
    updateGeometry();
    update();
}

QSize StepButton::sizeHint() const
{
    const int textWidth = QFontMetrics(titleFont()).horizontalAdvance(text());
    const int width = std::min(textLeft + textWidth + margin, widest);
    return {width, heightForWidth(width)};
}

int StepButton::heightForWidth(int width) const
{
    return std::max(circle, titleRect(width).height()) + 2 * metrics::HalfUnit + (m_last ? 0 : gap);
}

void StepButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor line = lineColor(palette());
    const QColor accent = toneColor(Tone::Accent, palette());
    const QRect badge(margin, metrics::HalfUnit, circle, circle);

    if (!m_last) {
        const int x = badge.center().x();
        painter.fillRect(
            QRect(x, badge.bottom() + 1 + metrics::HalfUnit, 1, height() - badge.bottom() - 1 - metrics::HalfUnit),
            m_state == State::Done ? accent : line);
    }

    const QRectF disc = QRectF(badge).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(m_state == State::Ahead ? QPen(line) : QPen(accent));
    painter.setBrush(m_state == State::Current ? accent
            : m_state == State::Done           ? toneBackground(Tone::Accent, palette())
                                               : palette().color(QPalette::Base));
    painter.drawEllipse(disc);
    if (m_state == State::Done) {
        const int inset = (circle - metrics::IconSize) / 2;
        ui::icon(u"tick", Tone::Accent).paint(&painter, badge.adjusted(inset, inset, -inset, -inset));
    } else {
        painter.setFont(scaledFont(TextSize::Small, QFont::DemiBold));
        painter.setPen(m_state == State::Current ? palette().color(QPalette::Base) : toneColor(Tone::Muted, palette()));
        painter.drawText(badge, Qt::AlignCenter, QString::number(m_number));
    }

    painter.setFont(titleFont());
    const QColor plain = palette().color(QPalette::Active, QPalette::WindowText);
    painter.setPen(isEnabled() && underMouse() ? accent
            : m_state == State::Ahead          ? toneColor(Tone::Muted, palette())
                                               : plain);
    painter.drawText(titleRect(width()), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text());

    if (hasFocus()) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        focus.rect = QRect(0, 0, width(), height() - (m_last ? 0 : gap));
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, &painter, this);
    }
}

void StepButton::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        updateGeometry();
    }
}

void StepButton::describe()
{
    switch (m_state) {
    case State::Ahead:
        setAccessibleName(tr("Step %1: %2, not yet done").arg(m_number).arg(text()));
        break;
    case State::Current:
        setAccessibleName(tr("Step %1: %2, current").arg(m_number).arg(text()));
        break;
    case State::Done:
        setAccessibleName(tr("Step %1: %2, done").arg(m_number).arg(text()));
        break;
    }
}

QFont StepButton::titleFont() const
{
    return scaledFont(TextSize::Body, m_state == State::Current ? QFont::DemiBold : QFont::Normal);
}

QRect StepButton::titleRect(int width) const
{
    const int available = std::max(width - textLeft - margin, 4 * metrics::Unit);
    // Measured in the wider weight, so that a step does not grow when it becomes the current one.
    const QFontMetrics measured(scaledFont(TextSize::Body, QFont::DemiBold));
    const int height
        = measured.boundingRect(QRect(0, 0, available, 0), Qt::AlignLeft | Qt::TextWordWrap, text()).height();
    return {textLeft, metrics::HalfUnit, available, std::max(circle, height)};
}

} // namespace octotrail::ui
