// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/OptionRow.h"

#include "ui/sources/ToneLabel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QCheckBox>
#include <QStyle>
#include <QVBoxLayout>

namespace octotrail::ui {

OptionRow::OptionRow(QWidget *parent)
    : QWidget(parent)
    , m_box(new QCheckBox(this))
    , m_description(new ToneLabel(this, Tone::Muted))
    , m_column(new QVBoxLayout)
{
    m_box->setFont(scaledFont(TextSize::Body, QFont::DemiBold));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(metrics::HalfUnit);
    layout->addWidget(m_box);
    layout->addLayout(m_column);
    const int indent = style()->pixelMetric(QStyle::PM_IndicatorWidth, nullptr, m_box)
        + style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing, nullptr, m_box);
    m_column->setContentsMargins(indent, 0, 0, 0);
    m_column->setSpacing(metrics::Unit);
    m_column->addWidget(m_description);
}

void OptionRow::setText(const QString &name, const QString &description)
{
    m_box->setText(actionText(name));
    m_box->setAccessibleName(name);
    m_box->setAccessibleDescription(description);
    m_description->setText(description);
}

void OptionRow::addWidget(QWidget *widget)
{
    m_column->addWidget(widget);
}

} // namespace octotrail::ui
