// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/NewValues.h"

#include "ui/entities/RecentPart.h"
#include "ui/events/CellMenu.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int valuesCompared = 2000; ///< the latest: what is new is among them
constexpr qsizetype longestLabel = 120;
constexpr std::size_t valueColumn = 0;
constexpr std::size_t countColumn = 1;
constexpr std::size_t firstColumn = 2;

NewValues::Answer answerOf(const NewValues::Question &question, const store::PivotResult &groups)
{
    NewValues::Answer answer;
    answer.content.spec = question.spec;
    const auto &since = question.query.range.since;
    if (!groups.first) {
        return answer;
    }
    answer.isChosen = since && *groups.first < *since;
    answer.since = answer.isChosen ? since : recentPart(*groups.first, *groups.last);
    if (!answer.since) {
        return answer;
    }
    for (std::int64_t row = 0; row < groups.table.rowCount(); ++row) {
        const auto cell = [&](std::size_t column) { return groups.table.cell(static_cast<std::size_t>(row), column); };
        const QString value = cell(valueColumn);
        const auto first = event::parseTimestamp(cell(firstColumn).toStdString());
        if (value.isEmpty() || !first || *first < *answer.since) {
            continue;
        }
        ChartContent::Row bar;
        bar.label = singleLine(value, longestLabel);
        bar.filter = comparisonFor(chartFilterPath(question.spec.path), value, false);
        bar.total = cell(countColumn).toLongLong();
        answer.content.total += bar.total;
        answer.content.rows.push_back(std::move(bar));
    }
    answer.content.distinct = static_cast<qint64>(answer.content.rows.size());
    std::ranges::stable_sort(answer.content.rows, std::greater(), &ChartContent::Row::total);
    if (answer.content.rows.size() > static_cast<std::size_t>(question.spec.limit)) {
        answer.content.rows.resize(static_cast<std::size_t>(question.spec.limit));
    }
    return answer;
}

} // namespace

NewValues::NewValues(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{ }

NewValues::~NewValues()
{
    m_stop.request_stop();
}

void NewValues::stop()
{
    m_stop.request_stop();
    ++m_job;
}

void NewValues::ask(const Question &question)
{
    stop();
    m_stop = std::stop_source();
    m_clock.start();
    store::PivotRequest request;
    request.query = question.query;
    request.query.range.since.reset(); // what was before tells what is new
    request.groupBy = {question.spec.path.toStdString()};
    request.order = store::PivotRequest::Order::LatestFirst;
    request.limit = valuesCompared;
    whenFinished(store::Pivot(*m_store).group(std::move(request), m_stop), this,
        [this, job = m_job, question](const event::Result<store::PivotResult> &groups) {
            if (job != m_job) {
                return;
            }
            m_took = std::chrono::milliseconds(m_clock.elapsed());
            if (groups) {
                Q_EMIT found(answerOf(question, *groups));
            } else if (groups.error().kind != event::ErrorKind::Cancelled) {
                Q_EMIT failed(groups.error());
            }
        });
}

} // namespace octotrail::ui
