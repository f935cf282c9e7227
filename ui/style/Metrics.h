// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The grid that every widget is laid out on, in device-independent pixels.
namespace octotrail::ui::metrics {

inline constexpr int Unit = 8;
inline constexpr int HalfUnit = Unit / 2;
inline constexpr int IconSize = 16;
inline constexpr int ControlHeight = 4 * Unit - 2; ///< line edits and buttons
inline constexpr int RowHeight = 3 * Unit + 2; ///< a table's row at the usual font size
inline constexpr int RailWidth = 9 * Unit;
inline constexpr int Radius = 5;

} // namespace octotrail::ui::metrics
