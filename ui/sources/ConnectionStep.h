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

class FieldCheck;

/// Step 1: the source's name, the organization's address, the API token.
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

    /// Where a new token will be kept, once that is known.
    void setKeychainAvailable(bool available);
    /// The token that was kept for this source is there no more; sentence says so.
    void setTokenLost(const QString &sentence);

private:
    void connectAll();
    bool isCustom() const;
    void showAddressFields(bool custom);
    QLineEdit *addressEdit() const;
    FieldCheck *addressCheck() const;
    event::Result<QUrl> origin() const;
    /// Fills the subdomain and the domain, or the custom address, from what was typed or pasted; false if it cannot be
    /// read.
    bool takeAddress(const QString &text);
    void addressEdited(const QString &text);
    void updateTokenHint();
    void updateOrganizationMessage();
    bool needsToken() const;
    QString nameProblem() const;
    QString addressProblem() const;
    QString tokenProblem() const;
    void cleanToken(const QString &text);

    std::unique_ptr<Ui::ConnectionStep> m_form;
    OtherSources m_others;
    OrganizationProbe m_probe;
    FieldCheck *m_nameCheck = nullptr;
    FieldCheck *m_subdomainCheck = nullptr;
    FieldCheck *m_originCheck = nullptr;
    FieldCheck *m_tokenCheck = nullptr;
    store::SourceConfig m_original;
    QString m_lostToken; ///< why an edited source's token has to be typed again
    qsizetype m_addressLength = 0; ///< before the last edit, to tell pasting from typing
    bool m_nameIsSuggested = false;
};

} // namespace octotrail::ui
