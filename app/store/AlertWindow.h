// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Text.h"
#include "store/AlertRecords.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>

namespace octotrail::store {

/// What findings of one rule and key make of an alert. This is how findings fold into alerts, stored ones as well as
/// those that would have been.
struct AlertWindow
{
    event::Timestamp begin, end; ///< what begins within belongs to it; first may be earlier
    event::Timestamp first, last; ///< of its events
    AlertSeverity severity = AlertSeverity::Info;
    std::int64_t matches = 0, events = 0, uniques = 0;
    bool raised = false; ///< its threshold was reached
    std::unordered_set<std::string> uuids, values; ///< known to be in it

    AlertWindow() = default;
    /// The one that a finding opens, still without it.
    explicit AlertWindow(const Finding &finding)
        : begin(finding.first)
        , end(finding.first + std::max(finding.dedupPeriod, std::chrono::minutes(1)))
        , first(finding.first)
        , last(finding.last)
        , severity(finding.severity)
    { }

    /// Takes a finding in and tells the places of those of its events that are new here. false: all were here, and
    /// nothing has changed.
    template <class Tell>
    bool join(const Finding &finding, Tell tell)
    {
        std::int64_t added = 0;
        for (std::size_t i = 0; i < finding.uuids.size(); ++i) {
            if (uuids.insert(finding.uuids[i]).second) {
                ++added;
                tell(i);
            }
        }
        if (added == 0 && !finding.uuids.empty()) {
            return false;
        }
        ++matches;
        events += added;
        if (finding.uniqueValue && values.insert(event::toValidUtf8(*finding.uniqueValue)).second) {
            ++uniques;
        }
        first = std::min(first, finding.first);
        last = std::max(last, finding.last);
        severity = std::max(severity, finding.severity);
        raised = raised || (finding.uniqueValue ? uniques : matches) >= finding.threshold;
        return true;
    }
};

/// The windows of one rule and key. Window is an AlertWindow; its place in memory stays.
template <class Window>
class AlertWindows
{
public:
    Window &add(Window window)
    {
        m_longest = std::max(m_longest, window.end - window.begin);
        const event::Timestamp begin = window.begin;
        return m_byBegin.emplace(begin, std::move(window))->second;
    }

    /// The window that a finding belongs to: the newest that it begins in, or else one that begins within its period,
    /// to which it comes late. null: it opens one.
    Window *find(const Finding &finding)
    {
        const auto next = m_byBegin.upper_bound(finding.first);
        for (auto it = next; it != m_byBegin.begin();) {
            --it;
            if (finding.first < it->second.end) {
                return &it->second;
            }
            if (it->first + m_longest <= finding.first) {
                break;
            }
        }
        return next != m_byBegin.end() && finding.first + finding.dedupPeriod > next->first ? &next->second : nullptr;
    }

    /// Shows all of them, the earliest first.
    template <class Visit>
    void forEach(Visit visit)
    {
        for (auto &[begin, window] : m_byBegin) {
            visit(window);
        }
    }

private:
    std::multimap<event::Timestamp, Window> m_byBegin;
    std::chrono::microseconds m_longest{0};
};

} // namespace octotrail::store
