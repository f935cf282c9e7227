// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleLoader.h"

#include <cstdlib>

using namespace octotrail;

/// Whatever comes as a rule file: rules, or problems with a sentence.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(
        reinterpret_cast<const char *>(data), size); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    detect::RuleLoader loader(detect::RuleLoader::LogSource::Any);
    loader.addText(QStringLiteral("fuzz.yml"), text);
    const detect::RuleSet set = loader.link();
    for (const detect::Problem &problem : set.problems) {
        if (problem.reason.isEmpty()) {
            std::abort();
        }
    }
    return 0;
}
