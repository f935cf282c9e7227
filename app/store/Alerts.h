// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/AlertRecords.h"

#include <QFuture>
#include <QObject>
#include <memory>

namespace octotrail::store {

class Store;

/// The alerts of a store, its suppressions, and what detection engines remember. Several objects may stand on one
/// store. May be called from any thread; nothing here waits. Changes are done in the order of the calls, each in one
/// transaction.
///
/// Findings are folded into alerts in the time of the events, so that going over the stored past gives the alerts that
/// watching live gave. The first finding of a rule and key opens a window of dedupPeriod; further ones in it join the
/// alert, whatever its state. One that comes late, up to a period before the window, joins too. An event counts once
/// for an alert. An alert is raised, and only then to be seen, once its matches (or distinct unique values) reach the
/// threshold within the window.
class Alerts : public QObject
{
    Q_OBJECT

public:
    explicit Alerts(std::shared_ptr<Store> store);
    ~Alerts() override;

    // For engines.

    /// Folds the findings, and stores the cursor and the state with them: all of it or nothing.
    QFuture<event::Result<DetectionReport>> commit(DetectionCommit commit);
    /// The last event that the engine looked at; 0 if none.
    QFuture<event::Result<Seq>> cursor(QString engine);
    QFuture<event::Result<std::map<std::string, std::string>>> state(QString engine);
    /// Makes the engine begin anew: without cursor and state. Its alerts stay.
    QFuture<event::Status> forget(QString engine);

    // For the analyst.

    QFuture<event::Result<AlertList>> list(AlertQuery query);
    /// NotFound if there is none (any more).
    QFuture<event::Result<AlertDetails>> alert(AlertId id);
    QFuture<event::Result<AlertCounts>> counts();
    /// When the query's alerts began, in time's order, by stretches of a width from start on. Those in which none did
    /// are left out, as is what began before or after all of them. The query's order and limit do not matter.
    QFuture<event::Result<std::vector<AlertMoment>>> moments(
        AlertQuery query, event::Timestamp start, std::chrono::microseconds width, int stretches);
    /// These with their texts, in the order asked for; what is not there is left out.
    QFuture<event::Result<std::vector<Alert>>> alerts(std::vector<AlertId> ids);

    /// Each gives what undo() needs. What an alert has already is left as it is.
    QFuture<event::Result<AlertUndo>> setState(std::vector<AlertId> ids, AlertState state);
    QFuture<event::Result<AlertUndo>> setAssignee(std::vector<AlertId> ids, QString assignee);
    QFuture<event::Result<AlertUndo>> remove(std::vector<AlertId> ids);
    QFuture<event::Status> undo(AlertUndo undo);
    QFuture<event::Status> addNote(std::vector<AlertId> ids, QString text);

    /// Adds the suppression, or replaces the one with its id. InvalidInput if its filter is no expression. Alerts that
    /// are there stay.
    QFuture<event::Result<Suppression>> putSuppression(Suppression suppression);
    QFuture<event::Status> removeSuppression(SuppressionId id);
    /// Newest first, also those that have ended.
    QFuture<event::Result<std::vector<Suppression>>> suppressions();

Q_SIGNALS:
    /// After each change of the store's alerts, whichever object made it; emitted in the thread of this one.
    void changed(const octotrail::store::AlertChange &change);

private:
    std::shared_ptr<Store> m_store;
};

} // namespace octotrail::store
