// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/Problems.h"

namespace octotrail::collect {

void addProblem(SourceStatus &status, const QString &sentence)
{
    status.lastFault = sentence;
    status.lastFaultTime = event::now();
    status.problems.prepend({*status.lastFaultTime, sentence});
    if (status.problems.size() > SourceStatus::mostProblems) {
        status.problems.resize(SourceStatus::mostProblems);
    }
}

} // namespace octotrail::collect
