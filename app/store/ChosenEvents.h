// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/RawEvents.h"
#include "store/Store.h"

namespace octotrail::store {

/// Events that somebody has chosen, any number of them, in the order in which they are given. Those that are not in the
/// store (any more) are left out. Waits for the disk: for worker threads.
class ChosenEvents
{
public:
    /// Both outlive this.
    ChosenEvents(Store &store, const std::vector<Seq> &seqs)
        : m_store(store)
        , m_seqs(seqs)
    { }

    event::Result<std::int64_t> count(const std::stop_token &stop) const;
    /// Those that are in the store.
    event::Result<std::vector<Seq>> left(const std::stop_token &stop) const;
    /// As store::forEachRaw().
    event::Status forEachRaw(const std::function<void(std::int64_t total)> &total, const TakeRawEvents &take,
        const std::stop_token &stop) const;
    /// As Store::exportParquet().
    event::Result<std::int64_t> exportParquet(
        const QString &file, const std::vector<std::string> &fields, const std::stop_token &stop) const;

private:
    Store &m_store;
    const std::vector<Seq> &m_seqs;
};

} // namespace octotrail::store
