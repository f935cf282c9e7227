// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Problem.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <chrono>
#include <vector>

/// A folder in the layout of Panther's public detections: rules as .yml, most with a .py beside it, global helpers,
/// data models, packs. What is for other logs than Okta's is counted and left, what asks Panther's store of events
/// (scheduled rules, correlations) told and left.
namespace octotrail::detect::panther {

inline constexpr auto logType = "Okta.SystemLog";

struct Rule
{
    QString id; ///< RuleID
    QString file; ///< the .yml
    QString script; ///< the .py; empty for a rule that is YAML alone
    QJsonObject meta; ///< the .yml as a whole, which the host gets
    QString title; ///< DisplayName, else the id
    QString severity; ///< INFO to CRITICAL
    bool enabled = true; ///< as its author says: not disabled, experimental, deprecated, or without what it needs
    bool createsAlert = true; ///< false for a signal, which is for correlations only
    std::chrono::minutes dedupPeriod{60};
    int threshold = 1;
    QStringList tags; ///< its own, and attack.t1110 for what Reports says of MITRE ATT&CK

    QString description() const { return meta.value(QLatin1String("Description")).toString(); }
    QJsonArray tests() const { return meta.value(QLatin1String("Tests")).toArray(); }
};

struct Helper
{
    QString id; ///< GlobalID: the name it is imported by
    QString script;
};

struct Model
{
    QString id;
    QString script; ///< may be empty
    QStringList logTypes;
    QJsonObject mappings; ///< unified name to its "path" (JSONPath) or "method"
};

struct Pack
{
    QString id;
    QString title;
    QString description;
    QStringList ids; ///< of rules, helpers, data models
};

struct Folder
{
    QList<Rule> rules;
    QList<Helper> helpers;
    QList<Model> models; ///< of Okta's log, and of others that these rules watch, too
    QList<Pack> packs;
    std::vector<Problem> problems; ///< files that could not be read; the others are there
    int others = 0; ///< rules, policies and data models that are not about Okta
    std::vector<Problem> leftOut; ///< rules about Okta that only Panther can run
};

/// Reads all .yml and .yaml files under the folder. Waits for the disk.
Folder readFolder(const QString &path);

} // namespace octotrail::detect::panther
