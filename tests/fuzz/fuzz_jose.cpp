// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/Jws.h"
#include "jose/KeyReader.h"

#include <cstdlib>

using namespace octotrail;

/// Whatever comes as a key or as a signed token: it is read or refused; nothing is verified by a key that did not sign.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data),
        static_cast<qsizetype>(size)); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    static const auto stranger = jose::Key::generate(jose::Key::Type::P256);
    (void)jose::KeyReader::readPrivate(text);
    (void)jose::KeyReader::readPublic(text);
    if (const auto token = jose::Jws::parse(text); token && token->isVerifiedBy(stranger)) {
        std::abort();
    }
    return 0;
}
