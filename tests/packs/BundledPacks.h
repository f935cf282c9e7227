// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/RuleLoader.h"

/// The packs in resources/packs.
namespace packs {

QString folder();
QStringList names();

/// The rules of these packs.
octotrail::detect::RuleSet load(const QStringList &packs);

/// core/impossible-travel for core/impossible-travel.yml.
QString nameOf(const octotrail::detect::Rule &rule);

} // namespace packs
