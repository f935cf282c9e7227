// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/RowOrder.h"

#include "event/Text.h"
#include "ui/models/EventColumns.h"

#include <algorithm>

namespace octotrail::ui {

RowOrder::RowOrder(const store::EventQuery &query)
    : m_descending(query.descending)
{
    if (query.sortPath == "published") {
        return;
    }
    const auto &paths = eventCellPaths(false);
    const auto hit = std::ranges::find(paths, query.sortPath);
    m_kind = hit == paths.end() || query.sortPath == "target" ? Kind::Unknown : Kind::Cell;
    m_cell = static_cast<std::size_t>(hit - paths.begin());
}

RowOrder::Key RowOrder::keyOf(const store::EventRow &row) const
{
    Key key{std::nullopt, row.published, row.seq};
    if (m_kind == Kind::Cell && m_cell < row.cells.size() && !row.cells[m_cell].isNull()) {
        key.text = event::foldCase(row.cells[m_cell].toStdString());
    }
    return key;
}

bool RowOrder::isBefore(const Key &a, const Key &b) const
{
    // No value comes last, whatever the direction.
    if (a.text.has_value() != b.text.has_value()) {
        return a.text.has_value();
    }
    if (a.text != b.text) {
        return m_descending ? *a.text > *b.text : *a.text < *b.text;
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
