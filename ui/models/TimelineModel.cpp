// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/TimelineModel.h"

#include "ui/widgets/WhenFinished.h"

#include <cstdlib>

namespace octotrail::ui {

TimelineModel::TimelineModel(std::shared_ptr<store::Store> store, const EventResult &result, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_result(result)
    , m_recount(result)
{
    connect(&m_recount, &Recount::due, this, &TimelineModel::count);
    connect(&m_recount, &Recount::outdated, this, [this] {
        m_state = m_result.state() == EventResult::State::Searching ? State::Counting : State::Unknown;
        Q_EMIT changed();
    });
}

void TimelineModel::setSplit(Split split)
{
    if (split != m_split) {
        m_split = split;
        m_recount.restart();
        Q_EMIT changed();
    }
}

void TimelineModel::setTimeDisplay(const TimeDisplay &time)
{
    if (time == m_time) {
        return;
    }
    m_time = time;
    m_recount.restart();
}

void TimelineModel::setMaxBins(int bins)
{
    // Another pixel is no reason to count again.
    if (std::abs(bins - m_maxBins) > m_maxBins / 8) {
        m_maxBins = bins;
        m_recount.restart();
    }
}

void TimelineModel::count()
{
    const Recount::Turn turn = m_recount.begin();
    store::HistogramRequest request;
    request.query = m_result.query();
    request.seqs = m_recount.seqs();
    request.span = request.query.range;
    if (request.span.since && !request.span.until) {
        request.now = event::now();
    }
    request.maxBins = m_maxBins;
    request.zone = m_time.offsets();
    request.path = m_split == Split::Outcome ? "outcome.result" : "severity";
    whenFinished(store::Histogram(*m_store).count(std::move(request), turn.stop), this,
        [this, number = turn.number](event::Result<store::HistogramData> data) {
            if (m_recount.end(number)) {
                take(std::move(data));
            }
        });
}

void TimelineModel::take(event::Result<store::HistogramData> data)
{
    if (!data && data.error().kind != event::ErrorKind::Cancelled) {
        m_error = data.error();
        m_state = State::Failed;
    }
    if (data) {
        m_data = std::move(*data);
        m_state = State::Ready;
    }
    Q_EMIT changed();
}

} // namespace octotrail::ui
