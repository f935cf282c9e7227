// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/DetectorSet.h"

#include "detect/panther/PantherDetector.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

std::vector<RulePtr> nativeOnes(const std::vector<RulePtr> &rules)
{
    std::vector<RulePtr> native;
    std::ranges::copy_if(rules, std::back_inserter(native), [](const RulePtr &rule) { return !rule->python(); });
    return native;
}

} // namespace

DetectorSet::DetectorSet(std::vector<RulePtr> rules, const SigmaDetector::Watches &watches,
    const std::map<store::SourceId, store::SourceConfig> &sources)
    : m_native(nativeOnes(rules), watches)
{
    std::vector<std::shared_ptr<const panther::Folder>> folders; // in the rules' order
    for (const RulePtr &rule : rules) {
        if (rule->python() && rule->raises && std::ranges::find(folders, rule->python()->folder) == folders.end()) {
            folders.push_back(rule->python()->folder);
        }
    }
    for (const auto &folder : folders) {
        std::vector<RulePtr> its;
        std::ranges::copy_if(rules, std::back_inserter(its),
            [&](const RulePtr &rule) { return rule->python() && rule->raises && rule->python()->folder == folder; });
        m_others.push_back(std::make_unique<panther::PantherDetector>(folder, std::move(its), watches, sources));
    }
}

DetectorSet::~DetectorSet() = default;

void DetectorSet::process(const std::vector<EventRef> &events, std::vector<Match> &matches)
{
    m_native.process(events, matches);
    for (const auto &other : m_others) {
        other->process(events, matches);
    }
}

std::map<std::string, std::string> DetectorSet::takeChangedState()
{
    auto changes = m_native.takeChangedState();
    for (const auto &other : m_others) {
        changes.merge(other->takeChangedState());
    }
    return changes;
}

void DetectorSet::restore(const std::map<std::string, std::string> &state)
{
    m_native.restore(state);
    for (const auto &other : m_others) {
        other->restore(state);
    }
}

} // namespace octotrail::detect
