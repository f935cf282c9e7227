// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <optional>
#include <string>

namespace octotrail::ui {

/// The order of a query's result, as the store makes it, for deciding where a new event belongs.
class RowOrder
{
public:
    /// What rows are compared by.
    struct Key
    {
        /// Of the path that is sorted by, in one case; absent if there is no value, or if that is published.
        std::optional<std::string> text;
        std::optional<event::Timestamp> published;
        store::Seq seq = 0;
    };

    RowOrder() = default;
    explicit RowOrder(const store::EventQuery &query);

    bool isByPublished() const { return m_kind == Kind::Published; }
    /// Whether the cells of a row tell its place. The summary of targets does not.
    bool isKnownFromCells() const { return m_kind != Kind::Unknown; }
    bool isDescending() const { return m_descending; }
    Key keyOf(const store::EventRow &row) const;
    /// Whether a comes before b.
    bool isBefore(const Key &a, const Key &b) const;

private:
    enum class Kind { Published, Cell, Unknown };
    Kind m_kind = Kind::Published;
    std::size_t m_cell = 0; ///< index into a row's cells
    bool m_descending = true;
};

} // namespace octotrail::ui
