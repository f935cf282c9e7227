// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/ChartContent.h"

#include "ui/entities/EntityText.h"
#include "ui/models/FacetModel.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

QString text(const char *words)
{
    return QCoreApplication::translate("Charts", words);
}

} // namespace

qint64 ChartContent::highest() const
{
    qint64 found = 0;
    for (const Row &row : rows) {
        found = std::max(found, row.total);
    }
    return found;
}

QString ChartContent::note() const
{
    const QLocale locale;
    QStringList parts;
    const auto shown = static_cast<qint64>(rows.size());
    if (spec.kind != ChartKind::Time && distinct > shown) {
        parts << (spec.kind == ChartKind::Map ? text("%1 of %2 places") : text("The %1 most frequent of %2 values"))
                     .arg(locale.toString(shown), locale.toString(distinct));
    }
    if (missing > 0) {
        const char *words = spec.kind == ChartKind::Time ? "%1 events without a time"
            : spec.kind == ChartKind::Map                ? "%1 events without coordinates"
                                                         : "%1 events without a value";
        parts << text(words).arg(locale.toString(missing));
    }
    if (severalValues) {
        parts << text("events with several values count for each of them");
    }
    return parts.join(u" \u00b7 "_s);
}

QString ChartContent::filterOf(int row, int layer) const
{
    const Row &chosen = rows.at(static_cast<std::size_t>(row));
    if (layer < 0 || layer >= static_cast<int>(layers.size())) {
        return chosen.filter;
    }
    return joinedFilters(chosen.filter, layers[static_cast<std::size_t>(layer)].filter);
}

QString ChartContent::sourceOf(int row, int layer) const
{
    const QString &divided = spec.kind == ChartKind::Time ? spec.path : spec.stack;
    if (spec.kind == ChartKind::Bars && spec.path == u"source"_s) {
        return rows.at(static_cast<std::size_t>(row)).value;
    }
    const bool isLayer = layer >= 0 && layer < static_cast<int>(layers.size());
    return divided == u"source"_s && isLayer ? layers[static_cast<std::size_t>(layer)].value : QString();
}

QString chartFilterPath(const QString &path)
{
    return path == u"target"_s ? u"target.alternateId"_s : path;
}

QString chartTitle(const ChartSpec &spec)
{
    const auto caption = [](const QString &path) { return FacetModel::caption(path); };
    switch (spec.kind) {
    case ChartKind::Map:
        return text("Client locations");
    case ChartKind::Time:
        return spec.path.isEmpty() ? text("Events over time") : text("%1 over time").arg(caption(spec.path));
    case ChartKind::Bars:
        break;
    }
    return spec.stack.isEmpty() ? caption(spec.path) : text("%1 by %2").arg(caption(spec.path), caption(spec.stack));
}

} // namespace octotrail::ui
