// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/EventFlow.h"

#include <QIODevice>

namespace octotrail::exchange {

/// Writes the flow's events as a report, see ReportWriter, event by event: HTML of any length, or a PDF of no more than
/// mostPdfEvents, which nobody would print or turn the pages of. PDF needs a QGuiApplication, for its fonts.
event::Result<ExportProgress> writeHtmlReport(EventFlow &flow, QIODevice &device);
event::Result<ExportProgress> writePdfReport(EventFlow &flow, QIODevice &device);

inline constexpr qint64 mostPdfEvents = 10'000;

} // namespace octotrail::exchange
