// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jose/Key.h"

namespace octotrail::jose {

/// Reads what people paste for a key: see Key::readPrivate() and Key::readPublic().
class KeyReader
{
public:
    static event::Result<Key> readPrivate(const QByteArray &text);
    static event::Result<Key> readPublic(const QByteArray &text);

private:
    static event::Result<Key> readPem(const QByteArray &text, bool isPrivate);
    static event::Result<Key> readJwk(const QByteArray &text, bool isPrivate);
    static event::Result<Key> readJwk(const QJsonObject &jwk, bool isPrivate);
    static event::Result<Key> checked(Key key);
};

} // namespace octotrail::jose
