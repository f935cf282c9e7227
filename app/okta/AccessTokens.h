// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/DpopProver.h"
#include "okta/ServiceApp.h"
#include "okta/Transport.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QPointer>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace octotrail::okta {

/// A service app's access tokens: asked for when they are needed, renewed before they expire, and bound to a key by
/// DPoP. Everybody who needs one while it is on its way waits for the same request.
///
/// All scopes are asked for at once. If Okta refuses that because one of them is not granted, each gets a token of its
/// own, so that what is granted works, and what is not is named.
class AccessTokens : public QObject
{
    Q_OBJECT

public:
    AccessTokens(Transport &transport, ServiceApp app, QObject *parent = nullptr);
    ~AccessTokens() override;

    struct Token
    {
        QByteArray value;
        bool isBound = false; ///< by DPoP: goes with a proof
    };
    using Wanted = std::function<void(const tl::expected<Token, Fault> &)>;

    /// Calls wanted with a token for the scope, at once if there is one, or with why there is none. Not, if the context
    /// is gone by then.
    void want(const QString &scope, QObject *context, Wanted wanted);
    /// Adds the token and its proof to a request.
    void authorize(QNetworkRequest &request, const QByteArray &verb, const Token &token) const;

    /// Looks at the answer of the API to a request with this token: true if it is worth sending once more, now that
    /// what it lacked (a nonce, the right time, a token that still counts) is known or will be asked for.
    bool learn(const Response &response, const Token &token, std::chrono::milliseconds skewWhenSent);

    const ServiceApp &app() const { return m_app; }
    /// How far the organization's clock is from ours, as proofs are dated.
    std::chrono::milliseconds skew() const;

private:
    struct Waiter
    {
        QPointer<QObject> context;
        Wanted wanted;
        QString scope;
    };
    struct Grant
    {
        QStringList scopes;
        Token token;
        QDeadlineTimer renewal{0}; ///< when a new one is asked for
        QDeadlineTimer expiry{0};
        std::vector<Waiter> waiters;
        std::unique_ptr<Exchange> exchange;
        int nonces = 0; ///< tries for the sake of one
        bool clockCorrected = false;
        std::chrono::milliseconds skewWhenSent{0};
        std::optional<Fault> refusal; ///< of the scope
        QDeadlineTimer refusedUntil{0};
    };

    Grant &grantFor(const QString &scope);
    void request(Grant &grant);
    QByteArray prepare(QNetworkRequest &request, Grant &grant) const;
    void onAnswer(Grant &grant, const Answer &answer);
    bool tryAgain(Grant &grant, const Response &response, const QString &code);
    void take(Grant &grant, const Response &response);
    void split(Grant &grant);
    void refuse(Grant &grant, const Fault &fault);
    void tell(Grant &grant, const tl::expected<Token, Fault> &outcome);

    Transport &m_transport;
    const ServiceApp m_app;
    const QUrl m_url; ///< of the token endpoint
    DpopProver m_prover;
    QByteArray m_tokenNonce; ///< for the token endpoint
    QByteArray m_apiNonce; ///< for the rest, if it ever demands one
    bool m_isSplit = false;
    bool m_hasWorked = false;
    std::map<QString, Grant> m_grants; ///< by scope; "" for all at once
};

} // namespace octotrail::okta
