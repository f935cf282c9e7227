// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace octotrail::tests {

/// The time of day as this process sees it, in every library: linking this in lets a test set the machine's clock. The
/// monotonic clock goes on as it does, as on a machine that slept or whose clock was set.
void setWallClock(std::chrono::seconds ahead);

} // namespace octotrail::tests
