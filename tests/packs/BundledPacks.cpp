// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "BundledPacks.h"

#include <QDir>
#include <QFileInfo>

namespace packs {

using namespace octotrail;

QString folder()
{
    return QStringLiteral(OCTOTRAIL_PACKS);
}

QStringList names()
{
    return QDir(folder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

detect::RuleSet load(const QStringList &packs)
{
    detect::RuleLoader loader;
    for (const QString &pack : packs) {
        loader.addFolder(folder() + QLatin1Char('/') + pack);
    }
    return loader.link();
}

QString nameOf(const detect::Rule &rule)
{
    const QFileInfo file(rule.file);
    return file.dir().dirName() + QLatin1Char('/') + file.completeBaseName();
}

void Alerts::add(const std::vector<detect::Match> &matches)
{
    for (const detect::Match &match : matches) {
        const auto known = m_newest.find({match.rule->id, match.dedupKey});
        const auto period = match.rule->alert.period;
        if (known == m_newest.end() || match.first >= m_alerts[known->second].first + period) {
            m_newest[{match.rule->id, match.dedupKey}] = m_alerts.size();
            m_alerts.push_back({match.rule, match.title, match.first, {}});
        }
        Alert &alert = m_alerts[m_newest.at({match.rule->id, match.dedupKey})];
        for (const detect::Member &member : match.members) {
            alert.uuids.insert(member.uuid);
        }
    }
}

} // namespace packs
