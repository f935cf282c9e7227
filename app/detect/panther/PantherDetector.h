// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Detector.h"
#include "detect/RuleLoader.h"
#include "detect/panther/PantherRules.h"

#include <functional>

namespace octotrail::detect::panther {

/// Adds the rules of a folder in Panther's format to a set, and what could not be read of it. Rules that their author
/// has not enabled, and signals, do not raise.
void addRules(const QString &folder, RuleSet &set);
/// The same with a folder that was read before.
void addRules(const std::shared_ptr<const Folder> &folder, RuleSet &set);

/// Runs rules of one folder in Panther's format. What goes wrong in them is a match of a rule of its own, so that the
/// analyst is told which rule, and why, where alerts are told.
class PantherDetector : public Detector
{
public:
    using Watches = std::function<bool(const detect::Rule &rule, store::SourceId source)>;
    using Sources = std::map<store::SourceId, store::SourceConfig>;

    /// All rules are of this folder. The process is started with the first event.
    PantherDetector(
        std::shared_ptr<const Folder> folder, std::vector<RulePtr> rules, Watches watches, Sources sources = {});
    ~PantherDetector() override;

    void process(const std::vector<EventRef> &events, std::vector<Match> &matches) override;
    std::map<std::string, std::string> takeChangedState() override;
    void restore(const std::map<std::string, std::string> &state) override;

private:
    bool start(const EventRef &event, std::vector<Match> &matches);
    Match trouble(const EventRef &event, const QString &ruleId, const QString &title, const QString &text) const;
    void tellFaults(const std::vector<Fault> &faults, const EventRef &event, std::vector<Match> &matches) const;
    std::optional<Match> matchOf(const Hit &hit, const EventRef &event) const;

    std::shared_ptr<const Folder> m_folder;
    std::map<QString, RulePtr> m_rules; ///< by id
    Watches m_watches;
    Sources m_sources; ///< by which rules know them
    std::string m_prefix; ///< of its keys in the state
    std::map<std::string, std::string> m_state;
    std::map<std::string, std::string> m_changes;
    std::unique_ptr<PantherRules> m_host;
    bool m_failed = false; ///< it could not be started
    RulePtr m_trouble; ///< the rule of its own
};

} // namespace octotrail::detect::panther
