// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Match.h"

#include <map>
#include <string>
#include <vector>

namespace octotrail::detect {

/// What finds matches in events: the native rules, or a host of rules in another language. It is given all events, in
/// the order of their arrival, by one thread.
class Detector
{
public:
    virtual ~Detector() = default;
    Detector() = default;
    Detector(const Detector &) = delete;
    Detector &operator=(const Detector &) = delete;

    /// Looks at events in their order and adds what it finds.
    virtual void process(const std::vector<EventRef> &events, std::vector<Match> &matches) = 0;

    /// What has changed since the last call of what it has to remember, by key; an empty text removes. It is stored in
    /// one transaction with the matches of the events since then.
    virtual std::map<std::string, std::string> takeChangedState() = 0;
    /// Brings back what was remembered; before the first event. What does not belong to it is left alone.
    virtual void restore(const std::map<std::string, std::string> &state) = 0;
};

} // namespace octotrail::detect
