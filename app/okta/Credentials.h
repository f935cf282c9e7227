// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>

class QNetworkRequest;

namespace octotrail::okta {

/// What proves to Okta who asks. Goes into a request's header and nowhere else.
class Credentials
{
public:
    /// None: for what Okta tells anyone.
    Credentials() = default;

    /// An API token from the Admin Console. InvalidInput if it is empty or has characters that no token has, which
    /// could otherwise break out of the header.
    static event::Result<Credentials> apiToken(const QByteArray &token);

    bool isEmpty() const { return m_authorization.isEmpty(); }
    void authorize(QNetworkRequest &request) const;

private:
    QByteArray m_authorization;
};

} // namespace octotrail::okta
