// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/Banner.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAccessible>
#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace octotrail::ui {

namespace {

QStringView iconName(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return u"check";
    case Tone::Warning:
        return u"warning";
    case Tone::Bad:
        return u"error";
    case Tone::Plain:
    case Tone::Muted:
    case Tone::Accent:
        break;
    }
    return u"info";
}

} // namespace

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_actions(new QHBoxLayout)
    , m_close(new QToolButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setIcon(icon(u"clear", Tone::Muted));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    connect(m_close, &QToolButton::clicked, this, &Banner::closed);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::HalfUnit, metrics::HalfUnit, metrics::HalfUnit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addLayout(m_actions);
    layout->addWidget(m_close);
    m_actions->setSpacing(metrics::HalfUnit);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    updateLook();
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::setMessage(Tone tone, const QString &text)
{
    m_tone = tone;
    m_text->setText(multiLine(text, 2000));
    setAccessibleName(m_text->text());
    updateLook();
    if (isVisible()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void Banner::addAction(QAction *action)
{
    QWidget::addAction(action);
    auto *button = new QPushButton(action->text(), this);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [action, button] {
        button->setText(action->text());
        button->setVisible(action->isVisible());
        button->setEnabled(action->isEnabled());
    });
    m_actions->addWidget(button);
}

void Banner::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void Banner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updateLook();
    }
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), toneBackground(m_tone, palette()));
    painter.fillRect(0, 0, 3, height(), toneColor(m_tone, palette()));
    painter.fillRect(0, height() - 1, width(), 1, lineColor(palette()));
}

void Banner::updateLook()
{
    m_icon->setPixmap(
        icon(iconName(m_tone), m_tone).pixmap(QSize(metrics::IconSize, metrics::IconSize), devicePixelRatioF()));
}

} // namespace octotrail::ui
