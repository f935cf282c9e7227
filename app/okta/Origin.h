// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>
#include <QStringList>
#include <QUrl>

namespace octotrail::okta {

/// The domains that Okta serves organizations under, the usual one first.
/// https://developer.okta.com/docs/concepts/okta-organizations/
QStringList oktaDomains();

/// An organization's address as the form shows it.
struct OrgAddress
{
    QString subdomain; ///< acme; for a custom domain empty
    QString domain; ///< one of oktaDomains(), or a whole custom host
    bool operator==(const OrgAddress &) const = default;
};

/// Reads what people paste: acme, acme.okta.com, https://acme-admin.okta.com/admin/dashboard,
/// https://acme.okta.com/api/v1/logs, login.example.com. Scheme, port 443, path and -admin are dropped, case is
/// folded. domainIfBare is the domain for a bare subdomain.
event::Result<OrgAddress> parseOrgAddress(
    const QString &text, const QString &domainIfBare = QStringLiteral("okta.com"));

/// https://subdomain.domain, or an error that says which part is wrong and how.
event::Result<QUrl> originOf(const OrgAddress &address);

/// A whole origin: https, a host, perhaps a port. http only for a loopback address (the simulator).
event::Result<QUrl> parseOrigin(const QString &text);

/// Whether both name the same scheme, host and port: the token may go to url if it goes to origin.
bool isSameOrigin(const QUrl &url, const QUrl &origin);

} // namespace octotrail::okta
