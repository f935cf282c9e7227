// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/StatePage.h"

#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace octotrail::ui {

namespace {

constexpr int widest = 60 * metrics::Unit; ///< lines that are read with ease

} // namespace

StatePage::StatePage(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_busy(new QProgressBar(this))
    , m_actions(new QHBoxLayout)
{
    for (QLabel *label : {m_title, m_sentence}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_title->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedSize(20 * metrics::Unit, metrics::Unit);
    m_busy->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(metrics::Unit);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(metrics::HalfUnit);
    // Between stretches, not aligned: an aligned label gets the height that it would have at the page's whole width.
    for (QLabel *label : {m_title, m_sentence}) {
        label->setMaximumWidth(widest);
        auto *row = new QHBoxLayout;
        row->addStretch(1);
        row->addWidget(label, 1000);
        row->addStretch(1);
        layout->addLayout(row);
    }
    layout->addWidget(m_busy, 0, Qt::AlignHCenter);
    layout->addSpacing(metrics::Unit);
    m_actions->setAlignment(Qt::AlignHCenter);
    layout->addLayout(m_actions);
    layout->addStretch(3);
    updateLook();
}

void StatePage::setIcon(QStringView name, Tone tone)
{
    m_iconName = name.toString();
    m_iconTone = tone;
    updateLook();
}

void StatePage::setTitle(const QString &title)
{
    m_title->setText(multiLine(title, 500));
    setAccessibleName(m_title->text());
    updateLook();
}

void StatePage::setSentence(const QString &sentence)
{
    m_sentence->setText(multiLine(sentence, 2000));
    setAccessibleDescription(m_sentence->text());
    m_sentence->setVisible(!sentence.isEmpty());
    updateLook();
}

QString StatePage::title() const
{
    return m_title->text();
}

QString StatePage::sentence() const
{
    return m_sentence->text();
}

void StatePage::setBusy(bool busy)
{
    m_busy->setVisible(busy);
}

void StatePage::addAction(QAction *action)
{
    QWidget::addAction(action);
    auto *button = new QPushButton(action->icon(), action->text(), this);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    const auto follow = [action, button] {
        button->setText(action->text());
        button->setVisible(action->isVisible());
        button->setEnabled(action->isEnabled());
    };
    connect(action, &QAction::changed, button, follow);
    follow();
    m_actions->addWidget(button);
}

void StatePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        updateLook();
    }
}

void StatePage::updateLook()
{
    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, toneColor(Tone::Muted, palette()));
    m_sentence->setPalette(muted);
    if (!m_iconName.isEmpty()) {
        const QSize size(5 * metrics::Unit, 5 * metrics::Unit);
        m_icon->setPixmap(icon(m_iconName, m_iconTone).pixmap(size, devicePixelRatioF()));
    }
}

} // namespace octotrail::ui
