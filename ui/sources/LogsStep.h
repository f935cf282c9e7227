// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/WizardStep.h"

#include <memory>

class QCheckBox;

namespace octotrail::ui {

namespace Ui {
class LogsStep;
}

class FieldCheck;

/// Step 2: which logs, from when on, how often, and what Okta shall leave out.
class LogsStep : public WizardStep
{
    Q_OBJECT

public:
    explicit LogsStep(QWidget *parent = nullptr);
    ~LogsStep() override;

    QString title() const override;
    QString heading() const override;
    QString introduction() const override;
    void load(const SourceDraft &draft) override;
    void save(SourceDraft &draft) const override;
    bool validate() override;
    bool focusField(SourceField field, const QString &fault) override;
    void focusFirst() override;

private:
    void addLogTypes();
    bool checkLogTypes();
    void updateStart();

    struct LogTypeBox
    {
        QString id;
        QCheckBox *box;
    };

    std::unique_ptr<Ui::LogsStep> m_form;
    QList<LogTypeBox> m_logTypes;
    QStringList m_unknownLogTypes; ///< of the source, but not in the catalogue: kept as they are
    FieldCheck *m_filterCheck = nullptr;
    bool m_isNew = true;
};

} // namespace octotrail::ui
