// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "detect/Correlation.h"
#include "filter/Expression.h"

#include <QString>
#include <QStringList>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace octotrail::detect {

/// Sigma's levels.
enum class Level { Informational, Low, Medium, High, Critical };

/// The level's name in Sigma.
QString levelName(Level level);

/// What a rule's author says of the alerts it raises. Placeholders are field paths in braces: {client.ipAddress}.
struct AlertSpec
{
    QString title; ///< empty: the rule's
    std::vector<event::FieldPath> dedup; ///< empty: the group-by values, or else actor.alternateId
    std::chrono::minutes period{60};
    int threshold = 1;
    bool isRecord = false; ///< what it finds is recorded, and calls nobody: Sigma's informational, unless it says not
};

/// A test that a rule carries: its events, and whether it has to fire on them.
struct RuleTest
{
    QString name;
    bool match = true;
    std::vector<std::string> events; ///< JSON, in the order of arrival
    int line = 0;
};

namespace panther {
struct Folder;
}

/// A rule in Panther's format: its code, its helpers and its metadata are the folder's, under the rule's id.
struct PythonRule
{
    std::shared_ptr<const panther::Folder> folder;
};

/// A detection rule: what it is called, what it looks for, and how to judge what it finds. An immutable value.
struct Rule
{
    enum class Format { Sigma, Panther };

    Format format = Format::Sigma;
    QString id; ///< Sigma's id, or else made of the file's name: stays the same when the text changes
    QString name; ///< by which correlations may refer to it; may be empty
    QString title;
    QString description;
    QString status; ///< stable, test, experimental, ...
    QString author, date, modified;
    Level level = Level::Medium;
    QStringList tags, references, falsePositives;
    QStringList response; ///< steps
    AlertSpec alert;
    std::vector<RuleTest> tests;
    QString file; ///< as it was opened
    int line = 0;
    std::string digest; ///< of all that decides what it finds: another digest is another rule to the engine

    /// What it looks for: events that match, correlations of other rules' matches, or what its Python code says.
    std::variant<filter::Expression, Correlation, PythonRule> logic;
    /// Whether its matches raise alerts. Those of rules that a correlation refers to do not, unless it says generate.
    bool raises = true;
    bool isOnByDefault = true; ///< its author may bring it switched off

    const filter::Expression *expression() const { return std::get_if<filter::Expression>(&logic); }
    const Correlation *correlation() const { return std::get_if<Correlation>(&logic); }
    const PythonRule *python() const { return std::get_if<PythonRule>(&logic); }
    /// ATT&CK techniques among the tags: T1110.003.
    QStringList techniques() const;
};
using RulePtr = std::shared_ptr<const Rule>;

} // namespace octotrail::detect
