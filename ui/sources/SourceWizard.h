// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Supervisor.h"
#include "ui/sources/DetectionPackChoice.h"
#include "ui/sources/SourceDraft.h"
#include "ui/sources/SourceField.h"

#include <QDialog>
#include <QList>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace octotrail::ui {

class ConnectionStep;
class SetupStep;
class StepRail;
class SuccessStep;
class WizardStep;

/// Sets up a source in four short steps, or changes one. To be shown with open(): it blocks its window, never the
/// program. The token goes from here to the vault, by way of the supervisor.
class SourceWizard : public QDialog
{
    Q_OBJECT

public:
    /// For a new source.
    SourceWizard(collect::Supervisor &supervisor, secrets::Vault &vault, QWidget *parent = nullptr);
    /// For changing a source. All steps can be gone to at once.
    SourceWizard(collect::Supervisor &supervisor, secrets::Vault &vault, const store::SourceConfig &source,
        QWidget *parent = nullptr);
    ~SourceWizard() override;

    /// Goes to the step with this field, and says there what is wrong.
    void mend(SourceField field, const QString &fault);
    /// What the last page offers to enable.
    void setDetectionPacks(const QList<DetectionPackChoice> &packs);

    void reject() override;

Q_SIGNALS:
    /// The source has been stored and is collected from. Again if what the last page asks for was changed.
    void saved(const octotrail::store::SourceConfig &source);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *buildFooter();
    /// Scrolls to what has the focus.
    void showFocus(const QWidget *before, QWidget *now);
    void askVault();
    /// Forwards only over steps that are right; stops at the first one that is not.
    void go(int step);
    void showStep(int step);
    void next();
    void save();
    void showSuccess();
    void finish();
    void updateButtons();
    WizardStep *current() const;

    collect::Supervisor &m_supervisor;
    secrets::Vault &m_vault;
    SourceDraft m_draft;
    QList<WizardStep *> m_steps; ///< the four, then the last page
    ConnectionStep *m_connection = nullptr;
    SetupStep *m_setup = nullptr;
    SuccessStep *m_success = nullptr;
    int m_current = 0;
    int m_reached = 0;
    bool m_saving = false;
    bool m_isSaved = false;

    StepRail *m_rail = nullptr;
    QLabel *m_heading = nullptr;
    QLabel *m_introduction = nullptr;
    QStackedWidget *m_pages = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_next = nullptr;
};

} // namespace octotrail::ui
