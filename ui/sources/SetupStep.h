// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/Vault.h"
#include "ui/sources/WizardStep.h"

#include <QHash>

class QCheckBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace octotrail::ui {

class CheckRow;
class Note;
class Panel;

/// Step 4: tries the connection for real and shows each check as it goes; then, where there is no keychain, lets the
/// user choose to keep the token for the session.
class SetupStep : public WizardStep
{
    Q_OBJECT

public:
    enum class Outcome { None, Running, Passed, Warned, Failed };
    Q_ENUM(Outcome)

    explicit SetupStep(secrets::Vault &vault, QWidget *parent = nullptr);

    QString title() const override;
    QString heading() const override;
    QString introduction() const override;
    /// Starts the checks.
    void load(const SourceDraft &draft) override;
    void save(SourceDraft &draft) const override;
    bool validate() override;
    void leave() override;
    bool focusField(SourceField field, const QString &fault) override;
    void focusFirst() override;

    /// Moves the focus to what comes next now that the checks are done: a choice to be made here, or the button.
    void focusReady(QPushButton *button);
    Outcome outcome() const { return m_outcome; }
    void setKeychainAvailable(bool available);
    secrets::Vault::Place place() const;
    /// The source could not be saved. If its token could not be kept, the session is offered in place of the keychain.
    void showProblem(const event::Error &error, bool offerSession);
    void setSaving(bool saving);

Q_SIGNALS:
    void mendRequested(octotrail::ui::SourceField field, const QString &fault);

private:
    void start();
    void startWith(const QByteArray &secret);
    void startWith(const QByteArray &secret, const QByteArray &proxyPassword);
    void showStep(const okta::CheckStep &step);
    void finish(bool ok);
    void setOutcome(Outcome outcome);
    void updateSessionChoice();

    secrets::Vault &m_vault;
    okta::ConnectionCheck m_check;
    SourceDraft m_draft;
    Outcome m_outcome = Outcome::None;
    int m_run = 0; ///< tells a token that was read for an earlier run
    bool m_keychainAvailable = true;
    bool m_offerSession = false;
    Panel *m_list;
    QVBoxLayout *m_rowLayout;
    QHash<okta::CheckStep::Id, CheckRow *> m_rows;
    QLabel *m_summary;
    QPushButton *m_retry;
    QPushButton *m_mendToken;
    Note *m_problem;
    Note *m_session;
    QCheckBox *m_sessionBox;
};

} // namespace octotrail::ui
