// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Match.h"
#include "detect/RuleLoader.h"

#include <map>
#include <set>

/// The packs in resources/packs.
namespace packs {

QString folder();
QStringList names();

/// The rules of these packs.
octotrail::detect::RuleSet load(const QStringList &packs);

/// core/impossible-travel for core/impossible-travel.yml.
QString nameOf(const octotrail::detect::Rule &rule);

/// An alert, as the store folds matches into them.
struct Alert
{
    octotrail::detect::RulePtr rule;
    QString title;
    octotrail::event::Timestamp first;
    std::set<std::string> uuids;
};
class Alerts
{
public:
    void add(const std::vector<octotrail::detect::Match> &matches);
    const std::vector<Alert> &all() const { return m_alerts; }

private:
    std::vector<Alert> m_alerts;
    std::map<std::pair<QString, QString>, std::size_t> m_newest; ///< by rule and key
};

} // namespace packs
