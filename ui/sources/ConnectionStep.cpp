// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/ConnectionStep.h"

#include "okta/Origin.h"
#include "ui/sources/AccessChoice.h"
#include "ui/sources/AdvancedForm.h"
#include "ui/sources/FieldCheck.h"
#include "ui/sources/FieldMessage.h"
#include "ui/sources/FormLook.h"
#include "ui/sources/ServiceAppForm.h"
#include "ui/sources/TokenForm.h"
#include "ui_ConnectionStep.h"

#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using Kind = FieldMessage::Kind;

namespace {

bool looksLikeAnAddress(const QString &text)
{
    return text.contains(u'.') || text.contains(u'/') || text.contains(u':');
}

} // namespace

ConnectionStep::ConnectionStep(OtherSources others, QWidget *parent)
    : WizardStep(parent)
    , m_form(std::make_unique<Ui::ConnectionStep>())
    , m_others(std::move(others))
{
    m_form->setupUi(this);
    addForms();
    alignControls(this);
    m_form->nameMessage->setField(m_form->name);
    m_form->nameMessage->setHint(tr("What this source is called in Octotrail, for example Acme production."));
    for (const QString &domain : okta::oktaDomains()) {
        m_form->domain->addItem(domain, domain);
    }
    m_form->domain->addItem(tr("Custom domain…"));

    m_nameCheck = new FieldCheck(
        m_form->name, m_form->nameMessage, [this] { return nameProblem(); }, this);
    m_subdomainCheck = new FieldCheck(
        m_form->subdomain, m_form->organizationMessage, [this] { return addressProblem(); }, this);
    m_originCheck = new FieldCheck(
        m_form->origin, m_form->organizationMessage, [this] { return addressProblem(); }, this);
    connectAll();
    showAddressFields(false);
    showAccessForm();
}

ConnectionStep::~ConnectionStep() = default;

void ConnectionStep::addForms()
{
    m_access = new AccessChoice(this);
    m_token = new TokenForm([this] { return secretNeeded(tr("Paste an API token of this organization.")); }, this);
    m_app
        = new ServiceAppForm([this] { return secretNeeded(tr("Choose, drop or paste the app's private key.")); }, this);
    m_advanced = new AdvancedForm(this);
    int at = m_form->page->count() - 1; // before the spacer
    for (QWidget *part : std::initializer_list<QWidget *>{m_access, m_token, m_app, m_advanced}) {
        m_form->page->insertWidget(at++, part);
    }
    connect(m_access, &AccessChoice::changed, this, [this] {
        showAccessForm();
        Q_EMIT changed();
    });
    connect(m_token, &TokenForm::changed, this, &ConnectionStep::changed);
    connect(m_app, &ServiceAppForm::changed, this, &ConnectionStep::changed);
    connect(m_advanced, &AdvancedForm::changed, this, &ConnectionStep::changed);
    connect(m_advanced, &AdvancedForm::routeChanged, this, [this] {
        m_probe.setRoute(m_advanced->route());
        m_probe.clear();
        if (const auto asked = origin()) {
            m_probe.ask(*asked, false);
        }
    });
}

bool ConnectionStep::isServiceApp() const
{
    return m_access->value() == store::SourceConfig::Authentication::ServiceApp;
}

void ConnectionStep::showAccessForm()
{
    m_token->setVisible(!isServiceApp());
    m_app->setVisible(isServiceApp());
    reviewSecrets();
}

