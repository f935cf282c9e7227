// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/ResultFinder.h"

#include <algorithm>
#include <utility>

namespace octotrail::ui {

using store::Seq;

namespace {

constexpr qint64 part = 16384; ///< rows that are looked at together

} // namespace

ResultFinder::ResultFinder(std::shared_ptr<store::Store> store, EventResult &result, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_result(result)
{
    m_again.setSingleShot(true);
    m_again.setInterval(std::chrono::milliseconds(700));
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (m_search && !m_isOther) {
            m_again.start(); // what has only grown is asked again when the answer is there, or there would never be one
        } else {
            start(m_anew);
        }
    });
    const auto again = [this](bool isOther) {
        if (m_active) {
            m_isOther = m_isOther || isOther;
            if (!m_again.isActive()) {
                m_again.start();
            }
        }
    };
    connect(&m_result, &EventResult::inserted, this, [again](qint64, qint64, bool live) {
        if (live) {
            again(false);
        }
    });
    connect(&m_result, &EventResult::wasReset, this, [again] { again(true); });
}

ResultFinder::~ResultFinder() = default;

void ResultFinder::find(const filter::Input &input)
{
    m_input = input;
    m_active = true;
    start(true);
}

void ResultFinder::clear()
{
    endSearch();
    m_again.stop();
    m_active = false;
    m_hits.clear();
    m_before.clear();
    m_count = 0;
    m_failure.clear();
    Q_EMIT changed();
}

void ResultFinder::start(bool anew)
{
    if (!m_active) {
        return;
    }
    endSearch();
    m_isOther = false;
    m_anew = anew;
    m_found = 0;
    m_failure.clear();
    m_before.clear();
    if (anew) {
        m_hits.clear();
        m_count = 0;
    }
    store::EventQuery query = m_result.query();
    if (!m_input.expression.matchesAll()) {
        const filter::NodePtr &root = m_input.expression.root();
        query.expression = query.expression.matchesAll()
            ? m_input.expression
            : filter::Expression(
                std::make_shared<const filter::Node>(filter::Node{filter::And{{query.expression.root(), root}}}));
    }
    query.words.insert(query.words.end(), m_input.words.begin(), m_input.words.end());
    m_search = m_store->search(query);
    connect(m_search.get(), &store::Search::found, this, &ResultFinder::take);
    connect(m_search.get(), &store::Search::finished, this, [this](qint64) {
        endSearch();
        if (!m_anew || m_found == 0) {
            m_hits = std::exchange(m_before, {});
        }
        m_count = m_found;
        Q_EMIT changed();
        if (std::exchange(m_anew, false)) {
            Q_EMIT firstFound();
            Q_EMIT allFound();
        }
    });
    connect(m_search.get(), &store::Search::failed, this, [this](const event::Error &error) {
        endSearch();
        m_anew = false; // whoever waits for the first hits is not taken to those of a later attempt
        m_failure = error.sentence;
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

void ResultFinder::take(const store::SeqsPtr &seqs)
{
    // Of a new question what is found is shown at once; of an old one, when all of it is there.
    const bool first = m_anew && m_found == 0 && !seqs->empty();
    std::vector<bool> &hits = m_anew ? m_hits : m_before;
    for (const Seq seq : *seqs) {
        const auto place = static_cast<std::size_t>(seq);
        if (place >= hits.size()) {
            hits.resize(std::max(place + 1, hits.size() * 2), false);
        }
        hits[place] = true;
    }
    m_found += static_cast<qint64>(seqs->size());
    if (m_anew) {
        m_count = m_found;
        Q_EMIT changed();
    }
    if (first) {
        Q_EMIT firstFound();
    }
}

void ResultFinder::endSearch()
{
    if (m_search) {
        m_search->cancel();
        m_search->disconnect(this);
        m_search.release()->deleteLater(); // we may have been called by one of its signals
    }
}

std::optional<int> ResultFinder::next(int row, int rowCount) const
{
    const auto search = [&](qint64 from, qint64 to) -> std::optional<int> {
        for (qint64 first = from; first < to; first += part) {
            const std::vector<Seq> seqs = m_result.rows().slice(first, std::min(first + part, to) - 1);
            const auto hit = std::ranges::find_if(seqs, [this](Seq seq) { return contains(seq); });
            if (hit != seqs.end()) {
                return static_cast<int>(first + (hit - seqs.begin()));
            }
        }
        return std::nullopt;
    };
    if (m_count == 0 || rowCount == 0) {
        return std::nullopt;
    }
    const auto behind = search(qint64{row} + 1, rowCount);
    return behind ? behind : search(0, std::min<qint64>(qint64{row} + 1, rowCount));
}

std::optional<int> ResultFinder::previous(int row, int rowCount) const
{
    const auto search = [&](qint64 from, qint64 to) -> std::optional<int> {
        for (qint64 last = to; last > from; last -= part) {
            const qint64 first = std::max(from, last - part);
            const std::vector<Seq> seqs = m_result.rows().slice(first, last - 1);
            for (std::size_t i = seqs.size(); i > 0; --i) {
                if (contains(seqs[i - 1])) {
                    return static_cast<int>(first + static_cast<qint64>(i) - 1);
                }
            }
        }
        return std::nullopt;
    };
    if (m_count == 0 || rowCount == 0) {
        return std::nullopt;
    }
    const auto before = search(0, std::clamp<qint64>(row, 0, rowCount));
    return before ? before : search(std::clamp<qint64>(row, 0, rowCount), rowCount);
}

qint64 ResultFinder::countUpTo(int row) const
{
    qint64 count = 0;
    for (qint64 first = 0; first <= row; first += part) {
        const std::vector<Seq> seqs = m_result.rows().slice(first, std::min<qint64>(first + part - 1, row));
        count += std::ranges::count_if(seqs, [this](Seq seq) { return contains(seq); });
    }
    return count;
}

} // namespace octotrail::ui
