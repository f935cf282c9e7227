// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/WizardStep.h"

#include <memory>

namespace octotrail::ui {

namespace Ui {
class ProfilesStep;
}

class FieldMessage;
class PeriodField;

/// Step 3: whether to fetch who the users and what the devices are, and how often.
class ProfilesStep : public WizardStep
{
    Q_OBJECT

public:
    explicit ProfilesStep(QWidget *parent = nullptr);
    ~ProfilesStep() override;

    QString title() const override;
    QString heading() const override;
    QString introduction() const override;
    void load(const SourceDraft &draft) override;
    void save(SourceDraft &draft) const override;
    bool validate() override;
    bool focusField(SourceField field, const QString &fault) override;
    void focusFirst() override;

private:
    void updateState();

    std::unique_ptr<Ui::ProfilesStep> m_form;
    PeriodField *m_usersPeriod;
    PeriodField *m_devicesPeriod;
    FieldMessage *m_usersMessage;
    FieldMessage *m_devicesMessage;
    bool m_isKnown = false; ///< what kind of organization it is
    bool m_isClassic = false;
    QString m_host;
};

} // namespace octotrail::ui
