// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/ThreadPriority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace octotrail::event {

void giveWay(Courtesy courtesy)
{
    thread_local int level = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
    const int wanted = static_cast<int>(courtesy);
    if (level < wanted && setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), wanted) == 0) {
        level = wanted;
    }
}

} // namespace octotrail::event
