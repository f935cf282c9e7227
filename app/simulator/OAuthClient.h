// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/Key.h"

#include <QString>
#include <QStringList>
#include <chrono>

namespace octotrail::simulator {

/// A service app of the simulated organization, as its administrator has set it up.
struct OAuthClient
{
    QString id;
    jose::Key key; ///< its public half suffices
    QString keyId; ///< kid; empty: any is taken
    /// What is granted.
    QStringList scopes{
        QStringLiteral("okta.logs.read"), QStringLiteral("okta.users.read"), QStringLiteral("okta.devices.read")};
};

/// How the organization treats service apps.
struct OAuthRules
{
    enum class Dpop {
        Off, ///< proofs are not looked at: bearer tokens
        Required, ///< as Okta has it for new apps
    };
    Dpop dpop = Dpop::Required;
    bool apiNonce = false; ///< the API demands a nonce too, as RFC 9449 allows; Okta does not today
    std::chrono::seconds tokenLifetime{3600};
    std::chrono::seconds nonceLifetime{std::chrono::hours(24)};
};

} // namespace octotrail::simulator
