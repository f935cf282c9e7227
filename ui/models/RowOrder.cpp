// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/RowOrder.h"

#include "ui/models/EventColumns.h"

#include <algorithm>

namespace octotrail::ui {

namespace {

/// Negative if a is less. No value sorts as the store does it: after all others, whatever the direction.
template <class T>
int compare(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

} // namespace

RowOrder::RowOrder(const store::EventQuery &query)
    : m_descending(query.descending)
{
    if (query.sortPath != "published") {
        const auto &paths = eventCellPaths();
        const auto hit = std::ranges::find(paths, query.sortPath);
        Q_ASSERT(hit != paths.end());
        m_cell = static_cast<int>(hit - paths.begin());
    }
}

RowOrder::Key RowOrder::keyOf(const store::EventRow &row) const
{
    const bool hasCell = m_cell >= 0 && static_cast<std::size_t>(m_cell) < row.cells.size();
    return {hasCell ? row.cells[static_cast<std::size_t>(m_cell)] : QString(), row.published, row.seq};
}

bool RowOrder::isBefore(const Key &a, const Key &b) const
{
    if (m_cell >= 0) {
        if (a.text.isNull() != b.text.isNull()) {
            return b.text.isNull();
        }
        // The store compares the bytes of UTF-8, which is the order of code points.
        const int order = compare(a.text.toUtf8(), b.text.toUtf8());
        if (order != 0) {
            return m_descending ? order > 0 : order < 0;
        }
    }
    if (a.published.has_value() != b.published.has_value()) {
        return a.published.has_value();
    }
    if (a.published != b.published) {
        return m_descending ? *a.published > *b.published : *a.published < *b.published;
    }
    return m_descending ? a.seq > b.seq : a.seq < b.seq;
}

} // namespace octotrail::ui
