// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Packs.h"
#include "store/Store.h"

#include <map>
#include <optional>

namespace octotrail::store {
class Alerts;
}

namespace octotrail::detect {

/// Which packs and rules the analyst has switched on and off, and which folders of rules were added. They are kept in
/// the case, not in the machine's settings: what a case's alerts were made by belongs to it, and goes with its file.
///
/// A pack is on for the sources that name it (SourceConfig::packs), and for imported archives if it is on by default,
/// unless it is switched on or off for all. Folders of the user's own are on. A rule of a pack that is on is on unless
/// it is switched off, by the analyst or by its author.
class RuleChoices
{
public:
    using Sources = std::map<store::SourceId, store::SourceConfig>;

    /// What the case's state has under engineName.
    static RuleChoices fromState(const std::map<std::string, std::string> &state);
    std::map<std::string, std::string> toState() const { return m_state; }

    std::optional<bool> pack(const QString &id) const;
    /// nullopt: as the sources say.
    void setPack(const QString &id, std::optional<bool> on);
    /// As its author says, unless the analyst has said otherwise.
    bool isRuleOn(const Rule &rule) const;
    void setRule(const Rule &rule, bool on);
    QStringList folders() const;
    void setFolders(const QStringList &folders);

    bool watches(const Pack &pack, const store::SourceConfig &source) const;
    /// Likewise for a source by its number, and for one that was removed.
    bool watches(const Pack &pack, const Sources &sources, store::SourceId source) const;
    /// Which pack's rule counts, by the rule's id, where several have one with the same: the first pack's that watches
    /// anything, so that whoever switches a pack off may have changed copies of its rules in a folder.
    std::map<QString, const Pack *> owners(const std::vector<Pack> &packs, const Sources &sources) const;

    bool operator==(const RuleChoices &) const = default;

    /// Under which the case keeps them.
    static QString engineName();

private:
    std::map<std::string, std::string> m_state;
};

} // namespace octotrail::detect
