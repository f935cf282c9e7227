// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/EventFlow.h"

#include <QIODevice>

namespace octotrail::exchange {

/// Writes the flow's events as a report, see ReportWriter: HTML of any length, event by event, or PDF, which is laid
/// out as a whole and so holds no more than mostPdfEvents. PDF needs a QGuiApplication, for its fonts.
event::Result<ExportProgress> writeHtmlReport(EventFlow &flow, QIODevice &device);
event::Result<ExportProgress> writePdfReport(EventFlow &flow, QIODevice &device);

inline constexpr qint64 mostPdfEvents = 2000;

} // namespace octotrail::exchange
