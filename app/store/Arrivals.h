// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace octotrail::store {

class Store;

/// The store's events in the order of their arrival, for who goes on from where he was. Any thread; waits for the disk.
class Arrivals
{
public:
    explicit Arrivals(std::shared_ptr<Store> store);

    /// The newest event's seq; 0 if there is none.
    event::Result<Seq> newest(const std::stop_token &stop = {}) const;

    /// The events that came after this one, in their order, with their bytes: so many at most.
    event::Result<std::vector<StoredEvent>> after(Seq seq, std::size_t most, const std::stop_token &stop = {}) const;

private:
    std::shared_ptr<Store> m_store;
};

} // namespace octotrail::store
