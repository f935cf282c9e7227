// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"
#include "event/Result.h"
#include "store/Records.h"

#include <functional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace octotrail::store {

class Store;

/// The values that the events which an expression matches have at some paths, straight from the columns: no event is
/// made of them. Any thread; waits for the disk.
class MatchValues
{
public:
    struct Row
    {
        Seq seq = 0;
        SourceId source = 0;
        event::Timestamp published;
        /// For each path; several for members of targets. Views, valid while they are shown.
        std::span<const std::vector<std::string_view>> values;
    };
    using Consume = std::function<void(const Row &row)>;

    /// Paths must have a column: EventSieve::hasColumn().
    MatchValues(Store &store, std::vector<event::FieldPath> paths);

    /// The events of the range that have a time, in no order. false, and nothing shown, if the expression asks for more
    /// than SQL can decide.
    event::Result<bool> forEach(const filter::Expression &expression, const event::TimeRange &range,
        const Consume &consume, const std::stop_token &stop = {}) const;

private:
    Store &m_store;
    std::vector<event::FieldPath> m_paths;
};

} // namespace octotrail::store
