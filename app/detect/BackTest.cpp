// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/BackTest.h"

#include "detect/RuleTester.h"

#include <algorithm>
#include <deque>

namespace octotrail::detect {

namespace {

constexpr std::size_t maxEvents = 100'000;
constexpr std::size_t maxUuids = 500;

} // namespace

BackTest::BackTest(std::shared_ptr<store::Store> store)
    : m_past(std::move(store))
{ }

event::Result<BackTestResult> BackTest::run(const RuleSet &set, const RulePtr &rule, const event::TimeRange &range,
    const std::stop_token &stop, const Progress &progress) const
{
    BackTestResult result;
    AlertFold fold;
    std::deque<std::string> uuids;
    const auto take = [&](Match match) {
        ++result.matches;
        if (result.events.size() < maxEvents) {
            result.events.push_back(match.firedBy);
        } else {
            result.isBounded = true;
        }
        if (!rule->expression()) {
            for (const Member &member : match.members) {
                uuids.push_back(member.uuid);
            }
        }
        while (uuids.size() > maxUuids) {
            uuids.pop_front();
        }
        fold.add(std::move(match));
    };
    if (const auto read = m_past.forEach(closureOf(set, rule), range, take, progress, stop); !read) {
        return tl::unexpected(read.error());
    }
    result.uuids.assign(uuids.begin(), uuids.end());
    std::ranges::sort(result.uuids);
    result.uuids.erase(std::ranges::unique(result.uuids).begin(), result.uuids.end());
    result.alerts = fold.raised();
    return result;
}

event::Result<std::vector<AlertFold::Alert>> BackTest::alerts(const std::vector<RulePtr> &rules,
    const event::TimeRange &range, const std::stop_token &stop, const Progress &progress) const
{
    AlertFold fold;
    const auto take = [&](Match match) { fold.add(std::move(match)); };
    if (const auto read = m_past.forEach(rules, range, take, progress, stop); !read) {
        return tl::unexpected(read.error());
    }
    return fold.take();
}

} // namespace octotrail::detect
