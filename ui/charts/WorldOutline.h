// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainterPath>

namespace octotrail::ui {

/// Land and borders of the world in degrees, north up: x is the longitude, y the latitude turned round. From the
/// bundled outlines (resources/map), read once.
struct WorldOutline
{
    QPainterPath land;
    QPainterPath borders;

    static const WorldOutline &get();
};

} // namespace octotrail::ui
