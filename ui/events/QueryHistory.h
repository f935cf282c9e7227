// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/TermList.h"
#include "store/Records.h"
#include "ui/events/TimeRangeChoice.h"

#include <QString>
#include <vector>

namespace octotrail::ui {

/// What a filter bar was set to.
struct BarState
{
    QString filter;
    std::vector<filter::TermList::Disabled> disabled; ///< terms that are kept, but not applied
    TimeRangeChoice::State time;
    std::vector<store::SourceId> sources;

    bool operator==(const BarState &) const = default;
};

/// The queries that were looked at, one after the other, with a place among them: back and forward as in a browser.
class QueryHistory
{
public:
    /// Another query is looked at: what lay ahead is forgotten. The same one again changes nothing.
    void visit(const BarState &state);
    bool canGoBack() const { return m_place > 0; }
    bool canGoForward() const { return m_place + 1 < m_states.size(); }
    const BarState &back() { return m_states[--m_place]; }
    const BarState &forward() { return m_states[++m_place]; }

private:
    static constexpr std::size_t maxStates = 200;
    std::vector<BarState> m_states;
    std::size_t m_place = 0;
};

} // namespace octotrail::ui
