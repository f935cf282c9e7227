// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/AnnotationRecords.h"
#include "store/Records.h"
#include "ui/models/TimeDisplay.h"

namespace octotrail::ui {

/// What the table says of a row that was read, cell by cell. A value, for any thread.
struct RowText
{
    TimeDisplay time;
    std::size_t furtherCells = 0; ///< where those of further columns begin in a row

    /// As it is shown. annotation: what is noted of the event, nullptr for nothing.
    QString shown(const store::EventRow &row, int column, const store::Annotation *annotation) const;
    /// What a filter compares: the value as it is in the event.
    QString raw(const store::EventRow &row, int column) const;
    QString copied(const store::EventRow &row, int column, const store::Annotation *annotation) const;
};

} // namespace octotrail::ui
