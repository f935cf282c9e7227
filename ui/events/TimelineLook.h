// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Histogram.h"
#include "ui/models/TimelineModel.h"
#include "ui/style/Tones.h"

#include <QBrush>
#include <QPalette>
#include <array>

/// What the timeline's bars are made of: values that mean the same share a layer, which has a colour and a pattern.
namespace octotrail::ui::timeline {

/// From the bottom of a bar to its top.
inline constexpr std::array layers{Tone::Bad, Tone::Warning, Tone::Muted, Tone::Good};

/// The layer of a value.
Tone layerOf(const QString &value, TimelineModel::Split split);

struct Layer
{
    Tone tone = Tone::Muted;
    QStringList values; ///< those that occur
    std::int64_t total = 0;
    std::vector<std::int64_t> counts; ///< one for each bin
};

/// In the order of layers; those that nothing is in are left out.
std::vector<Layer> layersOf(const store::HistogramData &data, TimelineModel::Split split);

/// How a layer is filled. Without colour they differ by pattern: full, hatched, dotted, and pale with an edge.
QBrush fill(Tone tone, const QPalette &palette);
/// The layer's edge; invalid if it has none.
QColor edge(Tone tone, const QPalette &palette);

/// A length of time in words: "5 minutes".
QString lengthText(std::chrono::microseconds length);

} // namespace octotrail::ui::timeline
