// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/MapClusters.h"

#include "ui/events/CellMenu.h"
#include "ui/widgets/PlainText.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal smallest = 6;
constexpr qreal largest = 26;

QString text(const char *words)
{
    return QCoreApplication::translate("Map", words);
}

} // namespace

QString MapCluster::label(const ChartContent &content) const
{
    const auto &first = content.rows[static_cast<std::size_t>(rows.front())];
    if (rows.size() == 1) {
        return first.label;
    }
    const bool one = std::ranges::all_of(
        rows, [&](int row) { return content.rows[static_cast<std::size_t>(row)].country == first.country; });
    return one && !first.country.isEmpty()
        ? text("%1 places in %2").arg(QString::number(rows.size()), singleLine(first.country, 80))
        : text("%1 places, most in %2").arg(QString::number(rows.size()), first.label);
}

QString MapCluster::filter(const ChartContent &content) const
{
    const auto &first = content.rows[static_cast<std::size_t>(rows.front())];
    const auto all = [&](auto same) {
        return std::ranges::all_of(rows, [&](int row) { return same(content.rows[static_cast<std::size_t>(row)]); });
    };
    if (all([&](const ChartContent::Row &row) { return row.filter == first.filter; })) {
        return first.filter;
    }
    if (all([&](const ChartContent::Row &row) { return row.country == first.country; })) {
        return comparisonFor(u"client.geographicalContext.country"_s, first.country, false);
    }
    return {};
}

std::vector<MapCluster> clustersOf(
    const ChartContent &content, const std::function<QPointF(double longitude, double latitude)> &toScreen)
{
    std::vector<MapCluster> clusters;
    const double highest = std::max<double>(1, double(content.highest()));
    // Rows come by count: what is frequent draws what is near it to itself.
    for (int row = 0; row < static_cast<int>(content.rows.size()); ++row) {
        const ChartContent::Row &place = content.rows[static_cast<std::size_t>(row)];
        const QPointF at = toScreen(place.longitude, place.latitude);
        const qreal radius = smallest + (largest - smallest) * std::sqrt(double(place.total) / highest);
        const auto near = std::ranges::find_if(clusters, [&](const MapCluster &cluster) {
            const QPointF way = cluster.center - at;
            return std::hypot(way.x(), way.y()) < cluster.radius + smallest;
        });
        if (near == clusters.end()) {
            clusters.push_back({at, radius, place.total, {row}});
        } else {
            near->count += place.total;
            near->rows.push_back(row);
            near->radius = smallest + (largest - smallest) * std::min(1.0, std::sqrt(double(near->count) / highest));
        }
    }
    std::ranges::stable_sort(clusters, std::greater(), &MapCluster::count);
    return clusters;
}

} // namespace octotrail::ui
