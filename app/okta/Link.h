// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <optional>

namespace octotrail::okta {

/// One link of a Link header: <target>; rel="next".
struct Link
{
    QByteArray target; ///< as written between the angle brackets
    QList<QByteArray> relations; ///< lower case
    bool operator==(const Link &) const = default;
};

/// Reads a Link header (RFC 8288). Several headers joined by commas or line feeds are read as one list, and what is
/// no link is skipped.
QList<Link> parseLinks(QByteArrayView header);

/// The target of the first link with this relation, verbatim.
std::optional<QByteArray> linkTo(QByteArrayView relation, QByteArrayView header);

} // namespace octotrail::okta
