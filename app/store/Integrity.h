// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <QFuture>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace octotrail::store {

class Store;

/// What a verification found.
struct IntegrityReport
{
    std::int64_t events = 0; ///< looked at
    std::int64_t entries = 0; ///< of the chain
    std::int64_t removals = 0; ///< entries that record that events were removed
    std::int64_t recoveries = 0; ///< entries that record what could be saved of damage
    QString head; ///< the chain's newest digest, in hex; empty if the store never had an event
    bool hasExpectedHead = true; ///< whether the chain has the digest that was asked for
    qsizetype flaws = 0;
    QStringList problems; ///< sentences; the first hundred of the flaws
    bool isSound() const { return flaws == 0 && hasExpectedHead; }
};

/// What a store tells of the time when its chain had a certain head.
struct PastCount
{
    bool hasHead = false; ///< the chain has, or had, this head; the rest says nothing if it never did
    bool isChainSound = true; ///< no entry up to that head was changed, added or taken away
    std::int64_t entry = 0; ///< that made it the head
    QString recorded; ///< when
    std::int64_t then = 0; ///< events found of those that were committed by then
    std::int64_t now = 0; ///< events found of all
    bool hasLost = false; ///< events were removed or lost since: what was found then may have been more
};

/// Tells whether what a store holds is what was committed to it.
///
/// Each commit adds an entry to a chain, in the same transaction: the SHA-256 of its events' sources and bytes, and
/// the SHA-256 of that together with the entry before. A removal records what it leaves. So an event that was changed,
/// added, dropped or moved behind Octotrail's back shows; who changes the chain as well changes its newest digest, the
/// head, which is worth noting down elsewhere: a later verification that is told of it finds it in the chain, or not.
class Integrity
{
public:
    explicit Integrity(std::shared_ptr<Store> store)
        : m_store(std::move(store))
    { }

    struct Progress
    {
        std::int64_t events = 0;
        std::int64_t total = 0;
    };
    struct Options
    {
        /// Whether each row is derived again from its event's bytes and compared, and the filters of blocks, too: what
        /// searches go by.
        bool checkColumns = true;
        QString expectedHead; ///< noted down earlier; empty if none was
    };
    /// Reads the whole store, in the calling thread, on a snapshot. Progress is told from that thread.
    event::Result<IntegrityReport> verify(
        const Options &options, const std::function<void(Progress)> &progress, const std::stop_token &stop) const;

    /// How many events of the query were there when the chain had this head, which may be empty: then there were none.
    /// Reads as a search does, in the calling thread, on a snapshot; what verify() is for, this leaves alone.
    event::Result<PastCount> countAt(const QString &head, const EventQuery &query, const std::stop_token &stop) const;

    /// The head; empty if the store never had an event.
    QFuture<event::Result<QString>> head() const;

private:
    std::shared_ptr<Store> m_store;
};

} // namespace octotrail::store
