// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/TokenForm.h"

#include "ui/sources/FieldCheck.h"
#include "ui/sources/FieldMessage.h"
#include "ui/sources/Note.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using Kind = FieldMessage::Kind;

TokenForm::TokenForm(std::function<QString()> needsToken, QWidget *parent)
    : QWidget(parent)
    , m_needsToken(std::move(needsToken))
    , m_token(new QLineEdit(this))
    , m_reveal(new QToolButton(this))
    , m_message(new FieldMessage(this))
{
    m_token->setObjectName(u"token"_s);
    m_token->setAccessibleName(tr("API token"));
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setInputMethodHints(
        Qt::ImhHiddenText | Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText | Qt::ImhSensitiveData);
    m_reveal->setObjectName(u"reveal"_s);
    m_reveal->setToolTip(tr("Show the token while it is entered"));
    m_reveal->setCheckable(true);
    m_reveal->setFocusPolicy(Qt::StrongFocus);
    m_reveal->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    reveal(false);
    m_message->setObjectName(u"tokenMessage"_s);
    m_message->setField(m_token);
    auto *label = new QLabel(tr("API &token"), this);
    label->setBuddy(m_token);
    auto *help = new Note(this);
    help->setText(Tone::Accent,
        tr("Create a token in the Admin Console under Security > API > Tokens. It acts with the role of the "
           "administrator who creates it: super, organization or read-only administrator will do, and read-only is "
           "the safest."));

    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::Unit);
    row->addWidget(m_token);
    row->addWidget(m_reveal);
    auto *field = new QVBoxLayout;
    field->setSpacing(metrics::HalfUnit);
    field->addWidget(label);
    field->addLayout(row);
    field->addWidget(m_message);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(2 * metrics::Unit);
    column->addLayout(field);
    column->addWidget(help);

    m_check = new FieldCheck(
        m_token, m_message, [this] { return problem(); }, this);
    connect(m_token, &QLineEdit::textChanged, this, &TokenForm::clean);
    connect(m_token, &QLineEdit::textChanged, this, &TokenForm::changed);
    connect(m_reveal, &QToolButton::toggled, this, &TokenForm::reveal);
}

void TokenForm::load(const SourceDraft &draft)
{
    const bool isToken = draft.config.authentication == store::SourceConfig::Authentication::ApiToken;
    m_token->setText(isToken ? QString::fromLatin1(draft.secret) : QString());
    review();
}

void TokenForm::save(SourceDraft &draft) const
{
    draft.secret = m_token->text().toLatin1();
}

bool TokenForm::validate()
{
    const bool isGood = m_check->check();
    if (!isGood) {
        focusToken({});
    }
    return isGood;
}

void TokenForm::focusToken(const QString &fault)
{
    m_token->setFocus(Qt::OtherFocusReason);
    m_token->selectAll();
    m_check->showFault(fault);
}

void TokenForm::review()
{
    m_token->setPlaceholderText(m_needsToken().isEmpty() ? tr("Kept; leave empty to keep it") : QString());
    m_check->review();
}

void TokenForm::hideToken()
{
    m_reveal->setChecked(false);
}

void TokenForm::setKeychainAvailable(bool available)
{
    m_message->setHint(available ? tr("Kept in the system's keychain, and sent to this organization alone.")
                                 : tr("This system has no keychain: the token can be kept until Octotrail is closed. "
                                      "It is never written to disk in the clear."));
}

void TokenForm::setTokenLost(const QString &sentence)
{
    m_message->setMessage(Kind::Warning, sentence);
}

void TokenForm::reveal(bool shown)
{
    m_token->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_reveal->setIcon(icon(shown ? u"eye-off" : u"eye"));
    m_reveal->setText(shown ? tr("Hide") : tr("Show"));
    m_reveal->setAccessibleName(shown ? tr("Hide the API token") : tr("Show the API token"));
}

QString TokenForm::problem() const
{
    const QString token = m_token->text();
    if (token.isEmpty()) {
        return m_needsToken();
    }
    const bool isClean = std::ranges::all_of(token, [](QChar c) { return c > u' ' && c < u'\x7f'; });
    return isClean ? QString()
                   : tr("An API token has letters, digits, hyphens and underscores only. Copy it again from the Admin "
                        "Console.");
}

void TokenForm::clean(const QString &text)
{
    // Whatever way it came: pasted, dropped, typed. What is copied out of documentation may have the scheme before it.
    QString clean = text.trimmed();
    if (clean.startsWith("SSWS "_L1, Qt::CaseInsensitive)) {
        clean = clean.mid(5).trimmed();
    }
    if (clean != text) {
        m_token->setText(clean);
    } else if (m_message->kind() == Kind::Warning) {
        m_message->clear();
    }
}

} // namespace octotrail::ui
