// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/FieldMessage.h"

#include "ui/sources/StatusIcon.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>

namespace octotrail::ui {

namespace {

Tone toneOf(FieldMessage::Kind kind)
{
    switch (kind) {
    case FieldMessage::Kind::Hint:
    case FieldMessage::Kind::Busy:
        return Tone::Muted;
    case FieldMessage::Kind::Good:
        return Tone::Good;
    case FieldMessage::Kind::Warning:
        return Tone::Warning;
    case FieldMessage::Kind::Error:
        return Tone::Bad;
    }
    return Tone::Muted;
}

} // namespace

FieldMessage::FieldMessage(QWidget *parent)
    : QWidget(parent)
    , m_icon(new StatusIcon(this))
    , m_text(new ToneLabel(this, Tone::Muted))
{
    m_text->setFont(scaledFont(TextSize::Small));
    m_text->setMinimumHeight(2 * metrics::Unit);
    m_text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_icon->setFixedSize(2 * metrics::Unit, 2 * metrics::Unit);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::HalfUnit);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    updateLook();
}

void FieldMessage::setField(QWidget *field)
{
    m_field = field;
    updateLook();
}

void FieldMessage::setHint(const QString &hint)
{
    m_hint = hint;
    updateLook();
}

void FieldMessage::setMessage(Kind kind, const QString &text)
{
    const Kind newKind = text.isEmpty() ? Kind::Hint : kind;
    if (newKind == m_kind && text == m_message) {
        return;
    }
    m_kind = newKind;
    m_message = text;
    updateLook();
    if (m_kind == Kind::Error && isVisible()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void FieldMessage::clear()
{
    setMessage(Kind::Hint, {});
}

QString FieldMessage::text() const
{
    return m_message.isEmpty() ? m_hint : m_message;
}

void FieldMessage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_updating) {
        updateLook();
    }
}

void FieldMessage::updateLook()
{
    m_updating = true;
    m_text->setText(multiLine(text(), 1000));
    setAccessibleName(m_text->text());
    m_text->setTone(toneOf(m_kind));

    m_icon->setVisible(m_kind != Kind::Hint);
    switch (m_kind) {
    case Kind::Hint:
        break;
    case Kind::Busy:
        m_icon->setBusy();
        break;
    case Kind::Good:
        m_icon->setIcon(u"check", Tone::Good);
        break;
    case Kind::Warning:
        m_icon->setIcon(u"warning", Tone::Warning);
        break;
    case Kind::Error:
        m_icon->setIcon(u"error", Tone::Bad);
        break;
    }

    if (m_field) {
        m_field->setAccessibleDescription(m_text->text());
        QPalette frame;
        if (m_kind == Kind::Error) {
            // The style draws a field's line in Mid, and in Link while it has the focus.
            frame.setColor(QPalette::Mid, toneColor(Tone::Bad, palette()));
            frame.setColor(QPalette::Link, toneColor(Tone::Bad, palette()));
        }
        m_field->setPalette(frame);
    }
    m_updating = false;
}

} // namespace octotrail::ui
