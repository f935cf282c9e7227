// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"
#include "jose/Key.h"

#include <QByteArray>
#include <QUrl>

namespace octotrail::okta {

/// Proves possession of a key that access tokens are bound to (DPoP, RFC 9449). The key is made for this object, lives
/// as long as it, and is none of the organization's.
class DpopProver
{
public:
    DpopProver();

    /// A proof for one request. nonce: as the server demanded it, or empty. accessToken: what goes with the request, or
    /// empty at the token endpoint.
    QByteArray proof(const QByteArray &verb, const QUrl &url, event::Timestamp serverNow, const QByteArray &nonce,
        const QByteArray &accessToken = {}) const;

    /// ath: what binds a proof to an access token.
    static QByteArray hashOf(const QByteArray &accessToken);

private:
    jose::Key m_key;
};

} // namespace octotrail::okta
