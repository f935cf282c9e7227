// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Pace.h"

#include <QtGlobal>

namespace octotrail::collect {

namespace {

std::optional<std::chrono::milliseconds> fromEnvironment(const char *name)
{
    bool isNumber = false;
    const int milliseconds = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber && milliseconds > 0 ? std::optional(std::chrono::milliseconds(milliseconds)) : std::nullopt;
}

} // namespace

Pace Pace::fromEnvironment()
{
    Pace pace;
    pace.pollInterval = collect::fromEnvironment("OCTOTRAIL_POLL_MS");
    pace.backoffUnit = collect::fromEnvironment("OCTOTRAIL_BACKOFF_MS").value_or(pace.backoffUnit);
    return pace;
}

} // namespace octotrail::collect
