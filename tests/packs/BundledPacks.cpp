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

} // namespace packs
