// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"

#include <QHash>
#include <QString>

namespace octotrail::exchange {

enum class AlertFormat { Csv, Json };

/// Writes the alerts to a file, replacing it once all is written. Waits: call it from a worker thread.
event::Status exportAlerts(const std::vector<store::Alert> &alerts, const QHash<store::SourceId, QString> &sources,
    AlertFormat format, const QString &file);

} // namespace octotrail::exchange
