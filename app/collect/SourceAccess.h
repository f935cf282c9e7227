// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Credentials.h"
#include "okta/Route.h"
#include "store/Records.h"

/// How a source's settings, with what the vault keeps for them, become ways to its organization.
namespace octotrail::collect {

/// secret: the API token, or the service app's private key.
event::Result<okta::Credentials> credentialsOf(const store::SourceConfig &source, const QByteArray &secret);

okta::Route routeOf(const store::SourceConfig &source, const QByteArray &proxyPassword);

/// Whether the source's proxy wants a name, and so a password from the vault.
bool hasProxyPassword(const store::SourceConfig &source);
/// Where the vault keeps it.
QString proxyVaultKey(const store::SourceConfig &source);

/// Whether a source can be used as it is set up, but for its secret.
event::Status checkSource(const store::SourceConfig &source);
/// Whether nothing but what proves who asks has changed: that can be changed while it runs.
bool isSameButForCredential(store::SourceConfig before, const store::SourceConfig &after);

} // namespace octotrail::collect
