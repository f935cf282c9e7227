// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/ProfilesStep.h"

#include "ui/sources/FieldMessage.h"
#include "ui/sources/FormLook.h"
#include "ui/sources/OptionRow.h"
#include "ui/sources/PeriodField.h"
#include "ui_ProfilesStep.h"

#include <QCheckBox>
#include <QSpinBox>

namespace octotrail::ui {

using Kind = FieldMessage::Kind;

ProfilesStep::ProfilesStep(QWidget *parent)
    : WizardStep(parent)
    , m_form(std::make_unique<Ui::ProfilesStep>())
{
    m_form->setupUi(this);
    m_usersPeriod
        = new PeriodField(tr("&Refresh period (min)"), tr("Refresh period of user profiles, in minutes"), this);
    m_devicesPeriod
        = new PeriodField(tr("Refresh p&eriod (min)"), tr("Refresh period of device profiles, in minutes"), this);
    m_usersMessage = new FieldMessage(this);
    m_usersMessage->hide();
    m_devicesMessage = new FieldMessage(this);

    m_form->users->setText(tr("Enable user profiles"),
        tr("Fetches the organization's users, so that an event's actor can be seen with name, status and "
           "department."));
    m_form->users->addWidget(m_usersMessage);
    m_form->users->addWidget(m_usersPeriod);
    m_form->users->box()->setObjectName(QStringLiteral("usersBox"));
    m_usersPeriod->spinBox()->setObjectName(QStringLiteral("usersPeriod"));
    m_form->devices->setText(tr("Enable device profiles"),
        tr("Fetches the devices that are registered with Okta: platform, serial number, and whether they are "
           "managed."));
    m_form->devices->addWidget(m_devicesMessage);
    m_form->devices->addWidget(m_devicesPeriod);
    m_form->devices->box()->setObjectName(QStringLiteral("devicesBox"));
    m_devicesPeriod->spinBox()->setObjectName(QStringLiteral("devicesPeriod"));
    m_devicesMessage->setObjectName(QStringLiteral("devicesMessage"));
    m_devicesMessage->setHint(tr("Needs an organization on Okta Identity Engine."));

    setTabOrder(m_form->users->box(), m_usersPeriod->spinBox());
    setTabOrder(m_usersPeriod->spinBox(), m_form->devices->box());
    setTabOrder(m_form->devices->box(), m_devicesPeriod->spinBox());
    for (const QCheckBox *box : {m_form->users->box(), m_form->devices->box()}) {
        connect(box, &QCheckBox::toggled, this, [this] {
            updateState();
            Q_EMIT changed();
        });
    }
    alignControls(this);
    updateState();
}

ProfilesStep::~ProfilesStep() = default;

QString ProfilesStep::title() const
{
    return tr("Profiles");
}

QString ProfilesStep::heading() const
{
    return tr("Know who and what is behind an event");
}

QString ProfilesStep::introduction() const
{
    return tr("Profiles are kept beside the events and refreshed from time to time.");
}

void ProfilesStep::load(const SourceDraft &draft)
{
    m_isKnown = draft.organization.has_value() || !draft.isNew();
    m_isClassic = m_isKnown && !draft.config.identityEngine;
    m_host = draft.config.origin.authority();
    m_form->users->box()->setChecked(draft.config.users);
    m_form->devices->box()->setChecked(draft.config.devices);
    m_usersPeriod->setPeriod(draft.config.usersPeriod);
    m_devicesPeriod->setPeriod(draft.config.devicesPeriod);
    m_usersMessage->hide();
    updateState();
}

void ProfilesStep::save(SourceDraft &draft) const
{
    draft.config.users = m_form->users->box()->isChecked();
    draft.config.devices = m_form->devices->box()->isChecked();
    draft.config.usersPeriod = m_usersPeriod->period();
    draft.config.devicesPeriod = m_devicesPeriod->period();
}

bool ProfilesStep::validate()
{
    return true;
}

bool ProfilesStep::focusField(SourceField field, const QString &fault)
{
    if (field == SourceField::Users) {
        m_usersMessage->setMessage(Kind::Warning, fault);
        m_usersMessage->setVisible(!fault.isEmpty());
        m_form->users->box()->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (field == SourceField::Devices) {
        if (!fault.isEmpty()) {
            m_devicesMessage->setMessage(Kind::Warning, fault);
        }
        m_form->devices->box()->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return false;
}

void ProfilesStep::focusFirst()
{
    m_form->users->box()->setFocus(Qt::OtherFocusReason);
}

void ProfilesStep::updateState()
{
    m_usersPeriod->setEnabled(m_form->users->box()->isChecked());
    m_devicesPeriod->setEnabled(m_form->devices->box()->isChecked());
    if (m_isClassic) {
        m_devicesMessage->setMessage(Kind::Warning,
            tr("%1 is on Okta Classic Engine, which has no device profiles. Leave them off until it has been "
               "upgraded to Okta Identity Engine.")
                .arg(m_host));
    } else if (m_isKnown) {
        m_devicesMessage->setMessage(Kind::Good, tr("Needs Okta Identity Engine, which %1 is on.").arg(m_host));
    } else {
        m_devicesMessage->clear();
    }
}

} // namespace octotrail::ui
