// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/WorldOutline.h"

#include <QFile>

/// Outside of any namespace, as Qt wants it.
static void initMapResource()
{
    Q_INIT_RESOURCE(map);
}

namespace octotrail::ui {

namespace {

constexpr double degree = 100; ///< the outlines are in hundredths of one

WorldOutline read()
{
    initMapResource();
    WorldOutline outline;
    QFile file(QStringLiteral(":/map/world-110m.txt"));
    if (!file.open(QIODevice::ReadOnly)) {
        return outline;
    }
    while (!file.atEnd()) {
        const QList<QByteArray> words = file.readLine().trimmed().split(' ');
        const bool isLand = words.first() == "L";
        QPainterPath &path = isLand ? outline.land : outline.borders;
        double x = 0;
        double y = 0;
        for (qsizetype i = 1; i + 1 < words.size(); i += 2) {
            x += words[i].toDouble() / degree;
            y -= words[i + 1].toDouble() / degree;
            if (i == 1) {
                path.moveTo(x, y);
            } else {
                path.lineTo(x, y);
            }
        }
        if (isLand) {
            path.closeSubpath();
        }
    }
    return outline;
}

} // namespace

const WorldOutline &WorldOutline::get()
{
    static const WorldOutline outline = read();
    return outline;
}

} // namespace octotrail::ui
