// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/PantherAnswer.h"

#include <QJsonDocument>
#include <cstdlib>

using namespace octotrail;

/// Whatever comes out of the process with the Python rules: findings are of rules and events that there are.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data),
        static_cast<qsizetype>(size)); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    const QStringList rules{QStringLiteral("First"), QStringLiteral("Second")};
    constexpr std::size_t events = 3;
    const auto answer = detect::panther::readAnswer(QJsonDocument::fromJson(text).object(), rules, events);
    for (const detect::panther::Hit &hit : answer.hits) {
        if (hit.rule < 0 || hit.rule >= rules.size() || hit.event >= events) {
            std::abort();
        }
    }
    for (const std::size_t rule : answer.givenUp) {
        if (rule >= static_cast<std::size_t>(rules.size())) {
            std::abort();
        }
    }
    return 0;
}
