// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/LivePlacer.h"

#include <algorithm>

namespace octotrail::ui {

using store::Seq;

LivePlacer::LivePlacer(RowLoader &loader, QObject *parent)
    : QObject(parent)
    , m_loader(loader)
{ }

void LivePlacer::place(const SeqList &list, bool partial, const RowOrder &order, std::vector<LiveRow> rows,
    std::function<void(Outcome)> done)
{
    Q_ASSERT(!m_busy);
    m_busy = true;
    ++m_job;
    m_list = &list;
    m_partial = partial;
    m_order = order;
    m_deferred.clear();
    m_done = std::move(done);

    if (order.isByPublished()) {
        std::vector<RowOrder::Key> keys;
        keys.reserve(rows.size());
        for (const LiveRow &row : rows) {
            keys.push_back({std::nullopt, row.published, row.seq});
        }
        takeKeys(std::move(keys));
        return;
    }
    if (rows.size() > maxSearched || !order.isKnownFromCells()) {
        finish(Outcome::Kind::TooMany);
        return;
    }
    std::vector<Seq> seqs;
    seqs.reserve(rows.size());
    for (const LiveRow &row : rows) {
        seqs.push_back(row.seq);
    }
    load(seqs, [this, seqs] {
        std::vector<RowOrder::Key> keys;
        for (const Seq seq : seqs) {
            if (const store::EventRow *row = m_loader.find(seq)) {
                keys.push_back(m_order.keyOf(*row));
            }
        }
        takeKeys(std::move(keys));
    });
}

void LivePlacer::cancel()
{
    ++m_job;
    m_busy = false;
    m_items.clear();
    m_done = nullptr;
}

void LivePlacer::takeKeys(std::vector<RowOrder::Key> keys)
{
    std::ranges::sort(keys, [this](const auto &a, const auto &b) { return m_order.isBefore(a, b); });
    m_items.clear();
    m_items.reserve(keys.size());
    for (RowOrder::Key &key : keys) {
        m_items.push_back({std::move(key), 0, m_list->size()});
    }
    if (m_list->isEmpty()) {
        warm();
        return;
    }
    // Most new events belong before the first row or behind the last one.
    probe({0, m_list->size() - 1}, [this] { takeEnds(); });
}

void LivePlacer::probe(std::vector<qint64> rows, std::function<void()> next)
{
    std::vector<Seq> seqs;
    seqs.reserve(rows.size());
    for (const qint64 row : rows) {
        seqs.push_back(m_list->at(row));
    }
    load(std::move(seqs), std::move(next));
}

void LivePlacer::takeEnds()
{
    const store::EventRow *first = m_loader.find(m_list->at(0));
    if (!first) {
        finish(Outcome::Kind::Lost);
        return;
    }
    const RowOrder::Key head = m_order.keyOf(*first);
    // The last row of a partial list is not the last one any more when the search has gone on.
    const store::EventRow *last = m_partial ? nullptr : m_loader.find(m_list->at(m_list->size() - 1));
    if (!last && !m_partial) {
        finish(Outcome::Kind::Lost);
        return;
    }
    std::size_t searched = 0;
    for (Item &item : m_items) {
        if (m_order.isBefore(item.key, head)) {
            item.high = 0;
        } else if (m_partial) {
            m_deferred.push_back({item.key.seq, item.key.published});
        } else if (m_order.isBefore(m_order.keyOf(*last), item.key)) {
            item.low = item.high;
        } else {
            item.low = 1;
            ++searched;
        }
    }
    if (m_partial) {
        std::erase_if(m_items, [](const Item &item) { return item.high != 0; });
    }
    if (searched > maxSearched) {
        finish(Outcome::Kind::TooMany);
        return;
    }
    search();
}

void LivePlacer::search()
{
    std::vector<qint64> middles;
    for (const Item &item : m_items) {
        if (item.low < item.high) {
            middles.push_back(item.low + (item.high - item.low) / 2);
        }
    }
    if (middles.empty()) {
        warm();
        return;
    }
    const auto tail = std::ranges::unique(middles); // ascending already, as the items are
    middles.erase(tail.begin(), tail.end());
    probe(std::move(middles), [this] {
        for (Item &item : m_items) {
            if (item.low >= item.high) {
                continue;
            }
            const qint64 middle = item.low + (item.high - item.low) / 2;
            const store::EventRow *row = m_loader.find(m_list->at(middle));
            if (!row) {
                finish(Outcome::Kind::Lost);
                return;
            }
            if (m_order.isBefore(item.key, m_order.keyOf(*row))) {
                item.high = middle;
            } else {
                item.low = middle + 1;
            }
        }
        search();
    });
}

void LivePlacer::warm()
{
    std::vector<Seq> seqs;
    const std::size_t count = m_items.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (i < maxWarmed / 2 || i + maxWarmed / 2 >= count) {
            seqs.push_back(m_items[i].key.seq);
        }
    }
    load(std::move(seqs), [this] { finish(Outcome::Kind::Placed); });
}

void LivePlacer::finish(Outcome::Kind kind)
{
    Outcome outcome;
    outcome.kind = kind;
    if (kind == Outcome::Kind::Placed) {
        for (const Item &item : m_items) {
            if (outcome.runs.empty() || outcome.runs.back().row != item.low) {
                outcome.runs.push_back({item.low, {}});
            }
            outcome.runs.back().seqs.push_back(item.key.seq);
        }
        outcome.deferred = std::move(m_deferred);
    }
    m_items.clear();
    m_deferred.clear();
    m_busy = false;
    const auto done = std::exchange(m_done, nullptr);
    done(std::move(outcome));
}

void LivePlacer::load(std::vector<Seq> seqs, std::function<void()> next)
{
    m_loader.load(std::move(seqs), this, [this, job = m_job, next = std::move(next)](const event::Status &status) {
        if (job != m_job) {
            return;
        }
        if (!status) {
            finish(Outcome::Kind::Lost);
            return;
        }
        next();
    });
}

} // namespace octotrail::ui
