// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <QMetaType>
#include <array>
#include <map>

/// The values of detections: what engines find, and the alerts that come of it. All of them may be copied and sent
/// between threads.
namespace octotrail::store {

using AlertId = std::int64_t;
using SuppressionId = std::int64_t;

enum class AlertSeverity { Info, Low, Medium, High, Critical };
inline constexpr int alertSeverities = 5;

/// Recorded: found by a rule that asks for no work, to be looked at when somebody wants to.
enum class AlertState { Open, Acknowledged, Resolved, FalsePositive, Recorded };
inline constexpr int alertStates = 5;

/// One match of a rule. Texts may hold what an event says: they are bounded when they are stored, and are to be shown
/// as plain text.
struct Finding
{
    QString ruleId;
    QString ruleTitle;
    QString title; ///< of the alert
    QString dedupKey; ///< matches of a rule with one key join in one alert
    AlertSeverity severity = AlertSeverity::Medium;
    QString description;
    QString reference; ///< one or several, a line each
    QString runbook; ///< what to do, a step a line
    QStringList tags; ///< attack.t1110, ...
    QString context; ///< JSON
    QString actor; ///< whom it is about; empty: whoever did most of the alert's events
    SourceId source = 0;
    std::vector<Seq> seqs; ///< of its events; may be empty, as for a source that is silent
    std::vector<std::string> uuids; ///< of the same events, in the same order
    event::Timestamp first; ///< of its events
    event::Timestamp last;
    int threshold = 1;
    std::chrono::minutes dedupPeriod{60};
    std::optional<std::string> uniqueValue; ///< the threshold then counts distinct values
    bool isRecord = false; ///< what it opens is Recorded: nobody is called for it
    bool isTally = false; ///< its context tells how far it has come: it replaces that of the alert which it joins
};

/// What an engine found in the events up to cursor, and what it has to remember: stored in one transaction.
struct DetectionCommit
{
    std::vector<Finding> findings{};
    Seq cursor = 0; ///< the last event it looked at
    QString engine{}; ///< whose cursor and state it is
    std::map<std::string, std::string> state{}; ///< what changed of it, by key; an empty text removes
};

/// Who did events of an alert: their actor.alternateId.
struct AlertActor
{
    QString name;
    std::int64_t events = 0;
    bool operator==(const AlertActor &) const = default;
};
/// Named of an alert; there may be more.
inline constexpr std::size_t mostAlertActors = 50;

/// An alert: the matches of one rule with one key in one period.
struct Alert
{
    AlertId id = 0;
    QString ruleId, ruleTitle;
    QString title;
    QString dedupKey;
    AlertSeverity severity = AlertSeverity::Medium; ///< the highest of its findings
    AlertState state = AlertState::Open;
    QString assignee;
    QString actor; ///< whom its rule says it is about, or who did most of its events
    std::int64_t actorCount = 0; ///< of all who did its events
    std::vector<AlertActor> actors; ///< the first of them, most events first
    SourceId source = 0;
    QStringList tags;
    event::Timestamp first, last; ///< of its events
    event::Timestamp raised; ///< when it was first to be seen, by this machine's clock
    std::int64_t matches = 0; ///< findings that added something
    std::int64_t events = 0; ///< distinct ones
    // Only of alert(), not of list():
    QString description, reference, runbook;
    QString context; ///< JSON
};

/// Something that was done to an alert.
struct AlertNote
{
    enum class Kind { Note, State, Assignee };

    AlertId alert = 0;
    event::Timestamp time;
    Kind kind = Kind::Note;
    QString text; ///< of a note; the assignee's name
    AlertState state = AlertState::Open; ///< of Kind::State: the new one
};

struct AlertDetails
{
    Alert alert;
    std::vector<AlertNote> notes; ///< oldest first
    std::vector<Seq> seqs; ///< of its events, oldest first; those still in the store
    std::vector<std::string> uuids; ///< of all its events, also of those no longer there
};

enum class AlertOrder { Severity, Title, Rule, Actor, Source, Matches, First, Last, State, Assignee };

/// Which alerts, in which order. What is empty leaves out none.
struct AlertQuery
{
    std::vector<AlertState> states{};
    AlertSeverity leastSeverity = AlertSeverity::Info;
    QString ruleId{};
    QString actor{}; ///< exactly, and any of an alert's
    QString text{}; ///< in title, rule, any actor, key, assignee or tags, without regard to case; all words of it
    std::vector<SourceId> sources{};
    event::TimeRange range{}; ///< that the time from first to last touches
    AlertOrder order = AlertOrder::Last;
    bool descending = true;
    int limit = 10'000;
};

struct AlertList
{
    std::vector<Alert> alerts;
    std::int64_t total = 0; ///< that match, also beyond the limit
};

/// The alerts that began in one of some equally long stretches of time.
struct AlertMoment
{
    event::Timestamp time; ///< when the first of them began
    std::int64_t count = 0;
    AlertSeverity severity = AlertSeverity::Info; ///< the highest
    QString title; ///< that of one with this severity
};

struct AlertCounts
{
    std::array<std::array<std::int64_t, alertSeverities>, alertStates> of{}; ///< [state][severity]

    std::int64_t open() const;
    /// Of the open ones.
    std::optional<AlertSeverity> highest() const;
    std::int64_t all() const;
};

/// How alerts were before a change, to undo it.
struct AlertUndo
{
    struct Before
    {
        AlertId id = 0;
        AlertState state = AlertState::Open;
        QString assignee;
        bool removed = false;
    };
    std::vector<Before> before;
};

/// "Not for this actor until ...": findings whose events all match and were published before the end raise nothing.
struct Suppression
{
    SuppressionId id = 0; ///< 0 until the store has given one
    QString ruleId{}; ///< empty: of any rule
    QString ruleTitle{};
    QString filter{}; ///< over events; empty: all
    QString reason{};
    std::optional<event::Timestamp> until{}; ///< without: for good
    event::Timestamp created{};
    std::int64_t suppressed = 0; ///< findings it kept away
    std::optional<event::Timestamp> lastSuppressed{}; ///< time of the last such finding's last event
};

/// What a change did to alerts.
struct AlertChange
{
    std::vector<Alert> raised; ///< to be seen from now on; with their texts
    std::vector<AlertId> updated; ///< more events, another state, a note
    std::vector<AlertId> removed;
    bool suppressions = false; ///< these changed

    bool isEmpty() const { return raised.empty() && updated.empty() && removed.empty() && !suppressions; }
};

/// What a commit of findings did.
struct DetectionReport
{
    std::vector<AlertId> raised;
    std::vector<AlertId> updated; ///< raised before
    std::int64_t suppressed = 0;
};

} // namespace octotrail::store

Q_DECLARE_METATYPE(octotrail::store::AlertChange)
