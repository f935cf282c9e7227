// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/AccessChoice.h"

#include "ui/sources/ToneLabel.h"
#include "ui/style/Metrics.h"

#include <QRadioButton>
#include <QStyle>
#include <QVBoxLayout>

namespace octotrail::ui {

AccessChoice::AccessChoice(QWidget *parent)
    : QWidget(parent)
{
    auto *label = new QLabel(tr("Sign in with"), this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::HalfUnit);
    column->addWidget(label);
    m_token = addRow(column, tr("API to&ken"), tr("The quickest. It acts as the administrator who creates it."));
    m_token->setObjectName(QStringLiteral("tokenChoice"));
    column->addSpacing(metrics::HalfUnit);
    m_app = addRow(column, tr("Ser&vice app (OAuth 2.0, recommended by Okta)"),
        tr("An app of its own with read-only scopes and a key pair: it belongs to nobody who might leave."));
    m_app->setObjectName(QStringLiteral("appChoice"));
    m_token->setChecked(true);
    connect(m_app, &QRadioButton::toggled, this, &AccessChoice::changed);
}

QRadioButton *AccessChoice::addRow(QVBoxLayout *column, const QString &name, const QString &description)
{
    auto *button = new QRadioButton(name, this);
    button->setAccessibleDescription(description);
    auto *text = new ToneLabel(this, Tone::Muted);
    text->setText(description);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setContentsMargins(style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth, nullptr, button)
            + style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing, nullptr, button),
        0, 0, 0);
    column->addWidget(button);
    column->addWidget(text);
    return button;
}

AccessChoice::Authentication AccessChoice::value() const
{
    return m_app->isChecked() ? Authentication::ServiceApp : Authentication::ApiToken;
}

void AccessChoice::setValue(Authentication value)
{
    (value == Authentication::ServiceApp ? m_app : m_token)->setChecked(true);
}

} // namespace octotrail::ui