void ConnectionStep::connectAll()
{
    connect(m_form->name, &QLineEdit::textEdited, this, [this] { m_nameIsSuggested = false; });
    for (QLineEdit *edit : {m_form->subdomain, m_form->origin}) {
        connect(edit, &QLineEdit::textEdited, this, &ConnectionStep::addressEdited);
    }
    for (FieldCheck *check : {m_subdomainCheck, m_originCheck}) {
        connect(check, &FieldCheck::aboutToCheck, this, [this] {
            takeAddress(addressEdit()->text());
            if (const auto asked = origin()) {
                m_probe.ask(*asked, false);
            }
        });
        connect(check, &FieldCheck::checked, this, &ConnectionStep::updateOrganizationMessage);
    }
    // activated, not currentIndexChanged: only the user's own choice.
    connect(m_form->domain, &QComboBox::activated, this, [this] {
        showAddressFields(isCustom());
        addressCheck()->startAfresh();
        m_addressLength = addressEdit()->text().size();
        if (const auto asked = origin()) {
            m_probe.ask(*asked, false);
        } else {
            m_probe.clear();
        }
        reviewSecrets();
        updateOrganizationMessage();
    });
    connect(&m_probe, &OrganizationProbe::changed, this, [this] {
        updateOrganizationMessage();
        Q_EMIT changed();
    });
    for (const QLineEdit *edit : {m_form->name, m_form->subdomain, m_form->origin}) {
        connect(edit, &QLineEdit::textChanged, this, &ConnectionStep::changed);
    }
}

QString ConnectionStep::title() const
{
    return tr("Connection");
}

QString ConnectionStep::heading() const
{
    return m_original.id == 0 ? tr("Connect an Okta organization") : tr("Change the connection");
}

QString ConnectionStep::introduction() const
{
    return tr("Paste the address that you sign in to Okta at, and Octotrail works out the rest.");
}

void ConnectionStep::load(const SourceDraft &draft)
{
    m_original = draft.saved;
    m_form->name->setText(draft.config.name);
    m_advanced->load(draft);
    m_probe.setRoute(m_advanced->route());
    m_access->setValue(draft.config.authentication);
    m_token->load(draft);
    m_app->load(draft);
    if (draft.config.origin.isValid() && !draft.config.origin.isEmpty()) {
        takeAddress(draft.config.origin.toString());
        m_probe.ask(draft.config.origin, false);
    }
    m_addressLength = addressEdit()->text().size();
    reviewSecrets();
    updateOrganizationMessage();
}

void ConnectionStep::save(SourceDraft &draft) const
{
    draft.config.name = m_form->name->text().simplified();
    if (const auto address = origin()) {
        if (draft.config.origin != *address) {
            draft.organization.reset();
        }
        draft.config.origin = *address;
        if (m_probe.state() == OrganizationProbe::State::Found && m_probe.origin() == *address) {
            draft.organization = m_probe.info();
            draft.config.identityEngine = m_probe.info().identityEngine;
        }
    }
    draft.config.authentication = m_access->value();
    if (isServiceApp()) {
        m_app->save(draft);
    } else {
        m_token->save(draft);
    }
    m_advanced->save(draft);
}

bool ConnectionStep::validate()
{
    const bool nameIsGood = m_nameCheck->check();
    const bool addressIsGood = addressCheck()->check();
    // The last one that is wrong takes the focus, so: from the end.
    const bool routeIsGood = m_advanced->validate();
    const bool secretIsGood = isServiceApp() ? m_app->validate() : m_token->validate();
    if (!nameIsGood) {
        focusField(SourceField::Name, {});
    } else if (!addressIsGood) {
        focusField(SourceField::Organization, {});
    }
    return nameIsGood && addressIsGood && secretIsGood && routeIsGood;
}

void ConnectionStep::leave()
{
    m_token->hideToken();
}

bool ConnectionStep::focusField(SourceField field, const QString &fault)
{
    QLineEdit *edit = nullptr;
    FieldCheck *check = nullptr;
    switch (field) {
    case SourceField::Name:
        edit = m_form->name;
        check = m_nameCheck;
        break;
    case SourceField::Organization:
        edit = addressEdit();
        check = addressCheck();
        break;
    case SourceField::Token:
    case SourceField::App:
        if (isServiceApp()) {
            m_app->focusKey(fault);
        } else {
            m_token->focusToken(fault);
        }
        return true;
    default:
        return false;
    }
    edit->setFocus(Qt::OtherFocusReason);
    edit->selectAll();
    check->showFault(fault);
    return true;
}

