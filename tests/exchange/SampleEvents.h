// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace octotrail::tests {

/// The n-th event of a made-up log: each has a uuid of its own and is published a second after the one before.
QByteArray sampleEvent(int n);
/// Events first to last - 1, a line each.
QByteArray sampleLines(int first, int last);

} // namespace octotrail::tests
