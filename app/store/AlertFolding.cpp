// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertFolding.h"

#include "event/Text.h"
#include "store/AlertSql.h"
#include "store/SuppressionTable.h"

#include <algorithm>
#include <set>

namespace octotrail::store {

using namespace alertsql;

namespace {

const std::string recorded = std::to_string(static_cast<int>(AlertState::Recorded));
constexpr qsizetype titleLimit = 1000;
constexpr qsizetype textLimit = 64 * 1024;
constexpr qsizetype contextLimit = 200 * 1024;

QString bounded(const QString &text, qsizetype limit)
{
    static const QString cut = QStringLiteral("... (truncated)");
    return text.size() <= limit ? text : text.left(limit - cut.size()) + cut;
}

/// A JSON that is cut is none, so one that is too long says so instead.
QString boundedContext(const QString &json)
{
    return json.size() <= contextLimit ? json : QStringLiteral("{\"_error\":\"the context is longer than 200 KiB\"}");
}

std::string keyOf(const Finding &finding)
{
    return (finding.ruleId + QChar(0x1f) + bounded(finding.dedupKey, titleLimit)).toStdString();
}

/// Calls use with some of the texts at a time.
template <class F>
event::Status inParts(const std::vector<std::string> &texts, F use)
{
    for (std::size_t begin = 0; begin < texts.size(); begin += textsAtOnce) {
        const auto part = std::span(texts).subspan(begin, std::min(textsAtOnce, texts.size() - begin));
        std::vector<filter::SqlValue> values(part.begin(), part.end());
        if (event::Status status = use(values); !status) {
            return status;
        }
    }
    return {};
}

} // namespace

AlertFolding::AlertFolding(duckdb::Connection &connection, BlockCache &cache)
    : m_connection(connection)
    , m_cache(cache)
{ }

event::Status AlertFolding::fold(std::vector<Finding> findings)
{
    if (event::Status status = suppress(findings); !status || findings.empty()) {
        return status;
    }
    return load(findings)
        .and_then([&] { return loadMembers(findings); })
        .and_then([&] { return nextId(); })
        .and_then([&](AlertId next) -> event::Status {
            m_next = next;
            for (std::size_t i = 0; i < findings.size(); ++i) {
                join(i, findings[i]);
            }
            return store(findings);
        });
}

event::Status AlertFolding::suppress(std::vector<Finding> &findings)
{
    auto suppressor = Suppressor::load(m_connection, m_cache);
    if (!suppressor) {
        return tl::unexpected(suppressor.error());
    }
    std::vector<Finding> rest;
    rest.reserve(findings.size());
    for (Finding &finding : findings) {
        const auto held = suppressor->holds(finding);
        if (!held) {
            return tl::unexpected(held.error());
        }
        if (*held) {
            ++m_report.suppressed;
        } else {
            rest.push_back(std::move(finding));
        }
    }
    findings = std::move(rest);
    return suppressor->store();
}

event::Status AlertFolding::load(const std::vector<Finding> &findings)
{
    event::Timestamp earliest = findings.front().first;
    event::Timestamp latest = earliest;
    std::set<std::string> keys;
    for (const Finding &finding : findings) {
        earliest = std::min(earliest, finding.first - finding.dedupPeriod);
        latest = std::max(latest, finding.first + finding.dedupPeriod);
        keys.insert(keyOf(finding));
    }
    return inParts({keys.begin(), keys.end()}, [&](std::vector<filter::SqlValue> &values) {
        const std::string list = marks(values.size());
        values.insert(values.begin(), {earliest, latest});
        return forEachRow(m_connection,
            "SELECT rule || chr(31) || dedup_key, id, window_begin, window_end, first_event, last_event, severity, "
            "matches, events, uniques, raised IS NOT NULL, state = "
                + recorded
                + " FROM alerts WHERE removed IS NULL AND window_end >= ? "
                  "AND window_begin <= ? AND rule || chr(31) || dedup_key IN "
                + list,
            values, [this](const duckdb::Chunk &chunk, std::size_t row) {
                Window window;
                window.id = chunk.column(1).bigint(row);
                window.begin = chunk.column(2).time(row).value_or(event::Timestamp());
                window.end = chunk.column(3).time(row).value_or(event::Timestamp());
                window.first = chunk.column(4).time(row).value_or(event::Timestamp());
                window.last = chunk.column(5).time(row).value_or(event::Timestamp());
                window.severity = static_cast<AlertSeverity>(chunk.column(6).integer(row));
                window.matches = chunk.column(7).bigint(row);
                window.events = chunk.column(8).bigint(row);
                window.uniques = chunk.column(9).bigint(row);
                window.raised = chunk.column(10).boolean(row);
                window.isRecord = chunk.column(11).boolean(row);
                m_windows[std::string(chunk.column(0).text(row))].add(std::move(window));
            });
    });
}

event::Status AlertFolding::loadMembers(const std::vector<Finding> &findings)
{
    std::unordered_map<AlertId, Window *> byId;
    std::vector<AlertId> ids;
    for (auto &[key, windows] : m_windows) {
        windows.forEach([&](Window &window) {
            byId[window.id] = &window;
            ids.push_back(window.id);
        });
    }
    if (ids.empty()) {
        return {};
    }
    std::set<std::string> uuids;
    std::set<std::string> values;
    for (const Finding &finding : findings) {
        uuids.insert(finding.uuids.begin(), finding.uuids.end());
        if (finding.uniqueValue) {
            values.insert(event::toValidUtf8(*finding.uniqueValue));
        }
    }
    const std::string alerts = listOf(ids);
    return inParts({uuids.begin(), uuids.end()}, [&](const std::vector<filter::SqlValue> &part) {
        return forEachRow(m_connection,
            "SELECT alert, uuid FROM alert_events WHERE alert IN " + alerts + " AND uuid IN " + marks(part.size()),
            part, [&](const duckdb::Chunk &chunk, std::size_t row) {
                byId.at(chunk.column(0).bigint(row))->uuids.emplace(chunk.column(1).text(row));
            });
    }).and_then([&] {
        return inParts({values.begin(), values.end()}, [&](const std::vector<filter::SqlValue> &part) {
            return forEachRow(m_connection,
                "SELECT DISTINCT alert, unique_value FROM alert_events WHERE alert IN " + alerts
                    + " AND unique_value IN " + marks(part.size()),
                part, [&](const duckdb::Chunk &chunk, std::size_t row) {
                    byId.at(chunk.column(0).bigint(row))->values.emplace(chunk.column(1).text(row));
                });
        });
    });
}

event::Result<AlertId> AlertFolding::nextId()
{
    AlertId next = 1;
    return forEachRow(m_connection, "SELECT 1 + coalesce(max(id), 0) FROM alerts", {},
        [&](const duckdb::Chunk &chunk, std::size_t row) { next = chunk.column(0).bigint(row); })
        .map([&] { return next; });
}

AlertFolding::Window &AlertFolding::windowFor(std::size_t index, const Finding &finding)
{
    Windows &windows = m_windows[keyOf(finding)];
    if (Window *known = windows.find(finding)) {
        return *known;
    }
    Window window(finding);
    window.id = m_next++;
    window.opener = index;
    window.isNew = true;
    window.isRecord = finding.isRecord;
    return windows.add(std::move(window));
}

void AlertFolding::join(std::size_t index, const Finding &finding)
{
    Window &window = windowFor(index, finding);
    const std::string value = finding.uniqueValue ? event::toValidUtf8(*finding.uniqueValue) : std::string();
    const bool wasRaised = window.raised;
    const bool changed = window.join(finding, [&](std::size_t i) {
        m_members.push_back({window.id, i < finding.seqs.size() ? finding.seqs[i] : 0, finding.uuids[i], value, {}});
    });
    window.changed = window.changed || changed;
    if (changed && finding.isTally) {
        window.tally = index;
    }
    window.saysActor = window.saysActor || !finding.actor.isEmpty();
    // What was only to be recorded asks for work as soon as one of its findings does.
    const bool escalates = changed && window.isRecord && !finding.isRecord;
    window.escalates = window.escalates || (escalates && !window.isNew);
    window.isRecord = window.isRecord && !escalates;
    window.raisedNow = window.raisedNow || (window.raised && (!wasRaised || escalates));
}

event::Status AlertFolding::store(const std::vector<Finding> &findings)
{
    std::vector<Window *> opened;
    std::vector<Window *> changed;
    for (auto &[key, windows] : m_windows) {
        windows.forEach([&](Window &window) {
            if (window.isNew) {
                opened.push_back(&window);
            } else if (window.changed) {
                changed.push_back(&window);
            }
            if (window.raisedNow) {
                m_report.raised.push_back(window.id);
            } else if (window.changed && window.raised) {
                m_report.updated.push_back(window.id);
            }
        });
    }
    std::ranges::sort(opened, {}, &Window::id);
    std::ranges::sort(m_report.raised);
    std::ranges::sort(m_report.updated);
    return fillActors(m_connection, m_members)
        .and_then([&] { return appendMembers(m_connection, m_members); })
        .and_then([&] { return tally(opened, changed); })
        .and_then([&] { return storeNew(findings, opened); })
        .and_then([&] { return storeChanged(findings, changed); });
}

event::Status AlertFolding::tally(const std::vector<Window *> &opened, const std::vector<Window *> &changed)
{
    std::vector<AlertId> ids;
    std::ranges::transform(opened, std::back_inserter(ids), &Window::id);
    std::ranges::transform(changed, std::back_inserter(ids), &Window::id);
    return tallyActors(m_connection, ids).map([&](auto tallies) { m_tallies = std::move(tallies); });
}

event::Status AlertFolding::storeNew(const std::vector<Finding> &findings, const std::vector<Window *> &windows)
{
    if (windows.empty()) {
        return {};
    }
    auto insert = m_connection.prepare("INSERT INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, "
                                       "?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)");
    if (!insert) {
        return tl::unexpected(insert.error());
    }
    const event::Timestamp now = event::now();
    for (const Window *window : windows) {
        const Finding &finding = findings[window->opener];
        int index = 0;
        const auto text = [&](const QString &value, qsizetype limit) {
            insert->bindText(++index, bounded(value, limit).toStdString());
        };
        insert->bindInteger(++index, window->id);
        text(finding.ruleId, titleLimit);
        text(finding.ruleTitle, titleLimit);
        text(finding.title, titleLimit);
        text(finding.dedupKey, titleLimit);
        insert->bindInteger(++index, static_cast<int>(window->severity));
        insert->bindInteger(++index, static_cast<int>(window->isRecord ? AlertState::Recorded : AlertState::Open));
        const ActorTally &who = m_tallies[window->id];
        text(finding.actor.isEmpty() ? qString(who.actor) : finding.actor, titleLimit);
        insert->bindInteger(++index, finding.source);
        text(finding.tags.join(QLatin1Char('\n')), textLimit);
        text(finding.description, textLimit);
        text(finding.reference, textLimit);
        text(finding.runbook, textLimit);
        insert->bindText(
            ++index, boundedContext(findings[window->tally.value_or(window->opener)].context).toStdString());
        insert->bindTime(++index, window->begin);
        insert->bindTime(++index, window->end);
        insert->bindTime(++index, window->first);
        insert->bindTime(++index, window->last);
        insert->bindInteger(++index, window->matches);
        insert->bindInteger(++index, window->events);
        insert->bindInteger(++index, window->uniques);
        insert->bindTime(++index, window->raised ? std::optional(now) : std::nullopt);
        insert->bindInteger(++index, who.actors);
        if (const auto inserted = insert->execute(); !inserted) {
            return tl::unexpected(inserted.error());
        }
    }
    return {};
}

event::Status AlertFolding::storeChanged(const std::vector<Finding> &findings, const std::vector<Window *> &windows)
{
    if (windows.empty()) {
        return {};
    }
    auto update = m_connection.prepare(
        "UPDATE alerts SET first_event = ?, last_event = ?, severity = ?, matches = ?, "
        "events = ?, uniques = ?, raised = coalesce(raised, ?), context = coalesce(nullif(?, ''), context), "
        "actors = ?, actor = coalesce(nullif(?, ''), actor), state = CASE WHEN ? THEN 0 ELSE state END WHERE id = ?");
    if (!update) {
        return tl::unexpected(update.error());
    }
    const event::Timestamp now = event::now();
    for (const Window *window : windows) {
        int index = 0;
        update->bindTime(++index, window->first);
        update->bindTime(++index, window->last);
        update->bindInteger(++index, static_cast<int>(window->severity));
        update->bindInteger(++index, window->matches);
        update->bindInteger(++index, window->events);
        update->bindInteger(++index, window->uniques);
        update->bindTime(++index, window->raised ? std::optional(now) : std::nullopt);
        update->bindText(
            ++index, window->tally ? boundedContext(findings[*window->tally].context).toStdString() : std::string());
        // Whom the rule says it is about stays; who did most of it may be somebody else by now.
        const ActorTally &who = m_tallies[window->id];
        update->bindInteger(++index, who.actors);
        update->bindText(++index, window->saysActor ? std::string() : who.actor);
        update->bindBoolean(++index, window->escalates);
        update->bindInteger(++index, window->id);
        if (const auto updated = update->execute(); !updated) {
            return tl::unexpected(updated.error());
        }
    }
    return {};
}

} // namespace octotrail::store