void ConnectionStep::focusFirst()
{
    m_form->name->setFocus(Qt::OtherFocusReason);
}

void ConnectionStep::setKeychainAvailable(bool available)
{
    m_token->setKeychainAvailable(available);
    m_app->setKeychainAvailable(available);
}

void ConnectionStep::setTokenLost(const QString &sentence)
{
    m_lostSecret = sentence;
    reviewSecrets();
    m_token->setTokenLost(sentence);
    m_app->setKeyLost(sentence);
}

bool ConnectionStep::isCustom() const
{
    return m_form->domain->currentIndex() == m_form->domain->count() - 1;
}

void ConnectionStep::showAddressFields(bool custom)
{
    QLineEdit *edit = custom ? m_form->origin : m_form->subdomain;
    m_form->address->setCurrentWidget(edit);
    m_form->subdomainLabel->setText(custom ? tr("Organization &address") : tr("Okta &subdomain"));
    m_form->subdomainLabel->setBuddy(edit);
    m_form->organizationMessage->setField(nullptr);
    (custom ? m_form->subdomain : m_form->origin)->setPalette({});
    m_form->organizationMessage->setField(edit);
    m_form->organizationMessage->setHint(custom
            ? tr("The whole address of your own domain, for example https://login.example.com.")
            : tr("The acme of acme.okta.com. A whole address pasted here fills both fields."));
}

QLineEdit *ConnectionStep::addressEdit() const
{
    return isCustom() ? m_form->origin : m_form->subdomain;
}

FieldCheck *ConnectionStep::addressCheck() const
{
    return isCustom() ? m_originCheck : m_subdomainCheck;
}

event::Result<QUrl> ConnectionStep::origin() const
{
    if (isCustom()) {
        return okta::parseOrigin(m_form->origin->text());
    }
    return okta::originOf({m_form->subdomain->text(), m_form->domain->currentData().toString()});
}

bool ConnectionStep::takeAddress(const QString &text)
{
    const QString domainIfBare
        = isCustom() ? okta::oktaDomains().constFirst() : m_form->domain->currentData().toString();
    if (isCustom() && !looksLikeAnAddress(text)) {
        return false; // a bare word in the field for a whole address is a mistake, not a subdomain of okta.com
    }
    const auto address = okta::parseOrgAddress(text, domainIfBare);
    if (!address) {
        return false;
    }
    const int known = m_form->domain->findData(address->domain);
    if (known >= 0) {
        const bool hadFocus = m_form->origin->hasFocus();
        m_form->domain->setCurrentIndex(known);
        showAddressFields(false);
        m_form->subdomain->setText(address->subdomain);
        if (hadFocus) {
            m_form->subdomain->setFocus(Qt::OtherFocusReason);
        }
    } else {
        const auto whole = okta::originOf(*address);
        if (!whole) {
            return false;
        }
        const bool hadFocus = m_form->subdomain->hasFocus();
        m_form->domain->setCurrentIndex(m_form->domain->count() - 1);
        showAddressFields(true);
        m_form->origin->setText(whole->toString());
        if (hadFocus) {
            m_form->origin->setFocus(Qt::OtherFocusReason);
        }
    }
    m_addressLength = addressEdit()->text().size();
    if (const QString &suggestion = address->subdomain;
        !suggestion.isEmpty() && (m_nameIsSuggested || m_form->name->text().trimmed().isEmpty())) {
        m_form->name->setText(suggestion.left(1).toUpper() + suggestion.mid(1));
        m_nameIsSuggested = true;
    }
    reviewSecrets();
    return true;
}

