// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

namespace octotrail::store {

/// Reads several events with their bytes at once: those on a screen, those that are chosen.
class EventLookup
{
public:
    explicit EventLookup(Store &store)
        : m_store(store)
    { }

    /// In the order asked for; seqs that are not in the store (any more) are left out.
    QFuture<event::Result<std::vector<StoredEvent>>> events(std::vector<Seq> seqs);

private:
    Store &m_store;
};

} // namespace octotrail::store
