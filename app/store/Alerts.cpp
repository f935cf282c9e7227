// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/Alerts.h"

#include "store/AlertChanges.h"
#include "store/AlertFolding.h"
#include "store/AlertSql.h"
#include "store/AlertTable.h"
#include "store/DetectionTable.h"
#include "store/StorePrivate.h"
#include "store/SuppressionTable.h"

#include <algorithm>

namespace octotrail::store {

namespace {

std::vector<AlertId> idsOf(const AlertUndo &undo)
{
    std::vector<AlertId> ids;
    std::ranges::transform(undo.before, std::back_inserter(ids), &AlertUndo::Before::id);
    return ids;
}

/// A write that tells what it changed: change fills it.
template <class T, class F>
QFuture<event::Result<T>> writeAndTell(Store &store, F change)
{
    const auto told = std::make_shared<AlertChange>();
    Store::Private &data = Store::Private::of(store);
    return data.write<T>(
        [change = std::move(change), told](duckdb::Connection &connection) { return change(connection, *told); },
        [told, news = &data.alertNews] {
            if (!told->isEmpty()) {
                Q_EMIT news->changed(*told);
            }
        });
}

} // namespace

Alerts::Alerts(std::shared_ptr<Store> store)
    : m_store(std::move(store))
{
    qRegisterMetaType<AlertChange>();
    connect(&Store::Private::of(*m_store).alertNews, &AlertNews::changed, this, &Alerts::changed);
}

Alerts::~Alerts() = default;

QFuture<event::Result<DetectionReport>> Alerts::commit(DetectionCommit commit)
{
    return writeAndTell<DetectionReport>(*m_store,
        [given = std::make_shared<DetectionCommit>(std::move(commit)), cache = &Store::Private::of(*m_store).cache](
            duckdb::Connection &connection, AlertChange &told) -> event::Result<DetectionReport> {
            DetectionReport report;
            const event::Status stored = alertsql::inTransaction(connection, [&]() -> event::Status {
                if (!given->findings.empty()) {
                    AlertFolding folding(connection, *cache);
                    if (event::Status folded = folding.fold(std::move(given->findings)); !folded) {
                        return folded;
                    }
                    report = folding.report();
                }
                return writeDetectionState(connection, *given);
            });
            if (!stored) {
                return tl::unexpected(stored.error());
            }
            if (!report.raised.empty()) {
                if (auto raised = readAlerts(connection, report.raised)) {
                    told.raised = std::move(*raised);
                }
            }
            told.updated = report.updated;
            told.suppressions = report.suppressed > 0;
            return report;
        });
}

QFuture<event::Result<Seq>> Alerts::cursor(QString engine)
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<Seq>(
        data.lookups, [engine = std::move(engine)](duckdb::Connection &connection, const std::stop_token &) {
            return readDetectionCursor(connection, engine);
        });
}

QFuture<event::Result<std::map<std::string, std::string>>> Alerts::state(QString engine)
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<std::map<std::string, std::string>>(
        data.lookups, [engine = std::move(engine)](duckdb::Connection &connection, const std::stop_token &) {
            return readDetectionState(connection, engine);
        });
}

QFuture<event::Status> Alerts::forget(QString engine)
{
    return writeAndTell<void>(
        *m_store, [engine = std::move(engine)](duckdb::Connection &connection, const AlertChange &) {
            return forgetDetection(connection, engine);
        });
}

QFuture<event::Result<AlertList>> Alerts::list(AlertQuery query)
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<AlertList>(
        data.lookups, [query = std::move(query)](duckdb::Connection &connection, const std::stop_token &) {
            return readAlerts(connection, query);
        });
}

QFuture<event::Result<AlertDetails>> Alerts::alert(AlertId id)
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<AlertDetails>(data.lookups,
        [id](duckdb::Connection &connection, const std::stop_token &) { return readAlert(connection, id); });
}

QFuture<event::Result<AlertCounts>> Alerts::counts()
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<AlertCounts>(
        data.lookups, [](duckdb::Connection &connection, const std::stop_token &) { return countAlerts(connection); });
}

QFuture<event::Result<std::vector<AlertMoment>>> Alerts::moments(
    AlertQuery query, event::Timestamp start, std::chrono::microseconds width, int stretches)
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<std::vector<AlertMoment>>(data.lookups,
        [query = std::move(query), start, width, stretches](duckdb::Connection &connection, const std::stop_token &) {
            return readMoments(connection, query, start, width, stretches);
        });
}

QFuture<event::Result<std::vector<Alert>>> Alerts::alerts(std::vector<AlertId> ids)
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<std::vector<Alert>>(
        data.lookups, [ids = std::move(ids)](duckdb::Connection &connection, const std::stop_token &) {
            return readAlerts(connection, ids);
        });
}

QFuture<event::Result<AlertUndo>> Alerts::setState(std::vector<AlertId> ids, AlertState state)
{
    return writeAndTell<AlertUndo>(
        *m_store, [ids = std::move(ids), state](duckdb::Connection &connection, AlertChange &told) {
            return changeState(connection, ids, state).map([&](AlertUndo undo) {
                told.updated = idsOf(undo);
                return undo;
            });
        });
}

QFuture<event::Result<AlertUndo>> Alerts::setAssignee(std::vector<AlertId> ids, QString assignee)
{
    return writeAndTell<AlertUndo>(*m_store,
        [ids = std::move(ids), assignee = std::move(assignee)](duckdb::Connection &connection, AlertChange &told) {
            return changeAssignee(connection, ids, assignee).map([&](AlertUndo undo) {
                told.updated = idsOf(undo);
                return undo;
            });
        });
}

QFuture<event::Result<AlertUndo>> Alerts::remove(std::vector<AlertId> ids)
{
    return writeAndTell<AlertUndo>(*m_store, [ids = std::move(ids)](duckdb::Connection &connection, AlertChange &told) {
        return removeAlerts(connection, ids).map([&](AlertUndo undo) {
            told.removed = idsOf(undo);
            return undo;
        });
    });
}

QFuture<event::Status> Alerts::undo(AlertUndo undo)
{
    return writeAndTell<void>(*m_store, [undo = std::move(undo)](duckdb::Connection &connection, AlertChange &told) {
        return undoChange(connection, undo).map([&] { told.updated = idsOf(undo); });
    });
}

QFuture<event::Status> Alerts::addNote(std::vector<AlertId> ids, QString text)
{
    return writeAndTell<void>(
        *m_store, [ids = std::move(ids), text = std::move(text)](duckdb::Connection &connection, AlertChange &told) {
            return store::addNote(connection, ids, text).map([&] { told.updated = ids; });
        });
}

QFuture<event::Result<Suppression>> Alerts::putSuppression(Suppression suppression)
{
    return writeAndTell<Suppression>(
        *m_store, [suppression = std::move(suppression)](duckdb::Connection &connection, AlertChange &told) {
            told.suppressions = true;
            return writeSuppression(connection, suppression);
        });
}

QFuture<event::Status> Alerts::removeSuppression(SuppressionId id)
{
    return writeAndTell<void>(*m_store, [id](duckdb::Connection &connection, AlertChange &told) {
        told.suppressions = true;
        return store::removeSuppression(connection, id);
    });
}

QFuture<event::Result<std::vector<Suppression>>> Alerts::suppressions()
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<std::vector<Suppression>>(data.lookups,
        [](duckdb::Connection &connection, const std::stop_token &) { return readSuppressions(connection); });
}

} // namespace octotrail::store
