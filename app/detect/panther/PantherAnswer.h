// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace octotrail::detect::panther {

/// What a rule did wrong, for the analyst.
struct Fault
{
    QString ruleId;
    QString function; ///< rule, title, ...; load
    QString sentence;
    QString traceback; ///< may be empty
    bool disabled = false; ///< the rule is not asked any more
    QString file{}; ///< in which it happened, without its folders; may be empty
    int line = 0; ///< there, 1-based; 0: not known
};

/// A rule that fired on an event.
struct Hit
{
    int rule = 0; ///< in rules()
    std::size_t event = 0; ///< in the batch
    QString title;
    QString dedup;
    QString severity; ///< INFO to CRITICAL
    QString description;
    QString reference;
    QString runbook;
    std::optional<QStringList> destinations; ///< empty: the rule wants it sent nowhere
    QString context; ///< JSON; may be empty
    std::optional<QString> unique;
};

/// What rules remember between events, by key; nothing: forget the key.
using StateChanges = std::map<std::string, std::optional<std::string>>;

/// What the process says of a batch of events.
struct Answer
{
    std::vector<Hit> hits; ///< of rules and events that there are
    std::vector<Fault> faults;
    std::vector<std::size_t> givenUp; ///< rules, by index, that are not asked any more
    StateChanges state;
};

/// @param rules the ids of the rules that were asked, in order
/// @param events how many the batch had
/// The answer comes out of a process in which strangers' code runs: it may say anything.
Answer readAnswer(const QJsonObject &answer, const QStringList &rules, std::size_t events);

/// What one problem in an answer tells of that rule.
Fault faultOf(const QString &ruleId, const QJsonObject &problem);

} // namespace octotrail::detect::panther
