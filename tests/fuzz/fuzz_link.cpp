// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/Link.h"
#include "okta/Origin.h"

#include <QString>
#include <cstdlib>

using namespace octotrail;

/// Whatever stands in a Link header: what is taken out of it stands in it, and addresses are read or refused.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray header(reinterpret_cast<const char *>(data),
        static_cast<qsizetype>(size)); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    for (const okta::Link &link : okta::parseLinks(header)) {
        if (!header.contains(link.target)) {
            std::abort();
        }
    }
    if (const auto next = okta::linkTo("next", header); next && !header.contains(*next)) {
        std::abort();
    }
    const QString text = QString::fromUtf8(header);
    if (const auto address = okta::parseOrgAddress(text)) {
        (void)okta::originOf(*address);
    }
    if (const auto origin = okta::parseOrigin(text); origin && !okta::isSameOrigin(*origin, *origin)) {
        std::abort();
    }
    return 0;
}
