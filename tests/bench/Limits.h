// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace octotrail::bench {

/// What the machine allows, in cells of the rows that it bounds: reading the input from memory, parsing it with
/// simdjson and nothing else, writing as much to the folder's disk as a store has.
void measureLimits(const QString &input, const QString &folder);

} // namespace octotrail::bench
