// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace octotrail::bench {

/// A kind of event and what its events look like.
struct EventType
{
    const char *name;
    const char *message;
    int weight; ///< how often, against the others
    const char *severity = "INFO";
    const char *success = "SUCCESS";
    const char *failure = "FAILURE";
    double failing = 0.01;
    bool app = false; ///< its targets are an application and its user
    bool factor = false; ///< a second factor was used
    bool risk = false; ///< carries Okta's judgement
    bool device = false;
    bool other = false; ///< done to somebody else
    const char *legacy = nullptr;
    const char *uri = "/api/v1/authn";
};

std::span<const EventType> eventTypes();
/// The type that a random number stands for, by weight.
std::size_t typeFor(std::uint64_t random);

} // namespace octotrail::bench
