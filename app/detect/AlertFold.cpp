// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/AlertFold.h"

#include "detect/Findings.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

constexpr std::size_t maxMembers = 1000;

} // namespace

void AlertFold::add(Match match)
{
    const store::Finding finding = findingOf(match);
    auto &windows = m_windows[{finding.ruleId, finding.dedupKey}];
    Window *window = windows.find(finding);
    if (!window) {
        window = &windows.add(Window(finding));
        window->alert = m_alerts.size();
        m_alerts.push_back({std::move(match), 0, false});
        join(*window, finding);
        return;
    }
    Alert &alert = m_alerts[window->alert];
    if (join(*window, finding) && !match.measure.empty()) {
        alert.match.measure = std::move(match.measure);
        alert.match.context = match.context;
    }
}

/// Whether that changed anything.
bool AlertFold::join(Window &window, const store::Finding &finding)
{
    Alert &alert = m_alerts[window.alert];
    const bool isFirst = alert.matches == 0; // its events are there
    const bool changed = window.join(finding, [&](std::size_t i) {
        // A flood is told by its number; its first events tell what it is.
        if (!isFirst && alert.match.members.size() < maxMembers) {
            alert.match.members.push_back({finding.seqs[i], finding.uuids[i]});
        }
    });
    alert.matches = window.matches;
    alert.isRaised = window.raised;
    alert.match.first = window.first;
    alert.match.last = window.last;
    return changed;
}

std::vector<AlertFold::Alert> AlertFold::take()
{
    std::vector<Alert> alerts = std::move(m_alerts);
    m_alerts.clear();
    m_windows.clear();
    std::erase_if(alerts, [](const Alert &alert) { return !alert.isRaised; });
    std::ranges::stable_sort(alerts, {}, [](const Alert &alert) { return alert.match.first; });
    return alerts;
}

std::int64_t AlertFold::raised() const
{
    return std::ranges::count_if(m_alerts, &Alert::isRaised);
}

} // namespace octotrail::detect
