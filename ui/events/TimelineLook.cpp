// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/TimelineLook.h"

#include "ui/events/EventMarks.h"
#include "ui/widgets/PlainText.h"

#include <QCoreApplication>
#include <algorithm>

namespace octotrail::ui::timeline {

using namespace std::chrono_literals;

Tone layerOf(const QString &value, TimelineModel::Split split)
{
    if (split == TimelineModel::Split::Outcome) {
        return outcomeMark(value).tone;
    }
    // Of severities the usual one is what the pale layer is for.
    return value == QStringLiteral("INFO") ? Tone::Good : severityMark(value).tone;
}

std::vector<Layer> layersOf(const store::HistogramData &data, TimelineModel::Split split)
{
    std::vector<Layer> found;
    for (const Tone tone : layers) {
        Layer layer;
        layer.tone = tone;
        layer.counts.resize(static_cast<std::size_t>(data.bins));
        const auto add = [&layer](const std::vector<std::int64_t> &counts) {
            for (std::size_t bin = 0; bin < layer.counts.size() && bin < counts.size(); ++bin) {
                layer.counts[bin] += counts[bin];
                layer.total += counts[bin];
            }
        };
        for (const store::HistogramData::Series &series : data.series) {
            const QString value = singleLine(QString::fromStdString(series.value), 32);
            if (layerOf(value, split) == tone) {
                add(series.counts);
                layer.values << (value.isEmpty() ? QCoreApplication::translate("Timeline", "none") : value);
            }
        }
        if (tone == Tone::Muted && !data.others.empty()) {
            add(data.others);
            layer.values << QCoreApplication::translate("Timeline", "others");
        }
        if (layer.total > 0) {
            found.push_back(std::move(layer));
        }
    }
    return found;
}

QBrush fill(Tone tone, const QPalette &palette)
{
    const QColor color = toneColor(tone, palette);
    switch (tone) {
    case Tone::Bad:
        return color;
    case Tone::Warning:
        return {color, Qt::BDiagPattern};
    case Tone::Good: {
        QColor pale = color;
        pale.setAlphaF(isDark(palette) ? 0.32F : 0.26F);
        return pale;
    }
    default:
        return {color, Qt::Dense5Pattern};
    }
}

QColor edge(Tone tone, const QPalette &palette)
{
    return tone == Tone::Good || tone == Tone::Warning ? toneColor(tone, palette) : QColor();
}

QString lengthText(std::chrono::microseconds length)
{
    const auto text = [](const char *singular, const char *plural, qint64 n) {
        return n == 1 ? QCoreApplication::translate("Timeline", singular)
                      : QCoreApplication::translate("Timeline", plural).arg(n);
    };
    if (length >= 24h) {
        return text("day", "%1 days", length / 24h);
    }
    if (length >= 1h) {
        return text("hour", "%1 hours", length / 1h);
    }
    if (length >= 1min) {
        return text("minute", "%1 minutes", length / 1min);
    }
    if (length >= 1s) {
        return text("second", "%1 seconds", length / 1s);
    }
    return text("millisecond", "%1 milliseconds", length / 1ms);
}

} // namespace octotrail::ui::timeline
