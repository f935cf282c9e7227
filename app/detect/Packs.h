// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleLoader.h"

#include <QStringList>
#include <vector>

namespace octotrail::detect {

/// Rules that are switched on and off together: a folder with a pack.yml, or a folder of the user's own.
struct Pack
{
    QString id;
    QString title;
    QString description;
    bool isOnByDefault = false;
    bool isBundled = false;
    QString folder;
    RuleSet set; ///< its rules refer to each other only
};

/// Where the packs are that Octotrail brings: beside the installed program, or in the source folder of the build.
/// Empty if they are gone.
QString bundledPacksFolder();

/// The packs that Octotrail brings, Core first.
std::vector<Pack> bundledPacks();

/// Those of the bundled packs that a new source has; without reading their rules.
QStringList defaultPackIds();

/// What is in a folder of the user's: the packs in it (folders with a pack.yml), or else all its rules as one pack,
/// which is on. A rule that one of the others has already is told as a problem.
std::vector<Pack> packsIn(const QString &folder);

} // namespace octotrail::detect
