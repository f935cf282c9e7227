// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/ChoiceButton.h"

#include "ui/sources/StatusIcon.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"

#include <QHBoxLayout>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QVBoxLayout>

namespace octotrail::ui {

ChoiceButton::ChoiceButton(QStringView iconName, const QString &title, const QString &sentence, QWidget *parent)
    : QPushButton(parent)
{
    auto *image = new StatusIcon(this);
    image->setIcon(iconName, Tone::Accent);
    image->setFixedSize(3 * metrics::Unit, 3 * metrics::Unit);
    auto *name = new ToneLabel(this);
    name->setText(title);
    name->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    auto *description = new ToneLabel(this, Tone::Muted);
    description->setText(sentence);
    // Everything inside belongs to the button.
    for (QWidget *inside : std::initializer_list<QWidget *>{image, name, description}) {
        inside->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(description);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(2 * metrics::Unit);
    layout->addWidget(image, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);

    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAttribute(Qt::WA_Hover);
    setAutoDefault(true); // Enter presses it where the focus is
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

QSize ChoiceButton::sizeHint() const
{
    return layout()->sizeHint();
}

QSize ChoiceButton::minimumSizeHint() const
{
    return layout()->minimumSize();
}

int ChoiceButton::heightForWidth(int width) const
{
    return layout()->heightForWidth(width);
}

void ChoiceButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    option.features &= ~QStyleOptionButton::DefaultButton; // its colours are for a single word
    painter.drawControl(QStyle::CE_PushButton, option);
}

} // namespace octotrail::ui
