// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/AlertFold.h"

#include <algorithm>

namespace octotrail::detect {

void AlertFold::add(Match match)
{
    const auto [it, isNew] = m_open.try_emplace({match.rule->id, match.dedupKey}, m_alerts.size());
    const AlertSpec &spec = match.rule->alert;
    if (!isNew) {
        Alert &alert = m_alerts[it->second];
        if (match.first < alert.match.first + spec.period) {
            ++alert.matches;
            alert.isRaised = alert.matches >= spec.threshold;
            alert.match.last = std::max(alert.match.last, match.last);
            const auto isKnown = [&](const Member &member) {
                return std::ranges::find(alert.match.members, member.uuid, &Member::uuid) != alert.match.members.end();
            };
            // A flood is told by its number; its first events tell what it is.
            for (Member &member : match.members) {
                if (alert.match.members.size() < 1000 && !isKnown(member)) {
                    alert.match.members.push_back(std::move(member));
                }
            }
            if (!match.measure.empty()) {
                alert.match.measure = std::move(match.measure);
                alert.match.context = match.context;
            }
            return;
        }
        it->second = m_alerts.size();
    }
    m_alerts.push_back({std::move(match), 1, spec.threshold <= 1});
}

void AlertFold::count(const RulePtr &rule, const QString &key, event::Timestamp time)
{
    Match match;
    match.rule = rule;
    match.dedupKey = key;
    match.first = time;
    match.last = time;
    add(std::move(match));
}

std::vector<AlertFold::Alert> AlertFold::take()
{
    std::vector<Alert> alerts = std::move(m_alerts);
    m_alerts.clear();
    m_open.clear();
    std::erase_if(alerts, [](const Alert &alert) { return !alert.isRaised; });
    std::ranges::stable_sort(alerts, {}, [](const Alert &alert) { return alert.match.first; });
    return alerts;
}

std::int64_t AlertFold::raised() const
{
    return std::ranges::count_if(m_alerts, &Alert::isRaised);
}

} // namespace octotrail::detect
