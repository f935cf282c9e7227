// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/StepRail.h"

#include "ui/sources/StepButton.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QPainter>
#include <QVBoxLayout>

namespace octotrail::ui {

StepRail::StepRail(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 4 * metrics::Unit, 2 * metrics::Unit, 4 * metrics::Unit);
    layout->setSpacing(0);
    layout->addStretch();
    setAccessibleName(tr("Steps"));
}

void StepRail::setSteps(const QStringList &titles)
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    auto *column = static_cast<QVBoxLayout *>(layout());
    for (int i = 0; i < titles.size(); ++i) {
        auto *button = new StepButton(i + 1, titles.at(i), this);
        button->setObjectName(QStringLiteral("step%1").arg(i + 1));
        button->setLast(i + 1 == titles.size());
        connect(button, &QAbstractButton::clicked, this, [this, i] { Q_EMIT chosen(i); });
        column->insertWidget(i, button);
        m_buttons.append(button);
    }
}

void StepRail::setCurrent(int current, int reached)
{
    for (int i = 0; i < m_buttons.size(); ++i) {
        m_buttons.at(i)->setState(i == current ? StepButton::State::Current
                : i < reached || i < current   ? StepButton::State::Done
                                               : StepButton::State::Ahead);
        m_buttons.at(i)->setEnabled(i != current && i <= reached);
    }
}

void StepRail::setFinished()
{
    for (StepButton *button : std::as_const(m_buttons)) {
        button->setState(StepButton::State::Done);
        button->setEnabled(false);
    }
}

void StepRail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    const int x = isRightToLeft() ? 0 : width() - 1;
    painter.fillRect(QRect(x, 0, 1, height()), lineColor(palette()));
}

} // namespace octotrail::ui
