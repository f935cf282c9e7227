// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/Key.h"

#include <optional>

namespace octotrail::jose {

/// A JWT that is signed (RFC 7515, compact form), taken apart. Nothing of it is true before isVerifiedBy() says so.
struct Jws
{
    QJsonObject header;
    QJsonObject claims;
    QByteArray signedPart; ///< header and claims as they were sent
    QByteArray signature;

    /// nullopt for what is no JWS of two JSON objects and a signature.
    static std::optional<Jws> parse(const QByteArray &compact);
    /// Whether the key has signed it, with the algorithm that the header names and that is the key's own.
    bool isVerifiedBy(const Key &key) const;
};

/// Signs the claims. alg is the key's, the rest of the header is the caller's.
QByteArray sign(QJsonObject header, const QJsonObject &claims, const Key &key);

} // namespace octotrail::jose
