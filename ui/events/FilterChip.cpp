// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/FilterChip.h"

#include "ui/events/TermText.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Painting.h"
#include "ui/widgets/PlainText.h"

#include <QApplication>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace octotrail::ui {

namespace {

constexpr int widest = 44 * metrics::Unit;
constexpr int crossWidth = 3 * metrics::Unit;
constexpr int chipHeight = 3 * metrics::Unit + 2;

} // namespace

FilterChip::FilterChip(QWidget *parent)
    : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("filterChip"));
    setFocusPolicy(Qt::ClickFocus);
    setCursor(Qt::PointingHandCursor);
    setContextMenuPolicy(Qt::CustomContextMenu);
}

void FilterChip::setTerm(const filter::Term &term)
{
    m_term = term;
    const QString text = QString::fromStdString(term.text);
    m_caption = term.isWord ? tr("contains %1").arg(singleLine(text, 400)) : termCaption(text);
    m_isNegated = isNegated();
    setText(actionText(m_caption));
    setAccessibleName(term.isEnabled ? m_caption : tr("%1, switched off").arg(m_caption));
    setAccessibleDescription(
        tr("Enter edits it, Space switches it on or off, Del removes it, Ctrl+Left and Ctrl+Right move it."));
    setToolTip(ui::toolTip(
        multiLine(text, 2000) + (term.isEnabled ? QString() : u'\n' + tr("Switched off: kept, but not applied"))));
    updateGeometry();
    update();
}

bool FilterChip::isNegated() const
{
    const auto expression = filter::parse(m_term.text);
    if (m_term.isWord || !expression || !expression->root()) {
        return false;
    }
    const auto &value = expression->root()->value;
    const auto *comparison = std::get_if<filter::Comparison>(&value);
    return std::holds_alternative<filter::Not>(value) || (comparison && comparison->op == filter::Operator::Ne);
}

QSize FilterChip::sizeHint() const
{
    const QFontMetrics metrics(font());
    const int sign = m_isNegated || !m_term.isEnabled ? metrics::IconSize : 0;
    const int width = metrics.horizontalAdvance(m_caption) + sign + crossWidth + 2 * metrics::Unit;
    return {std::min(width, widest), std::max(chipHeight, metrics.height() + metrics::Unit)};
}

QRect FilterChip::crossRect() const
{
    return {width() - crossWidth, 0, crossWidth, QWidget::height()};
}

void FilterChip::setLifted(bool lifted)
{
    m_isLifted = lifted;
    update();
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tone tone = !m_term.isEnabled ? Tone::Muted : m_isNegated ? Tone::Bad : Tone::Accent;
    QColor fill = m_term.isEnabled ? toneBackground(tone, palette()) : QColor();
    if (underMouse() && fill.isValid()) {
        fill = isDark(palette()) ? fill.lighter(120) : fill.darker(103);
    }
    const bool strong = hasFocus() || m_isLifted;
    painting::box(painter, rect(), fill, strong ? toneColor(Tone::Accent, palette()) : lineColor(palette()),
        metrics::Radius, strong ? 2.0 : 1.0);
    int x = metrics::Unit;
    if (m_isNegated || !m_term.isEnabled) {
        ui::icon(m_term.isEnabled ? u"exclude" : u"eye-off", tone)
            .paint(&painter, x - 2, (QWidget::height() - metrics::IconSize) / 2, metrics::IconSize, metrics::IconSize);
        x += metrics::IconSize;
    }
    const QRect place(x, 0, width() - x - crossWidth, QWidget::height());
    painter.setPen(m_term.isEnabled ? palette().color(QPalette::WindowText) : toneColor(Tone::Muted, palette()));
    QFont font = painter.font();
    font.setStrikeOut(!m_term.isEnabled);
    painter.setFont(font);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(m_caption, Qt::ElideRight, place.width()));
    const QRect cross = crossRect();
    ui::icon(u"cross", Tone::Muted).paint(&painter, cross.center().x() - 5, cross.center().y() - 5, 12, 12);
}

void FilterChip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        return;
    }
    setFocus(Qt::MouseFocusReason);
    m_isPressed = true;
    m_pressedCross = crossRect().contains(event->position().toPoint());
    m_pressedAt = event->position().toPoint();
}

void FilterChip::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    const bool isFar = (position - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (m_isPressed && !m_pressedCross && (m_isLifted || isFar)) {
        setLifted(true);
        Q_EMIT dragged(mapToParent(position));
    }
}

void FilterChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_isPressed) {
        return;
    }
    m_isPressed = false;
    const QPoint position = event->position().toPoint();
    if (m_isLifted) {
        setLifted(false);
        Q_EMIT dropped(mapToParent(position));
    } else if (m_pressedCross && crossRect().contains(position)) {
        Q_EMIT removeRequested();
    } else {
        Q_EMIT clicked();
    }
}

void FilterChip::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !crossRect().contains(event->position().toPoint())) {
        Q_EMIT editRequested();
    }
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    event->ignore(); // Space is no click here
    Q_EMIT keyPressed(event);
}

} // namespace octotrail::ui
