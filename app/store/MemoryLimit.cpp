// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/MemoryLimit.h"

#include <algorithm>
#include <unistd.h>

namespace octotrail::store {

namespace {

std::int64_t machineMegabytes()
{
    return (static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGE_SIZE)) >> 20;
}

} // namespace

std::array<std::int64_t, 5> moreMegabytes()
{
    return {160, 192, 256, 512, std::clamp<std::int64_t>(machineMegabytes() / 4, 1024, 2048)};
}

} // namespace octotrail::store
