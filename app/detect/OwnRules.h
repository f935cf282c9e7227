// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Packs.h"
#include "detect/RuleDraft.h"
#include "detect/panther/PantherFolder.h"
#include "store/Documents.h"

#include <optional>
#include <vector>

namespace octotrail::detect {

/// A rule that the analyst wrote, as the case keeps it.
struct OwnRule
{
    QString document; ///< its id among the case's documents
    RuleDraft draft;
};

/// Helpers and data models in Panther's format that rules may use.
struct PythonHelpers
{
    QList<panther::Helper> helpers;
    QList<panther::Model> models;
};

/// Those of the packs' rules in Python.
PythonHelpers helpersOf(const std::vector<Pack> &packs);

/// The pack "Own rules" that the case's own rules make: bundled with nothing, on at first. A rule that cannot be used
/// is a problem of it, like that of a file. What is written in Python needs files: they are there, in a folder of
/// their own, as long as one of the rules is. Waits for the disk.
Pack ownPack(const std::vector<OwnRule> &rules, const PythonHelpers &helpers = {});

/// The documents of this kind are own rules, each body a RuleDraft's bytes.
QString ownRuleKind();
/// What the documents hold; what cannot be read is told as a problem.
std::vector<OwnRule> ownRulesOf(const std::vector<store::Document> &documents, std::vector<Problem> &problems);

/// Its id.
QString ownPackId();
/// What stands in Rule::file and Problem::file of a case's own rule.
QString ownFile(const QString &document);
/// The document that such a file names; nullopt for one of the disk.
std::optional<QString> ownDocument(const QString &file);

/// Tells rules that an earlier pack has, too, as problems of the later one, since the first one counts; and gives packs
/// of the user that are called like an earlier one ids of their own, so that each can be switched by itself.
void tellDoubles(std::vector<Pack> &packs);

} // namespace octotrail::detect
