// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/ServiceAppForm.h"

#include "okta/ServiceApp.h"
#include "ui/sources/FieldCheck.h"
#include "ui/sources/FieldMessage.h"
#include "ui/sources/KeyField.h"
#include "ui/sources/Note.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace octotrail::ui {

using Kind = FieldMessage::Kind;

namespace {

QString sentenceOf(const event::Status &status)
{
    return status ? QString() : status.error().sentence;
}

/// A label, its field, and the line under it.
void addField(QVBoxLayout *column, const QString &label, QWidget *field, FieldMessage *message)
{
    auto *text = new QLabel(label);
    text->setBuddy(field);
    message->setField(field);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(metrics::HalfUnit);
    rows->addWidget(text);
    rows->addWidget(field);
    rows->addWidget(message);
    column->addLayout(rows);
}

} // namespace

ServiceAppForm::ServiceAppForm(std::function<QString()> needsKey, QWidget *parent)
    : QWidget(parent)
    , m_needsKey(std::move(needsKey))
    , m_clientId(new QLineEdit(this))
    , m_clientIdMessage(new FieldMessage(this))
    , m_key(new KeyField(this))
    , m_keyMessage(new FieldMessage(this))
    , m_keyId(new QLineEdit(this))
    , m_keyIdMessage(new FieldMessage(this))
    , m_help(new Note(this))
{
    m_clientId->setObjectName(QStringLiteral("clientId"));
    m_clientIdMessage->setObjectName(QStringLiteral("clientIdMessage"));
    m_clientId->setAccessibleName(tr("Client ID"));
    m_clientId->setPlaceholderText(QStringLiteral("0oa1b2c3d4e5f6g7h8i9"));
    m_clientId->setFont(codeFont());
    m_key->setObjectName(QStringLiteral("key"));
    m_keyMessage->setObjectName(QStringLiteral("keyMessage"));
    m_keyId->setObjectName(QStringLiteral("keyId"));
    m_keyIdMessage->setObjectName(QStringLiteral("keyIdMessage"));
    m_keyId->setAccessibleName(tr("Key ID"));
    m_keyId->setFont(codeFont());
    m_clientIdMessage->setHint(tr("On the app's General tab, under Client Credentials."));
    m_keyIdMessage->setHint(tr("The KID beside the key. Only needed if the app has several keys."));
    setKeychainAvailable(true);
    m_help->setText(Tone::Accent,
        tr("In the Admin Console: Applications > Create App Integration > API Services. On its General tab, set Client "
           "authentication to Public key / Private key and generate a key. Grant okta.logs.read (and okta.users.read, "
           "okta.devices.read for profiles) under Okta API Scopes, and assign Read-only Administrator under Admin "
           "roles. Proof of possession (DPoP) can stay on."));

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2 * metrics::Unit);
    addField(column, tr("&Client ID"), m_clientId, m_clientIdMessage);
    addField(column, tr("Private ke&y"), m_key, m_keyMessage);
    addField(column, tr("Key &ID (optional)"), m_keyId, m_keyIdMessage);
    column->addWidget(m_help);

    m_clientIdCheck = new FieldCheck(
        m_clientId, m_clientIdMessage,
        [this] { return sentenceOf(okta::ServiceApp::checkClientId(m_clientId->text())); }, this);
    m_keyIdCheck = new FieldCheck(
        m_keyId, m_keyIdMessage, [this] { return sentenceOf(okta::ServiceApp::checkKeyId(m_keyId->text())); }, this);
    connect(m_key, &KeyField::changed, this, [this] {
        if (m_keyId->text().isEmpty() && !m_key->keyId().isEmpty()) {
            m_keyId->setText(m_key->keyId());
        }
        m_showsKeyProblem = !m_key->problem().isEmpty();
        review();
        Q_EMIT changed();
    });
    for (const QLineEdit *edit : {m_clientId, m_keyId}) {
        connect(edit, &QLineEdit::textChanged, this, &ServiceAppForm::changed);
    }
}

void ServiceAppForm::load(const SourceDraft &draft)
{
    m_clientId->setText(draft.config.clientId);
    m_keyId->setText(draft.config.keyId);
    m_key->setKey(
        draft.config.authentication == store::SourceConfig::Authentication::ServiceApp ? draft.secret : QByteArray());
    review();
}

void ServiceAppForm::save(SourceDraft &draft) const
{
    draft.config.clientId = m_clientId->text().trimmed();
    draft.config.keyId = m_keyId->text().trimmed();
    draft.secret = m_key->key();
}

bool ServiceAppForm::validate()
{
    const bool clientIsGood = m_clientIdCheck->check();
    const bool keyIsGood = checkKey();
    const bool keyIdIsGood = m_keyIdCheck->check();
    if (!clientIsGood) {
        m_clientId->setFocus(Qt::OtherFocusReason);
    } else if (!keyIsGood) {
        m_key->setFocus(Qt::OtherFocusReason);
    } else if (!keyIdIsGood) {
        m_keyId->setFocus(Qt::OtherFocusReason);
    }
    return clientIsGood && keyIsGood && keyIdIsGood;
}

void ServiceAppForm::focusKey(const QString &fault)
{
    m_key->setFocus(Qt::OtherFocusReason);
    if (!fault.isEmpty()) {
        m_keyMessage->setMessage(Kind::Error, fault);
    }
}

bool ServiceAppForm::checkKey()
{
    const QString problem = keyProblem();
    m_showsKeyProblem = !problem.isEmpty();
    review();
    return problem.isEmpty();
}

void ServiceAppForm::review()
{
    m_key->setKept(m_needsKey().isEmpty());
    const QString problem = m_showsKeyProblem ? keyProblem() : QString();
    if (problem.isEmpty()) {
        m_keyMessage->clear();
    } else {
        m_keyMessage->setMessage(Kind::Error, problem);
    }
}

QString ServiceAppForm::keyProblem() const
{
    if (!m_key->problem().isEmpty()) {
        return m_key->problem();
    }
    return m_key->key().isEmpty() ? m_needsKey() : QString();
}

void ServiceAppForm::setKeychainAvailable(bool available)
{
    m_keyMessage->setHint(available
            ? tr("PEM or JWK, RSA or EC P-256. Kept in the system's keychain; it is never sent anywhere.")
            : tr("PEM or JWK, RSA or EC P-256. This system has no keychain: the key can be kept until Octotrail is "
                 "closed."));
}

void ServiceAppForm::setKeyLost(const QString &sentence)
{
    m_keyMessage->setMessage(Kind::Warning, sentence);
}

} // namespace octotrail::ui
