// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Importer.h"

#include <QLocale>
#include <chrono>

namespace octotrail::exchange {

/// How far an import is and how fast: "12.4 of 80.0 MB, 81,200 events/s, 12 s left". Speed and time left come once
/// there is enough to tell them from.
QString importPace(const ImportProgress &progress, std::chrono::milliseconds elapsed, const QLocale &locale);

} // namespace octotrail::exchange
