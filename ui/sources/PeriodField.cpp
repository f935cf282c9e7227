// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/PeriodField.h"

#include "ui/sources/ToneLabel.h"
#include "ui/style/Metrics.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace octotrail::ui {

namespace {

constexpr int shortest = 5;
constexpr int longest = 60 * 24 * 30;

} // namespace

PeriodField::PeriodField(const QString &label, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_spinBox(new QSpinBox(this))
{
    auto *text = new QLabel(label, this);
    text->setBuddy(m_spinBox);
    auto *words = new ToneLabel(this, Tone::Muted);
    words->setWordWrap(false);
    m_spinBox->setRange(shortest, longest);
    m_spinBox->setSingleStep(5);
    m_spinBox->setMinimumWidth(12 * metrics::Unit);
    m_spinBox->setAccessibleName(name);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::Unit);
    layout->addWidget(text);
    layout->addWidget(m_spinBox);
    layout->addWidget(words);
    layout->addStretch();

    connect(m_spinBox, &QSpinBox::valueChanged, this, [this, words](int minutes) {
        const int hours = minutes / 60;
        words->setText(minutes % 60 != 0 ? QString()
                : hours == 1             ? tr("1 hour")
                : hours == 24            ? tr("1 day")
                : hours % 24 == 0        ? tr("%1 days").arg(hours / 24)
                                         : tr("%1 hours").arg(hours));
        Q_EMIT changed();
    });
    m_spinBox->setValue(60 * 24);
}

std::chrono::minutes PeriodField::period() const
{
    return std::chrono::minutes(m_spinBox->value());
}

void PeriodField::setPeriod(std::chrono::minutes period)
{
    m_spinBox->setValue(int(period.count()));
}

} // namespace octotrail::ui
