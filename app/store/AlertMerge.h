// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"

#include <QFuture>
#include <memory>

namespace octotrail::store {

class Store;

/// An alert with all that belongs to it.
struct WholeAlert
{
    struct Member
    {
        std::string uuid, value; ///< of the event; the unique value that it counts for, or empty
    };
    Alert alert;
    event::Timestamp windowBegin, windowEnd; ///< findings in it join the alert
    std::vector<Member> members;
    std::vector<AlertNote> notes; ///< oldest first
};

struct AlertMergeReport
{
    std::int64_t added = 0;
    std::int64_t changed = 0; ///< that were here, and have something more now
};

/// Takes the alerts of one store into another, with what analysts have made of them.
///
/// May be called from any thread. Futures finish in the store's threads.
class AlertMerge
{
public:
    explicit AlertMerge(std::shared_ptr<Store> store)
        : m_store(std::move(store))
    { }

    /// Raised alerts with an id above that, in the order of their ids; as many at most. Removed ones are left out.
    QFuture<event::Result<std::vector<WholeAlert>>> after(AlertId id, int most) const;

    /// One that is here (of the same rule and key, in a window that overlaps) is not doubled: it gets the events and
    /// notes that it lacks. Whoever has judged it here is right; if nobody has, it gets the other's state and assignee.
    /// One that was removed here stays away. All others are added; detections that find the same again join them.
    /// Nothing of it counts as raised now: nobody is told. In one transaction.
    QFuture<event::Result<AlertMergeReport>> merge(std::vector<WholeAlert> alerts);

private:
    std::shared_ptr<Store> m_store;
};

} // namespace octotrail::store
