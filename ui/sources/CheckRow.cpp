// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/CheckRow.h"

#include "ui/sources/StatusIcon.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAccessible>
#include <QGridLayout>
#include <QPushButton>

namespace octotrail::ui {

using State = okta::CheckStep::State;

namespace {

Tone toneOf(State state)
{
    switch (state) {
    case State::Waiting:
    case State::Running:
        return Tone::Muted;
    case State::Passed:
        return Tone::Good;
    case State::Warning:
        return Tone::Warning;
    case State::Failed:
        return Tone::Bad;
    }
    return Tone::Muted;
}

} // namespace

CheckRow::CheckRow(QWidget *parent)
    : QWidget(parent)
    , m_icon(new StatusIcon(this))
    , m_title(new ToneLabel(this))
    , m_stateWord(new ToneLabel(this))
    , m_sentence(new ToneLabel(this))
    , m_mend(new QPushButton(this))
{
    m_stateWord->setWordWrap(false);
    m_stateWord->setFont(scaledFont(TextSize::Small, QFont::DemiBold));
    m_title->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_stateWord->setAlignment(Qt::AlignRight | Qt::AlignTop);
    m_icon->setFixedSize(metrics::IconSize + 2, metrics::IconSize + 2);
    m_mend->hide();

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, metrics::Unit, 2 * metrics::Unit, metrics::Unit);
    layout->setHorizontalSpacing(metrics::Unit + metrics::HalfUnit);
    layout->setVerticalSpacing(metrics::HalfUnit);
    layout->setColumnStretch(1, 1);
    layout->addWidget(m_icon, 0, 0, Qt::AlignTop);
    layout->addWidget(m_title, 0, 1);
    layout->addWidget(m_stateWord, 0, 2, Qt::AlignTop);
    layout->addWidget(m_sentence, 1, 1, 1, 2);
    layout->addWidget(m_mend, 2, 1, 1, 2, Qt::AlignLeft);

    connect(m_mend, &QPushButton::clicked, this, [this] {
        if (m_field) {
            Q_EMIT mendRequested(*m_field);
        }
    });
    updateLook();
}

void CheckRow::setStep(const okta::CheckStep &step)
{
    const bool ended = step.state != m_state && step.state != State::Waiting && step.state != State::Running;
    m_state = step.state;
    m_title->setText(step.title);
    m_sentence->setText(multiLine(step.sentence, 1000));
    m_sentence->setVisible(!step.sentence.isEmpty());
    updateLook();
    if (ended && isVisible()) {
        QAccessibleEvent event(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void CheckRow::setMend(std::optional<SourceField> field)
{
    m_field = field;
    m_mend->setVisible(field.has_value());
    if (field) {
        m_mend->setText(mendText(*field));
    }
}

QString CheckRow::sentence() const
{
    return m_sentence->text();
}

void CheckRow::updateLook()
{
    QString word;
    switch (m_state) {
    case State::Waiting:
        word = m_sentence->text().isEmpty() ? tr("Waiting") : tr("Not tried");
        m_icon->setIcon(u"circle", Tone::Muted);
        break;
    case State::Running:
        word = tr("Checking…");
        m_icon->setBusy();
        break;
    case State::Passed:
        word = tr("Passed");
        m_icon->setIcon(u"check", Tone::Good);
        break;
    case State::Warning:
        word = tr("Warning");
        m_icon->setIcon(u"warning", Tone::Warning);
        break;
    case State::Failed:
        word = tr("Failed");
        m_icon->setIcon(u"error", Tone::Bad);
        break;
    }
    m_stateWord->setText(word);
    m_stateWord->setTone(toneOf(m_state));
    m_title->setTone(m_state == State::Waiting ? Tone::Muted : Tone::Plain);
    m_sentence->setTone(m_state == State::Failed ? Tone::Plain : Tone::Muted);
    setAccessibleName(tr("%1: %2. %3").arg(m_title->text(), word, m_sentence->text()).trimmed());
}

} // namespace octotrail::ui
