// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/SetupStep.h"

#include "collect/SourceAccess.h"
#include "ui/sources/CheckRow.h"
#include "ui/sources/Note.h"
#include "ui/sources/Panel.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/WhenFinished.h"

#include <QAccessible>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using okta::CheckStep;

SetupStep::SetupStep(secrets::Vault &vault, QWidget *parent)
    : WizardStep(parent)
    , m_vault(vault)
    , m_list(new Panel(this))
    , m_rowLayout(new QVBoxLayout(m_list))
    , m_summary(new QLabel(this))
    , m_retry(new QPushButton(tr("&Retry"), this))
    , m_mendToken(new QPushButton(mendText(SourceField::Token), this))
    , m_problem(new Note(this))
    , m_session(new Note(this))
    , m_sessionBox(new QCheckBox(tr("&Keep the token for this session only"), this))
{
    m_list->setFocusPolicy(Qt::TabFocus);
    m_list->setAccessibleName(tr("Checks of the connection"));
    m_rowLayout->setContentsMargins(1, metrics::HalfUnit, 1, metrics::HalfUnit);
    m_rowLayout->setSpacing(0);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(QStringLiteral("summary"));
    m_retry->setObjectName(QStringLiteral("retry"));
    m_mendToken->setObjectName(QStringLiteral("mendToken"));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->addWidget(m_mendToken);
    m_problem->hide();
    m_session->setObjectName(QStringLiteral("session"));
    m_session->addWidget(m_sessionBox);
    m_session->hide();
    m_sessionBox->setObjectName(QStringLiteral("sessionOnly"));

    auto *status = new QHBoxLayout;
    status->setSpacing(2 * metrics::Unit);
    status->addWidget(m_summary, 1);
    status->addWidget(m_retry, 0, Qt::AlignTop);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2 * metrics::Unit);
    layout->addWidget(m_list);
    layout->addLayout(status);
    layout->addWidget(m_problem);
    layout->addWidget(m_session);
    layout->addStretch();

    connect(m_retry, &QPushButton::clicked, this, &SetupStep::start);
    connect(m_mendToken, &QPushButton::clicked, this,
        [this] { Q_EMIT mendRequested(SourceField::Token, m_problem->text()); });
    connect(m_sessionBox, &QCheckBox::toggled, this, [this] {
        updateSessionChoice();
        Q_EMIT changed();
    });
    connect(&m_check, &okta::ConnectionCheck::stepChanged, this, &SetupStep::showStep);
    connect(&m_check, &okta::ConnectionCheck::organizationFound, this, [this](const okta::OrganizationInfo &info) {
        m_draft.organization = info;
        m_draft.config.identityEngine = info.identityEngine;
    });
    connect(&m_check, &okta::ConnectionCheck::finished, this, &SetupStep::finish);
}

QString SetupStep::title() const
{
    return tr("Setup");
}

QString SetupStep::heading() const
{
    return tr("Test the connection");
}

QString SetupStep::introduction() const
{
    return tr("Octotrail asks Okta for what it is going to collect: one of each, to see that it may.");
}

void SetupStep::load(const SourceDraft &draft)
{
    m_draft = draft;
    m_offerSession = false;
    start();
}

void SetupStep::save(SourceDraft &draft) const
{
    draft.organization = m_draft.organization;
    draft.config.identityEngine = m_draft.config.identityEngine;
}

bool SetupStep::validate()
{
    if (m_outcome != Outcome::Passed && m_outcome != Outcome::Warned) {
        return false;
    }
    if (m_session->isVisibleTo(this) && !m_sessionBox->isChecked()) {
        m_session->setText(Tone::Bad,
            tr("Without a keychain the token can only be kept until Octotrail is closed. Choose this below, or set up "
               "a keychain (GNOME Keyring, KWallet) and come back."));
        m_sessionBox->setFocus(Qt::OtherFocusReason);
        return false;
    }
    return true;
}

void SetupStep::leave()
{
    ++m_run;
    m_check.cancel();
    if (m_outcome == Outcome::Running) {
        setOutcome(Outcome::None);
    }
}

bool SetupStep::focusField(SourceField, const QString &)
{
    return false;
}

void SetupStep::focusFirst()
{
    // Never a button that would lead elsewhere: the checks have just begun.
    QWidget *first = m_outcome == Outcome::Failed ? static_cast<QWidget *>(m_retry) : m_list;
    first->setFocus(Qt::OtherFocusReason);
}

void SetupStep::setKeychainAvailable(bool available)
{
    m_keychainAvailable = available;
    updateSessionChoice();
}

void SetupStep::focusReady(QPushButton *button)
{
    if (m_session->isVisibleTo(this) && !m_sessionBox->isChecked()) {
        m_sessionBox->setFocus(Qt::OtherFocusReason);
    } else {
        button->setFocus(Qt::OtherFocusReason);
    }
}

