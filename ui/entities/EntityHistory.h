// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Entity.h"
#include "ui/events/TimeRangeChoice.h"

#include <vector>

namespace octotrail::ui {

/// A page that was looked at.
struct EntityPlace
{
    store::Entity entity;
    TimeRangeChoice::State time{TimeRangeChoice::Preset::LastWeek, {}, {}};

    bool operator==(const EntityPlace &) const = default;
};

/// The pages that were looked at, one after the other: back and forward as in a browser.
class EntityHistory
{
public:
    void visit(const EntityPlace &place)
    {
        if (!m_places.empty() && m_places[m_at] == place) {
            return;
        }
        if (!m_places.empty()) {
            m_places.resize(m_at + 1);
        }
        m_places.push_back(place);
        if (m_places.size() > maxPlaces) {
            m_places.erase(m_places.begin());
        }
        m_at = m_places.size() - 1;
    }
    bool isEmpty() const { return m_places.empty(); }
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_places.size(); }
    const EntityPlace &back() { return m_places[--m_at]; }
    const EntityPlace &forward() { return m_places[++m_at]; }
    const EntityPlace &current() const { return m_places[m_at]; }

private:
    static constexpr std::size_t maxPlaces = 100;
    std::vector<EntityPlace> m_places;
    std::size_t m_at = 0;
};

} // namespace octotrail::ui
