// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <optional>

namespace octotrail::jose {

/// Base64 with the alphabet for URLs and without padding, as JOSE writes it (RFC 7515, section 2).
QByteArray toBase64Url(const QByteArray &bytes);

/// nullopt for anything else than that: padding, white space and other alphabets are refused.
std::optional<QByteArray> fromBase64Url(const QByteArray &text);

/// So many bytes that nobody can guess, written so: for jti and nonces.
QByteArray randomText(int bytes = 16);

} // namespace octotrail::jose
