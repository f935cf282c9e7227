// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/SourceStatus.h"
#include "ui/sources/DetectionPackChoice.h"
#include "ui/sources/WizardStep.h"

#include <QList>
#include <memory>

class QSpinBox;

namespace octotrail::ui {

namespace Ui {
class SuccessStep;
}

/// After the source has been saved: that it works, and what to do when it falls silent.
class SuccessStep : public WizardStep
{
    Q_OBJECT

public:
    explicit SuccessStep(QWidget *parent = nullptr);
    ~SuccessStep() override;

    QString title() const override;
    QString heading() const override;
    QString introduction() const override;
    void load(const SourceDraft &draft) override;
    void save(SourceDraft &draft) const override;
    bool validate() override;
    bool focusField(SourceField field, const QString &fault) override;
    void focusFirst() override;

    void setPacks(const QList<DetectionPackChoice> &packs);
    void setWarned(bool warned);
    void setStatus(const collect::SourceStatus &status);
    void showProblem(const QString &sentence);

private:
    std::unique_ptr<Ui::SuccessStep> m_form;
    QSpinBox *m_hours;
    QString m_name;
    bool m_warned = false;
};

} // namespace octotrail::ui
