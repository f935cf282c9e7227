// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Other tools put something around Okta's events, or into them: this takes it off again. The events inside stay as
/// they are, byte by byte; one that is written as a string loses the string's escapes.
namespace octotrail::exchange {

enum class Wrapper { None, Panther, Elastic, Splunk, Hook, EventBridge, Other };

/// For people: "Elastic".
std::string_view wrapperName(Wrapper wrapper);

struct Unwrapped
{
    Wrapper wrapper = Wrapper::None;
    std::vector<std::string> events; ///< empty if there are none in it
    bool isRebuilt = false; ///< they are no bytes of Okta's; see Rebuilding.h
    bool isBounded = false; ///< there are more than one record may hold
};

/// What one record may hold.
inline constexpr std::size_t mostEventsOfRecord = 100'000;

/// Whether a record that has all that an event needs may be another tool's all the same. Takes next to no time.
bool looksWrapped(std::string_view json);

/// The events in a record: in _source, event.original, message or okta (Elastic), result or _raw (Splunk), detail
/// (Amazon EventBridge), data.events (Okta's event hooks), event, results, records and the like (others). A record that
/// is itself an event is given as it is, without members that Panther added (p_...). None from bytes that are no UTF-8.
Unwrapped unwrap(std::string_view json);

} // namespace octotrail::exchange
