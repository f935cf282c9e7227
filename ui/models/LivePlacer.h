// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/LiveMatcher.h"
#include "ui/models/RowLoader.h"
#include "ui/models/RowOrder.h"
#include "ui/models/SeqList.h"

#include <QObject>
#include <functional>

namespace octotrail::ui {

/// Finds the places of new events in a sorted result that is known by its seqs alone: a binary search for all of them
/// at once, whose probes are read from the store a round at a time.
class LivePlacer : public QObject
{
    Q_OBJECT

public:
    struct Outcome
    {
        enum class Kind {
            Placed, ///< runs tells where, deferred what belongs further down than the part of the list that is known
            TooMany, ///< searching again costs less
            Lost, ///< rows of the list are not in the store any more
        };
        Kind kind = Kind::Placed;
        std::vector<InsertedRun> runs; ///< ascending by row
        std::vector<LiveRow> deferred;
    };

    explicit LivePlacer(RowLoader &loader, QObject *parent = nullptr);

    bool isBusy() const { return m_busy; }

    /// The list must not change until done is called, but for appending to it. A partial list is one that a search is
    /// still appending to: what belongs behind its first row is deferred.
    void place(const SeqList &list, bool partial, const RowOrder &order, std::vector<LiveRow> rows,
        std::function<void(Outcome)> done);
    /// Forgets what is being placed; done is not called.
    void cancel();

private:
    struct Item
    {
        RowOrder::Key key;
        qint64 low = 0; ///< it belongs at low or later
        qint64 high = 0; ///< and at high or earlier
    };
    void takeKeys(std::vector<RowOrder::Key> keys);
    void probe(std::vector<qint64> rows, std::function<void()> next);
    void takeEnds();
    void search();
    void warm();
    void finish(Outcome::Kind kind);
    /// Loads rows, then goes on in the same job; a failure ends it as Lost.
    void load(std::vector<store::Seq> seqs, std::function<void()> next);

    static constexpr std::size_t maxSearched = 2000; ///< events that are searched for one by one
    static constexpr std::size_t maxWarmed = 128; ///< rows read before they are inserted, so that none comes in blank

    RowLoader &m_loader;
    const SeqList *m_list = nullptr;
    bool m_partial = false;
    RowOrder m_order;
    std::vector<Item> m_items; ///< in their order
    std::vector<LiveRow> m_deferred;
    std::function<void(Outcome)> m_done;
    bool m_busy = false;
    quint64 m_job = 0; ///< tells what comes back for a job that was cancelled
};

} // namespace octotrail::ui
