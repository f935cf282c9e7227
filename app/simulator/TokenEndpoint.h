// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "jose/Jws.h"
#include "simulator/OAuthClient.h"
#include "simulator/Reply.h"

#include <QHash>
#include <QList>
#include <QSet>
#include <map>
#include <optional>

namespace octotrail::simulator {

/// A request as far as OAuth is concerned.
struct OAuthRequest
{
    QByteArray verb;
    QByteArray url; ///< without query
    QByteArray authorization;
    QByteArray proof; ///< the DPoP header
    event::Timestamp now; ///< by the server's clock
};

/// POST /oauth2/v1/token, and the check of what it has given: client credentials with private_key_jwt and DPoP as Okta
/// has them. Everything that Okta verifies is verified, and refused with Okta's words. Lives in the server's thread.
class TokenEndpoint
{
public:
    TokenEndpoint(QList<OAuthClient> clients, OAuthRules rules);

    Reply answer(const OAuthRequest &request, const QByteArray &form);
    /// nullopt if the request's access token and its proof are good for the scope.
    std::optional<Reply> refusal(const OAuthRequest &request, const QString &scope);

    /// Its tokens stop to count, and it gets no more.
    void revoke(const QString &clientId);
    void reinstate(const QString &clientId);
    /// No token counts any more, new ones can be had.
    void revokeTokens() { m_tokens.clear(); }
    /// What proofs have to hold from now on is another nonce; the old one is refused.
    void rotateNonce();

private:
    struct Token
    {
        QString clientId;
        QStringList scopes;
        event::Timestamp expiry;
        QByteArray thumbprint; ///< of the key that it is bound to; empty: a bearer token
    };
    struct Proof
    {
        jose::Jws jws;
        jose::Key key;
    };

    tl::expected<const OAuthClient *, Reply> authenticate(const OAuthRequest &request, const QByteArray &assertion);
    tl::expected<Proof, Reply> prove(const OAuthRequest &request, const QByteArray &accessToken);
    /// False for one that was seen before.
    static bool isNew(std::map<QString, event::Timestamp> &seen, const QString &jti, event::Timestamp now);

    QList<OAuthClient> m_clients;
    OAuthRules m_rules;
    QSet<QString> m_revoked;
    QHash<QByteArray, Token> m_tokens;
    std::map<QString, event::Timestamp> m_seenAssertions; ///< jti
    std::map<QString, event::Timestamp> m_seenProofs;
    QByteArray m_nonce;
    std::optional<event::Timestamp> m_nonceSince;
};

} // namespace octotrail::simulator