void ConnectionStep::addressEdited(const QString &text)
{
    const bool pasted = text.size() > m_addressLength + 1;
    m_addressLength = text.size();
    if (pasted && looksLikeAnAddress(text) && takeAddress(text)) {
        m_subdomainCheck->startAfresh();
        m_originCheck->startAfresh();
    }
    const auto asked = origin();
    // A subdomain is asked for when it is whole, which leaving the field tells; every start of it may be another's.
    if (asked && (isCustom() || pasted)) {
        m_probe.ask(*asked);
    } else if (!asked || m_probe.origin() != *asked) {
        m_probe.clear();
    }
    reviewSecrets();
    updateOrganizationMessage();
}

bool ConnectionStep::needsSecret() const
{
    const bool isOther = m_access->value() != m_original.authentication; // a token is no key
    if (m_original.origin.isEmpty() || !m_lostSecret.isEmpty() || isOther) {
        return true;
    }
    // A kept token belongs to its organization: it is not sent to another.
    const auto address = origin();
    return address && !okta::isSameOrigin(*address, m_original.origin);
}

QString ConnectionStep::secretNeeded(const QString &ofNew) const
{
    if (!needsSecret()) {
        return {};
    }
    if (!m_lostSecret.isEmpty()) {
        return m_lostSecret;
    }
    if (m_original.origin.isEmpty() || m_access->value() != m_original.authentication) {
        return ofNew;
    }
    const QString owner = m_original.origin.authority();
    return isServiceApp()
        ? tr("The key that is kept belongs to an app of %1. Enter one of this organization.").arg(owner)
        : tr("The token that is kept belongs to %1. Enter one of this organization.").arg(owner);
}

void ConnectionStep::reviewSecrets()
{
    m_token->review();
    m_app->review();
}

void ConnectionStep::updateOrganizationMessage()
{
    FieldMessage *message = m_form->organizationMessage;
    const bool wasLeft = addressCheck()->wasLeft();
    if (wasLeft && !addressProblem().isEmpty()) {
        message->setMessage(Kind::Error, addressProblem());
        return;
    }
    const auto asked = origin();
    if (!asked || m_probe.state() == OrganizationProbe::State::Idle || m_probe.origin() != *asked) {
        message->clear();
        return;
    }
    const QString host = m_probe.origin().authority();
    switch (m_probe.state()) {
    case OrganizationProbe::State::Idle:
        break;
    case OrganizationProbe::State::Asking:
        message->setMessage(Kind::Busy, tr("Asking %1 who it is…").arg(host));
        break;
    case OrganizationProbe::State::Failed:
        if (wasLeft) {
            message->setMessage(Kind::Warning, m_probe.error().sentence);
        } else {
            message->clear();
        }
        break;
    case OrganizationProbe::State::Found: {
        const auto others = m_others();
        const auto same = std::ranges::find_if(others, [&](const store::SourceConfig &other) {
            return other.id != m_original.id && other.collects && okta::isSameOrigin(other.origin, *asked);
        });
        if (same != others.end()) {
            message->setMessage(Kind::Warning,
                tr("%1 already collects from this organization. Events that both receive are stored once.")
                    .arg(same->name));
        } else if (m_probe.info().identityEngine) {
            message->setMessage(Kind::Good, tr("%1 answers: an Okta Identity Engine organization.").arg(host));
        } else {
            message->setMessage(
                Kind::Good, tr("%1 answers: an Okta Classic Engine organization, without device profiles.").arg(host));
        }
        break;
    }
    }
}

QString ConnectionStep::nameProblem() const
{
    const QString name = m_form->name->text().simplified();
    if (name.isEmpty()) {
        return tr("Give the source a name, for example Acme production.");
    }
    const auto others = m_others();
    const bool taken = std::ranges::any_of(others, [&](const store::SourceConfig &other) {
        return other.id != m_original.id && other.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return taken ? tr("Another source has this name already. Choose one that tells them apart.") : QString();
}

QString ConnectionStep::addressProblem() const
{
    const auto address = origin();
    if (!address) {
        return address.error().sentence;
    }
    if (m_probe.isHopeless() && m_probe.origin() == *address) {
        return m_probe.error().sentence;
    }
    return {};
}

} // namespace octotrail::ui
