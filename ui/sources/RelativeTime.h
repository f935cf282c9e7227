// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/TimeDisplay.h"

#include <QString>

namespace octotrail::ui {

/// A moment as seen from now: 12 s ago, in 40 s, 3 min ago; from a day on, the whole time.
QString relativeTime(event::Timestamp time, event::Timestamp now, const TimeDisplay &times);

} // namespace octotrail::ui