secrets::Vault::Place SetupStep::place() const
{
    return m_sessionBox->isChecked() && m_session->isVisibleTo(this) ? secrets::Vault::Place::Session
                                                                     : secrets::Vault::Place::Keychain;
}

void SetupStep::showProblem(const event::Error &error, bool offerSession)
{
    m_problem->setText(Tone::Bad, error.sentence);
    m_mendToken->hide();
    m_problem->show();
    m_offerSession = offerSession;
    updateSessionChoice();
    QAccessibleEvent alert(m_problem, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void SetupStep::setSaving(bool saving)
{
    m_retry->setEnabled(!saving);
    m_sessionBox->setEnabled(!saving);
    if (saving) {
        m_problem->hide();
    }
}

void SetupStep::start()
{
    ++m_run;
    m_problem->hide();
    qDeleteAll(m_rows);
    m_rows.clear();
    setOutcome(Outcome::Running);
    if (!m_draft.secret.isEmpty()) {
        startWith(m_draft.secret);
        return;
    }
    whenFinished(m_vault.read(m_draft.config.vaultKey()), this, [this, run = m_run](event::Result<QByteArray> token) {
        if (run != m_run) {
            return;
        }
        if (token) {
            startWith(*token);
            return;
        }
        m_problem->setText(Tone::Bad, token.error().sentence);
        m_mendToken->show();
        m_problem->show();
        setOutcome(Outcome::Failed);
    });
}

void SetupStep::startWith(const QByteArray &secret)
{
    if (m_draft.proxyPassword || !collect::hasProxyPassword(m_draft.config)) {
        startWith(secret, m_draft.proxyPassword.value_or(QByteArray()));
        return;
    }
    whenFinished(m_vault.read(collect::proxyVaultKey(m_draft.config)), this,
        [this, secret, run = m_run](const event::Result<QByteArray> &password) {
            if (run == m_run) {
                startWith(secret, password.value_or(QByteArray()));
            }
        });
}

void SetupStep::startWith(const QByteArray &secret, const QByteArray &proxyPassword)
{
    okta::ConnectionCheck::Request request;
    request.origin = m_draft.config.origin;
    request.credentials = collect::credentialsOf(m_draft.config, secret);
    request.route = collect::routeOf(m_draft.config, proxyPassword);
    request.users = m_draft.config.users;
    request.devices = m_draft.config.devices;
    request.filter = m_draft.config.filter;
    m_check.start(request);
    for (const CheckStep &step : m_check.steps()) {
        showStep(step);
    }
}

void SetupStep::showStep(const CheckStep &step)
{
    CheckRow *&row = m_rows[step.id];
    if (!row) {
        row = new CheckRow(m_list);
        row->setObjectName(QStringLiteral("check%1").arg(int(step.id)));
        m_rowLayout->addWidget(row);
        connect(row, &CheckRow::mendRequested, this,
            [this, row](SourceField field) { Q_EMIT mendRequested(field, row->sentence()); });
    }
    row->setStep(step);
    row->setMend(fieldToMend(step, m_draft.config));
}

void SetupStep::finish(bool ok)
{
    bool warned = false;
    for (const CheckStep &step : m_check.steps()) {
        showStep(step);
        warned = warned || step.state == CheckStep::State::Warning;
    }
    setOutcome(!ok ? Outcome::Failed : warned ? Outcome::Warned : Outcome::Passed);
}

void SetupStep::setOutcome(Outcome outcome)
{
    m_outcome = outcome;
    switch (outcome) {
    case Outcome::None:
        m_summary->clear();
        break;
    case Outcome::Running:
        m_summary->setText(tr("Trying the connection to %1…").arg(m_draft.config.origin.authority()));
        break;
    case Outcome::Passed:
        m_summary->setText(tr("Every check has passed."));
        break;
    case Outcome::Warned:
        m_summary->setText(tr("The connection works, with a limitation. It can be used as it is."));
        break;
    case Outcome::Failed:
        m_summary->setText(tr("The connection does not work yet. Mend what is said above, or try again."));
        break;
    }
    m_retry->setVisible(outcome == Outcome::Failed || outcome == Outcome::Warned);
    m_list->setVisible(!m_rows.isEmpty() || outcome == Outcome::Running);
    updateSessionChoice();
    Q_EMIT changed();
}

void SetupStep::updateSessionChoice()
{
    const bool good = m_outcome == Outcome::Passed || m_outcome == Outcome::Warned;
    const bool asked = good && !m_draft.secret.isEmpty() && (!m_keychainAvailable || m_offerSession);
    m_session->setText(Tone::Warning,
        m_keychainAvailable
            ? tr("The keychain has not taken the token. Octotrail never writes it to disk in the clear. It can keep "
                 "the token in memory until it is closed; after that you enter it again.")
            : tr("This system has no keychain that answers. Octotrail never writes the token to disk in the clear. It "
                 "can keep the token in memory until it is closed; after that you enter it again."));
    m_session->setVisible(asked);
}

} // namespace octotrail::ui
