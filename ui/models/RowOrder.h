// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <QString>
#include <optional>

namespace octotrail::ui {

/// The order of a query's result, as the store makes it, for deciding where a new event belongs.
class RowOrder
{
public:
    /// What rows are compared by.
    struct Key
    {
        QString text; ///< of the path that is sorted by; null if there is no value, or if that is published
        std::optional<event::Timestamp> published;
        store::Seq seq = 0;
    };

    RowOrder() = default;
    explicit RowOrder(const store::EventQuery &query);

    bool isByPublished() const { return m_cell < 0; }
    bool isDescending() const { return m_descending; }
    Key keyOf(const store::EventRow &row) const;
    /// Whether a comes before b.
    bool isBefore(const Key &a, const Key &b) const;

private:
    int m_cell = -1; ///< index into a row's cells; -1 for published
    bool m_descending = true;
};

} // namespace octotrail::ui
