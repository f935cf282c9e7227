// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/QueryHistory.h"

namespace octotrail::ui {

void QueryHistory::visit(const BarState &state)
{
    if (!m_states.empty()) {
        if (m_states[m_place] == state) {
            return;
        }
        m_states.resize(m_place + 1);
    }
    m_states.push_back(state);
    if (m_states.size() > maxStates) {
        m_states.erase(m_states.begin());
    }
    m_place = m_states.size() - 1;
}

} // namespace octotrail::ui
