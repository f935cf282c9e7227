// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartReader.h"

#include "ui/entities/EntityText.h"
#include "ui/events/CellMenu.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <numeric>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestLabel = 120;
constexpr int mostPlaces = 2000;
constexpr int layers = 6;

ChartContent::Layer layerOf(const QString &path, const QString &value)
{
    // A source is no field of an event: no filter asks for it.
    return {value.isEmpty() ? ChartReader::tr("none") : singleLine(value, longestLabel), value,
        path == u"source"_s ? QString() : comparisonFor(chartFilterPath(path), value, false)};
}

ChartContent::Layer otherLayer()
{
    return {ChartReader::tr("others"), {}, {}};
}

ChartContent barsOf(const ChartSpec &spec, const store::ChartCounts &counts)
{
    ChartContent content;
    content.spec = spec;
    content.distinct = counts.distinct + (counts.missing > 0 ? 1 : 0);
    content.missing = counts.missing;
    bool others = false;
    for (const std::string &value : counts.stacks) {
        content.layers.push_back(layerOf(spec.stack, decoded(value)));
    }
    for (const store::ChartCounts::Bar &bar : counts.bars) {
        const ChartContent::Layer layer = layerOf(spec.path, decoded(bar.value));
        content.rows.push_back({layer.label, layer.filter, {}, bar.total, {bar.parts.begin(), bar.parts.end()}});
        content.rows.back().value = layer.value;
        content.total += bar.total;
        others = others || (!bar.parts.empty() && bar.parts.back() > 0);
        content.severalValues
            = content.severalValues || std::accumulate(bar.parts.begin(), bar.parts.end(), std::int64_t{0}) > bar.total;
    }
    if (others) {
        content.layers.push_back(otherLayer());
    }
    return content;
}

ChartContent timeOf(const ChartSpec &spec, const store::HistogramData &data, const TimeDisplay &time, bool divided)
{
    ChartContent content;
    content.spec = spec;
    content.start = data.start;
    content.total = data.total;
    content.missing = data.timeless;
    content.severalValues = data.severalValues;
    std::vector<std::int64_t> others = data.others;
    std::size_t told = 0;
    for (const auto &series : data.series) {
        if (divided && told < layers) {
            content.layers.push_back(layerOf(spec.path, decoded(series.value)));
            ++told;
        } else {
            others.resize(static_cast<std::size_t>(data.bins));
            for (std::size_t bin = 0; bin < others.size(); ++bin) {
                others[bin] += series.counts[bin];
            }
        }
    }
    if (divided && !others.empty()) {
        content.layers.push_back(otherLayer());
    }
    for (int bin = 0; bin < data.bins; ++bin) {
        const auto at = static_cast<std::size_t>(bin);
        ChartContent::Row row{time.seconds(data.startOf(bin)), {}, data.rangeOf(bin), data.countOf(bin), {}};
        for (std::size_t i = 0; divided && i < told; ++i) {
            row.parts.push_back(data.series[i].counts[at]);
        }
        if (divided && !others.empty()) {
            row.parts.push_back(others[at]);
        }
        content.rows.push_back(std::move(row));
    }
    return content;
}

ChartContent mapOf(const ChartSpec &spec, const store::Places &places)
{
    ChartContent content;
    content.spec = spec;
    content.total = places.located;
    content.distinct = places.distinct;
    content.missing = places.total - places.located;
    for (const store::Place &place : places.places) {
        const QString city = decoded(place.city);
        const QString country = decoded(place.country);
        QStringList names;
        for (const QString &name : {city, country}) {
            if (!name.isEmpty()) {
                names << singleLine(name, longestLabel);
            }
        }
        ChartContent::Row row;
        row.label = names.isEmpty() ? ChartReader::tr("%1, %2").arg(place.latitude).arg(place.longitude)
                                    : names.join(u", "_s);
        row.filter = joinedFilters(comparisonFor(u"client.geographicalContext.city"_s, city, false),
            comparisonFor(u"client.geographicalContext.country"_s, country, false));
        row.total = place.count;
        row.latitude = place.latitude;
        row.longitude = place.longitude;
        row.country = country;
        content.rows.push_back(std::move(row));
    }
    return content;
}

} // namespace

ChartReader::ChartReader(std::shared_ptr<store::Store> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{ }

ChartReader::~ChartReader()
{
    m_stop.request_stop();
}

void ChartReader::stop()
{
    m_stop.request_stop();
    ++m_job;
    m_counting = false;
}

template <class T, class Make>
void ChartReader::take(const QFuture<event::Result<T>> &future, Make make)
{
    whenFinished(future, this, [this, job = m_job, make = std::move(make)](const event::Result<T> &result) {
        if (job != m_job) {
            return;
        }
        m_counting = false;
        m_took = std::chrono::milliseconds(m_clock.elapsed());
        if (result) {
            Q_EMIT counted(make(*result));
        } else if (result.error().kind != event::ErrorKind::Cancelled) {
            Q_EMIT failed(result.error());
        }
    });
}

void ChartReader::countTime(const Question &question)
{
    store::HistogramRequest request;
    request.query = question.query;
    request.seqs = question.seqs;
    request.span = question.query.range;
    if (request.span.since && !request.span.until) {
        request.now = event::now();
    }
    request.maxBins = question.bins;
    request.zone = question.time.offsets();
    const bool divided = !question.spec.path.isEmpty();
    if (divided) {
        request.path = question.spec.path.toStdString();
    }
    take(store::Histogram(*m_store).count(std::move(request), m_stop),
        [spec = question.spec, time = question.time, divided](
            const store::HistogramData &data) { return timeOf(spec, data, time, divided); });
}

void ChartReader::ask(Question question)
{
    stop();
    m_stop = std::stop_source();
    m_counting = true;
    m_clock.start();
    switch (question.spec.kind) {
    case ChartKind::Time:
        countTime(question);
        return;
    case ChartKind::Map:
        take(store::Charts(*m_store).places(std::move(question.query), std::move(question.seqs), mostPlaces, m_stop),
            [spec = question.spec](const store::Places &places) { return mapOf(spec, places); });
        return;
    case ChartKind::Bars:
        break;
    }
    store::ChartRequest request;
    request.query = std::move(question.query);
    request.seqs = std::move(question.seqs);
    request.path = question.spec.path.toStdString();
    request.stack = question.spec.stack.toStdString();
    request.limit = question.spec.limit;
    request.stackLimit = layers;
    take(store::Charts(*m_store).count(std::move(request), m_stop),
        [spec = question.spec](const store::ChartCounts &counts) { return barsOf(spec, counts); });
}

} // namespace octotrail::ui
