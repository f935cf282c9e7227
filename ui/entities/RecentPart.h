// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Timestamp.h"

#include <optional>

namespace octotrail::ui {

/// Where the latest part of some events begins, to be compared with what was before it, if the time that was chosen has
/// nothing before it: with their last tenth, but 30 days at most, so that one event of a wrong year does not make all
/// others new. nullopt for events of one moment.
std::optional<event::Timestamp> recentPart(event::Timestamp first, event::Timestamp last);

} // namespace octotrail::ui
