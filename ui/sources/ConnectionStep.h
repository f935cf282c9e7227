// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/OrganizationProbe.h"
#include "ui/sources/WizardStep.h"

#include <functional>
#include <memory>

class QLineEdit;

namespace octotrail::ui {

namespace Ui {
class ConnectionStep;
}

class AccessChoice;
class AdvancedForm;
class FieldCheck;
class ServiceAppForm;
class TokenForm;

/// Step 1: the source's name, the organization's address, the API token or the service app, the way there.
class ConnectionStep : public WizardStep
{
    Q_OBJECT

public:
    /// others: the sources that there are beside this one.
    using OtherSources = std::function<QList<store::SourceConfig>()>;

    explicit ConnectionStep(OtherSources others, QWidget *parent = nullptr);
    ~ConnectionStep() override;

    QString title() const override;
    QString heading() const override;
    QString introduction() const override;
    void load(const SourceDraft &draft) override;
    void save(SourceDraft &draft) const override;
    bool validate() override;
    void leave() override;
    bool focusField(SourceField field, const QString &fault) override;
    void focusFirst() override;

    /// Where a new token or key will be kept, once that is known.
    void setKeychainAvailable(bool available);
    /// The token or key that was kept for this source is there no more; sentence says so.
    void setTokenLost(const QString &sentence);

private:
    void addForms();
    void connectAll();
    bool isServiceApp() const;
    void showAccessForm();
    bool isCustom() const;
    void showAddressFields(bool custom);
    QLineEdit *addressEdit() const;
    FieldCheck *addressCheck() const;
    event::Result<QUrl> origin() const;
    /// Fills the subdomain and the domain, or the custom address, from what was typed or pasted; false if it cannot be
    /// read.
    bool takeAddress(const QString &text);
    void addressEdited(const QString &text);
    void reviewSecrets();
    void updateOrganizationMessage();
    /// Whether the one that is kept does not do.
    bool needsSecret() const;
    /// Why one has to be entered, with this said of a new one; empty if none has to.
    QString secretNeeded(const QString &ofNew) const;
    QString nameProblem() const;
    QString addressProblem() const;

    std::unique_ptr<Ui::ConnectionStep> m_form;
    OtherSources m_others;
    OrganizationProbe m_probe;
    FieldCheck *m_nameCheck = nullptr;
    FieldCheck *m_subdomainCheck = nullptr;
    FieldCheck *m_originCheck = nullptr;
    AccessChoice *m_access = nullptr;
    TokenForm *m_token = nullptr;
    ServiceAppForm *m_app = nullptr;
    AdvancedForm *m_advanced = nullptr;
    store::SourceConfig m_original;
    QString m_lostSecret; ///< why an edited source's token or key has to be entered again
    qsizetype m_addressLength = 0; ///< before the last edit, to tell pasting from typing
    bool m_nameIsSuggested = false;
};

} // namespace octotrail::ui
