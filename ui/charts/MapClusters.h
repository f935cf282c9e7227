// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartContent.h"

#include <QPointF>
#include <QString>
#include <functional>
#include <vector>

namespace octotrail::ui {

/// Places that are so close to each other on the map that they share a circle.
struct MapCluster
{
    QPointF center; ///< on the screen
    qreal radius = 0;
    qint64 count = 0;
    std::vector<int> rows; ///< of the chart's content, the most frequent first

    /// "Berlin, Germany", or how many places there are.
    QString label(const ChartContent &content) const;
    /// What finds its events: city and country if it is one place, the country if all are in one; else empty.
    QString filter(const ChartContent &content) const;
};

/// toScreen gives the point of a longitude and latitude. The largest first.
std::vector<MapCluster> clustersOf(
    const ChartContent &content, const std::function<QPointF(double longitude, double latitude)> &toScreen);

} // namespace octotrail::ui
