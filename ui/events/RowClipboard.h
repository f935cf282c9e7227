// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/EventTableModel.h"

#include <QList>
#include <QString>

namespace octotrail::ui {

/// A cell of a CSV file as RFC 4180 has it; one that a spreadsheet would take for a formula gets an apostrophe.
QString csvCell(const QString &text);

/// Rows as CSV with a header, or as lines of cells with tabs between them. columns are logical, in the order wanted.
/// Rows that have not been read are left out.
QString rowsAsCsv(const EventTableModel &model, const QList<int> &rows, const QList<int> &columns);
QString rowsAsText(const EventTableModel &model, const QList<int> &rows, const QList<int> &columns);

/// Rows as a table of GitHub's Markdown.
QString rowsAsMarkdown(const EventTableModel &model, const QList<int> &rows, const QList<int> &columns);

} // namespace octotrail::ui
