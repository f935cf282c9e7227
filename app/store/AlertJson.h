// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/AlertRecords.h"

#include <QString>
#include <string>

namespace octotrail::store {

/// "info", "low", ... and "open", "acknowledged", ...: as files and payloads have them.
QString severityName(AlertSeverity severity);
QString stateName(AlertState state);

/// The alert as a JSON object on one line: rule, severity, state, times, actor, tags, counts, texts and context.
std::string alertJson(const Alert &alert, const QString &sourceName);

} // namespace octotrail::store
