// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Client.h"

#include <QObject>
#include <QStringList>
#include <memory>

namespace octotrail::okta {

/// Whose an API token is: it may do what this administrator may.
struct TokenOwner
{
    QString id;
    QString name;
    QString login;
    QStringList roles; ///< as the Admin Console names them; empty if the token may not see them

    /// "Ada Lovelace (ada@acme.com), Read-only Administrator"
    QString description() const;
};

/// Asks for it: GET /api/v1/users/me, then that user's roles. What Okta does not tell is left out, without a word.
class TokenOwnerQuery : public QObject
{
    Q_OBJECT

public:
    /// The client must outlive this.
    explicit TokenOwnerQuery(Client &client, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    /// Once; with an empty id if Okta does not tell.
    void finished(const octotrail::okta::TokenOwner &owner);

private:
    void onUser(const Answer &answer);
    void onRoles(const Answer &answer);

    Client &m_client;
    TokenOwner m_owner;
    std::unique_ptr<Call> m_call;
};

} // namespace octotrail::okta
