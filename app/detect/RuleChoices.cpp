// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleChoices.h"

#include <algorithm>

namespace octotrail::detect {

namespace {

constexpr std::string_view folderKey = "folders";

std::string packKey(const QString &id)
{
    return "pack/" + id.toStdString();
}

std::string ruleKey(const QString &id)
{
    return "rule/" + id.toStdString();
}

} // namespace

QString RuleChoices::engineName()
{
    return QStringLiteral("rule choices");
}

RuleChoices RuleChoices::fromState(const std::map<std::string, std::string> &state)
{
    RuleChoices choices;
    choices.m_state = state;
    return choices;
}

std::optional<bool> RuleChoices::pack(const QString &id) const
{
    const auto said = m_state.find(packKey(id));
    return said == m_state.end() || said->second.empty() ? std::nullopt : std::optional(said->second == "on");
}

void RuleChoices::setPack(const QString &id, std::optional<bool> on)
{
    if (on) {
        m_state[packKey(id)] = *on ? "on" : "off";
    } else {
        m_state.erase(packKey(id));
    }
}

bool RuleChoices::isRuleOn(const Rule &rule) const
{
    const auto said = m_state.find(ruleKey(rule.id));
    return said == m_state.end() || said->second.empty() ? rule.isOnByDefault : said->second == "on";
}

void RuleChoices::setRule(const Rule &rule, bool on)
{
    if (on == rule.isOnByDefault) {
        m_state.erase(ruleKey(rule.id));
    } else {
        m_state[ruleKey(rule.id)] = on ? "on" : "off";
    }
}

QStringList RuleChoices::folders() const
{
    const auto said = m_state.find(std::string(folderKey));
    return said == m_state.end() ? QStringList()
                                 : QString::fromStdString(said->second).split(u'\n', Qt::SkipEmptyParts);
}

void RuleChoices::setFolders(const QStringList &folders)
{
    if (folders.isEmpty()) {
        m_state.erase(std::string(folderKey));
    } else {
        m_state[std::string(folderKey)] = folders.join(u'\n').toStdString();
    }
}

bool RuleChoices::watches(const Pack &pack, const store::SourceConfig &source) const
{
    if (const auto said = this->pack(pack.id)) {
        return *said;
    }
    if (!pack.isBundled) {
        return pack.isOnByDefault;
    }
    return source.packs.contains(pack.id) || (!source.collects && source.packs.isEmpty() && pack.isOnByDefault);
}

bool RuleChoices::watches(const Pack &pack, const Sources &sources, store::SourceId source) const
{
    const auto known = sources.find(source);
    if (known != sources.end()) {
        return watches(pack, known->second);
    }
    store::SourceConfig removed; // and its events are there
    removed.collects = false;
    return watches(pack, removed);
}

std::map<QString, const Pack *> RuleChoices::owners(const std::vector<Pack> &packs, const Sources &sources) const
{
    std::map<QString, const Pack *> owners;
    for (const bool isOn : {true, false}) {
        for (const Pack &pack : packs) {
            const bool watchesAny = sources.empty()
                ? watches(pack, sources, {})
                : std::ranges::any_of(sources, [&](const auto &source) { return watches(pack, source.second); });
            if (watchesAny == isOn) {
                for (const RulePtr &rule : pack.set.rules) {
                    owners.emplace(rule->id, &pack);
                }
            }
        }
    }
    return owners;
}

} // namespace octotrail::detect
