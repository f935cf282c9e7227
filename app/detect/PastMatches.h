// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Match.h"
#include "store/EventSieve.h"
#include "store/Store.h"

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

namespace octotrail::detect {

/// The matches that rules have in a store's past. Any thread; waits for the disk.
///
/// What native rules match is found by searches, and of the events found no more is read than titles, keys and
/// correlations ask for. Rules in Python are shown every event.
class PastMatches
{
public:
    /// Told now and then, with the part that is done.
    using Progress = std::function<void(double part)>;
    using Take = std::function<void(Match match)>;

    explicit PastMatches(std::shared_ptr<store::Store> store);

    /// Rules that correlations refer to stand before these, as RuleSet has them. The matches of the native rules come
    /// in the order of time, then those of the others.
    event::Status forEach(const std::vector<RulePtr> &rules, const event::TimeRange &range, const Take &take,
        const Progress &progress = {}, const std::stop_token &stop = {}) const;

private:
    /// The event types that the store has, as long as nothing is added to it. null for none.
    struct Types
    {
        store::Seq newest = -1;
        std::vector<std::string> types;
    };
    event::Result<std::shared_ptr<const Types>> types() const;
    event::Result<filter::Expression> narrowed(const filter::Expression &expression) const;
    event::Status sift(const std::vector<RulePtr> &rules, const event::TimeRange &range, const Take &take,
        const Progress &progress, const std::stop_token &stop) const;
    event::Status showAll(const std::vector<RulePtr> &rules, const event::TimeRange &range, const Take &take,
        const Progress &progress, const std::stop_token &stop) const;

    std::shared_ptr<store::Store> m_store;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const Types> m_types;
};

} // namespace octotrail::detect
