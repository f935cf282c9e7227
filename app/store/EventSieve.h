// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace octotrail::store {

class Store;

/// Goes once through the store's events with many expressions, and tells of each event that any of them matches which
/// ones do. Any thread; waits for the disk.
class EventSieve
{
public:
    struct Known
    {
        event::Timestamp published;
        Seq seq = 0;
    };
    struct Question
    {
        filter::Expression expression;
        bool wantsBytes = false; ///< its events are to come as they were received
        /// Its events, by time, if they are known: it is not asked then.
        std::optional<std::vector<Known>> known{};
    };

    /// Other events come with these fields alone, beside uuid and published; those without a column are left out.
    EventSieve(Store &store, std::vector<Question> questions, std::vector<event::FieldPath> paths);

    /// Whether an event without its bytes can have the field.
    static bool hasColumn(const event::FieldPath &path);

    /// matched are the places of the questions, growing.
    using Consume = std::function<void(const StoredEvent &event, std::span<const std::size_t> matched)>;
    using Progress = std::function<void(double part)>;

    /// The events of the range, oldest first, events of the same time in the order of their arrival.
    event::Status run(const event::TimeRange &range, const Consume &consume, const Progress &progress = {},
        const std::stop_token &stop = {}) const;

private:
    Store &m_store;
    std::vector<Question> m_questions;
    std::vector<event::FieldPath> m_paths;
};

} // namespace octotrail::store
