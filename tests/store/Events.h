// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/LogEvent.h"

#include <cstdint>
#include <string>
#include <vector>

/// Events for tests, the same for the same numbers: believable ones with odd ones strewn in.
namespace octotrail::test {

inline constexpr std::int64_t firstMoment = 1'700'000'000'000'000; ///< microseconds; of event 0

/// The JSON of an event. Its uuid, time and values depend on the number alone.
std::string eventJson(int number);
/// Of these numbers, read.
std::vector<event::LogEvent> events(int first, int count);

/// What eventJson() writes.
std::string uuidOf(int number);
event::Timestamp publishedOf(int number);
std::string actorOf(int number);
std::string typeOf(int number);
std::string outcomeOf(int number);
std::int64_t asNumberOf(int number);
bool hasTargets(int number);

} // namespace octotrail::test
