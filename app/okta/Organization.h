// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace octotrail::okta {

/// What an organization says of itself to anyone: GET /.well-known/okta-organization.
struct OrganizationInfo
{
    QString id;
    bool identityEngine = false; ///< pipeline "idx"; otherwise Classic ("v1")
    QUrl organization; ///< Okta's own address of it, behind a custom domain
};

QUrl organizationUrl(const QUrl &origin);

/// Reads the answer to organizationUrl(). NotFound if it is not what an Okta organization answers.
event::Result<OrganizationInfo> parseOrganization(const QByteArray &body, const QUrl &origin);

} // namespace octotrail::okta
