// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/AlertMerge.h"

#include "store/AlertMembers.h"
#include "store/AlertSql.h"
#include "store/AlertTable.h"
#include "store/StorePrivate.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <unordered_map>

namespace octotrail::store {

using namespace alertsql;
using event::Result;
using event::Status;

namespace {

std::string whose(AlertId id)
{
    return " WHERE alert = " + std::to_string(id);
}

Status readMembers(duckdb::Connection &connection, AlertId id, std::vector<WholeAlert::Member> &members)
{
    return forEachRow(connection, "SELECT uuid, unique_value FROM alert_events" + whose(id) + " ORDER BY seq, uuid", {},
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            members.push_back({std::string(chunk.column(0).text(row)),
                chunk.column(1).isNull(row) ? std::string() : std::string(chunk.column(1).text(row))});
        });
}

Result<std::vector<WholeAlert>> readAfter(duckdb::Connection &connection, AlertId id, int most)
{
    std::vector<AlertId> ids;
    std::unordered_map<AlertId, std::pair<event::Timestamp, event::Timestamp>> windows;
    const Status listed = forEachRow(connection,
        "SELECT id, window_begin, window_end FROM alerts WHERE raised IS NOT NULL AND removed IS NULL AND id > "
            + std::to_string(id) + " ORDER BY id LIMIT " + std::to_string(most),
        {}, [&](const duckdb::Chunk &chunk, std::size_t row) {
            ids.push_back(chunk.column(0).bigint(row));
            windows[ids.back()] = {chunk.column(1).time(row).value_or(event::Timestamp()),
                chunk.column(2).time(row).value_or(event::Timestamp())};
        });
    if (!listed) {
        return tl::unexpected(listed.error());
    }
    auto alerts = readAlerts(connection, ids);
    if (!alerts) {
        return tl::unexpected(alerts.error());
    }
    std::vector<WholeAlert> whole;
    for (Alert &alert : *alerts) {
        WholeAlert one;
        std::tie(one.windowBegin, one.windowEnd) = windows[alert.id];
        one.alert = std::move(alert);
        if (const Status read = readMembers(connection, one.alert.id, one.members); !read) {
            return tl::unexpected(read.error());
        }
        auto notes = readNotes(connection, one.alert.id);
        if (!notes) {
            return tl::unexpected(notes.error());
        }
        one.notes = std::move(*notes);
        whole.push_back(std::move(one));
    }
    return whole;
}

/// What is merged into the alerts of a store, one after the other.
class Merging
{
public:
    explicit Merging(duckdb::Connection &connection)
        : m_connection(connection)
    { }

    Status take(const WholeAlert &theirs);
    const AlertMergeReport &report() const { return m_report; }
    const std::vector<AlertId> &touched() const { return m_touched; }

private:
    struct Ours
    {
        AlertId id = 0;
        AlertState state = AlertState::Open;
        bool isAssigned = false;
        bool isRemoved = false;
    };
    Result<std::optional<Ours>> find(const WholeAlert &theirs);
    Result<AlertId> add(const WholeAlert &theirs);
    Status join(const Ours &ours, const WholeAlert &theirs);
    Result<std::int64_t> addMembers(AlertId id, const WholeAlert &theirs);
    Result<std::int64_t> addNotes(AlertId id, const std::vector<AlertNote> &theirs);
    Status count(AlertId id, const WholeAlert &theirs, std::int64_t added);
    Result<bool> judge(const Ours &ours, const WholeAlert &theirs);

    duckdb::Connection &m_connection;
    AlertMergeReport m_report;
    std::vector<AlertId> m_touched;
};

Result<std::optional<Merging::Ours>> Merging::find(const WholeAlert &theirs)
{
    const std::array<filter::SqlValue, 4> key{
        theirs.alert.ruleId.toStdString(), theirs.alert.dedupKey.toStdString(), theirs.windowEnd, theirs.windowBegin};
    std::optional<Ours> ours;
    return forEachRow(m_connection,
        "SELECT id, state, assignee <> '', removed IS NOT NULL FROM alerts WHERE rule = ? AND dedup_key = ? "
        "AND window_begin < ? AND window_end > ? ORDER BY removed IS NOT NULL, window_begin LIMIT 1",
        key,
        [&](const duckdb::Chunk &chunk, std::size_t row) {
            ours = Ours{chunk.column(0).bigint(row),
                static_cast<AlertState>(std::clamp(chunk.column(1).integer(row), 0, alertStates - 1)),
                chunk.column(2).boolean(row), chunk.column(3).boolean(row)};
        })
        .map([&] { return ours; });
}

Result<AlertId> Merging::add(const WholeAlert &theirs)
{
    AlertId id = 0;
    const Status next = forEachRow(m_connection, "SELECT 1 + coalesce(max(id), 0) FROM alerts", {},
        [&](const duckdb::Chunk &chunk, std::size_t row) { id = chunk.column(0).bigint(row); });
    if (!next) {
        return tl::unexpected(next.error());
    }
    const Alert &alert = theirs.alert;
    const auto number = [](auto value) { return filter::SqlValue(static_cast<std::int64_t>(value)); };
    const auto text = [](const QString &value) { return filter::SqlValue(value.toStdString()); };
    const std::vector<filter::SqlValue> values{number(id), text(alert.ruleId), text(alert.ruleTitle), text(alert.title),
        text(alert.dedupKey), number(alert.severity), number(alert.state), text(alert.assignee), text(alert.actor),
        number(alert.source), text(alert.tags.join(QLatin1Char('\n'))), text(alert.description), text(alert.reference),
        text(alert.runbook), text(alert.context), theirs.windowBegin, theirs.windowEnd, alert.first, alert.last,
        number(alert.matches), number(0), number(0), alert.raised};
    std::string marks = "?";
    for (std::size_t i = 1; i < values.size(); ++i) {
        marks += ", ?";
    }
    return m_connection.query("INSERT INTO alerts VALUES (" + marks + ", NULL, 0)", values)
        .map([&](const duckdb::QueryResult &) { return id; });
}

Result<std::int64_t> Merging::addMembers(AlertId id, const WholeAlert &theirs)
{
    std::set<std::string> known;
    const Status read = forEachRow(m_connection, "SELECT uuid FROM alert_events" + whose(id), {},
        [&](const duckdb::Chunk &chunk, std::size_t row) { known.emplace(chunk.column(0).text(row)); });
    if (!read) {
        return tl::unexpected(read.error());
    }
    std::vector<AlertMember> members;
    for (const WholeAlert::Member &member : theirs.members) {
        if (known.insert(member.uuid).second) {
            members.push_back({id, 0, member.uuid, member.value, {}});
        }
    }
    std::unordered_map<std::string, Seq> seqs;
    for (std::size_t begin = 0; begin < members.size(); begin += textsAtOnce) {
        const auto part = std::span(members).subspan(begin, std::min(textsAtOnce, members.size() - begin));
        std::vector<filter::SqlValue> values{theirs.alert.first, theirs.alert.last};
        std::ranges::transform(part, std::back_inserter(values), &AlertMember::uuid);
        const Status found = forEachRow(m_connection,
            "SELECT uuid, seq FROM events WHERE published BETWEEN ? AND ? AND uuid IN " + marks(part.size()), values,
            [&](const duckdb::Chunk &chunk, std::size_t row) {
                seqs.emplace(chunk.column(0).text(row), chunk.column(1).bigint(row));
            });
        if (!found) {
            return tl::unexpected(found.error());
        }
    }
    for (AlertMember &member : members) {
        if (const auto seq = seqs.find(member.uuid); seq != seqs.end()) {
            member.seq = seq->second;
        }
    }
    return fillActors(m_connection, members)
        .and_then([&] { return appendMembers(m_connection, members); })
        .and_then([&] { return tallyActors(m_connection, {id}); })
        .and_then([&](const auto &tallies) -> Status {
            const auto tally = tallies.find(id);
            return tally == tallies.end()
                ? Status()
                : m_connection.run("UPDATE alerts SET actors = " + std::to_string(tally->second.actors)
                    + " WHERE id = " + std::to_string(id));
        })
        .map([&] { return static_cast<std::int64_t>(members.size()); });
}

Result<std::int64_t> Merging::addNotes(AlertId id, const std::vector<AlertNote> &theirs)
{
    const auto ours = readNotes(m_connection, id);
    if (!ours) {
        return tl::unexpected(ours.error());
    }
    std::int64_t added = 0;
    for (const AlertNote &note : theirs) {
        const bool isKnown = std::ranges::any_of(*ours, [&](const AlertNote &one) {
            return one.time == note.time && one.kind == note.kind && one.text == note.text && one.state == note.state;
        });
        if (isKnown) {
            continue;
        }
        const std::array<filter::SqlValue, 5> values{id, note.time, std::int64_t{static_cast<int>(note.kind)},
            note.text.toStdString(), std::int64_t{static_cast<int>(note.state)}};
        if (const auto inserted = m_connection.query("INSERT INTO alert_notes VALUES (?, ?, ?, ?, ?)", values);
            !inserted) {
            return tl::unexpected(inserted.error());
        }
        ++added;
    }
    return added;
}

/// Of an alert that has got these members: what is told of them.
Status Merging::count(AlertId id, const WholeAlert &theirs, std::int64_t added)
{
    const Alert &alert = theirs.alert;
    const std::array<filter::SqlValue, 5> values{alert.first, alert.last,
        std::int64_t{static_cast<int>(alert.severity)}, std::min(added, alert.matches), alert.raised};
    return m_connection
        .query("UPDATE alerts SET first_event = least(first_event, ?), last_event = greatest(last_event, ?), "
               "severity = greatest(severity, ?), matches = matches + ?, raised = coalesce(raised, ?), "
               "events = (SELECT count(*) FROM alert_events"
                + whose(id) + "), uniques = (SELECT count(DISTINCT unique_value) FROM alert_events" + whose(id)
                + ") WHERE id = " + std::to_string(id),
            values)
        .map([](const duckdb::QueryResult &) {});
}

/// Takes over what the others have said of it, if nobody has said anything here.
Result<bool> Merging::judge(const Ours &ours, const WholeAlert &theirs)
{
    const bool isJudged = (ours.state == AlertState::Open || ours.state == AlertState::Recorded)
        && theirs.alert.state != AlertState::Open && theirs.alert.state != AlertState::Recorded;
    const bool isAssigned = !ours.isAssigned && !theirs.alert.assignee.isEmpty();
    if (!isJudged && !isAssigned) {
        return false;
    }
    const std::array<filter::SqlValue, 4> values{
        isJudged, std::int64_t{static_cast<int>(theirs.alert.state)}, isAssigned, theirs.alert.assignee.toStdString()};
    return m_connection
        .query("UPDATE alerts SET state = CASE WHEN ? THEN ? ELSE state END, assignee = CASE WHEN ? THEN ? ELSE "
               "assignee END WHERE id = "
                + std::to_string(ours.id),
            values)
        .map([](const duckdb::QueryResult &) { return true; });
}

Status Merging::join(const Ours &ours, const WholeAlert &theirs)
{
    const auto members = addMembers(ours.id, theirs);
    if (!members) {
        return tl::unexpected(members.error());
    }
    if (*members > 0) {
        if (Status counted = count(ours.id, theirs, *members); !counted) {
            return counted;
        }
    }
    const auto judged = judge(ours, theirs);
    if (!judged) {
        return tl::unexpected(judged.error());
    }
    const auto notes = addNotes(ours.id, theirs.notes);
    if (!notes) {
        return tl::unexpected(notes.error());
    }
    if (*members > 0 || *judged || *notes > 0) {
        ++m_report.changed;
        m_touched.push_back(ours.id);
    }
    return {};
}

Status Merging::take(const WholeAlert &theirs)
{
    const auto ours = find(theirs);
    if (!ours) {
        return tl::unexpected(ours.error());
    }
    if (*ours) {
        return (*ours)->isRemoved ? Status() : join(**ours, theirs);
    }
    const auto id = add(theirs);
    if (!id) {
        return tl::unexpected(id.error());
    }
    const auto members = addMembers(*id, theirs);
    const auto notes = members ? addNotes(*id, theirs.notes) : members;
    if (!notes) {
        return tl::unexpected(notes.error());
    }
    ++m_report.added;
    m_touched.push_back(*id);
    return count(*id, theirs, 0);
}

} // namespace

QFuture<Result<std::vector<WholeAlert>>> AlertMerge::after(AlertId id, int most) const
{
    Store::Private &data = Store::Private::of(*m_store);
    return data.read<std::vector<WholeAlert>>(
        data.lookups, [id, most](duckdb::Connection &connection, const std::stop_token &) {
            return duckdb::Transaction::begin(connection).and_then([&](const duckdb::Transaction &) {
                return readAfter(connection, id, most);
            });
        });
}

QFuture<Result<AlertMergeReport>> AlertMerge::merge(std::vector<WholeAlert> alerts)
{
    Store::Private &data = Store::Private::of(*m_store);
    const auto told = std::make_shared<AlertChange>();
    return data.write<AlertMergeReport>(
        [alerts = std::move(alerts), told](duckdb::Connection &connection) -> Result<AlertMergeReport> {
            Merging merging(connection);
            const Status merged = inTransaction(connection, [&]() -> Status {
                for (const WholeAlert &alert : alerts) {
                    if (Status taken = merging.take(alert); !taken) {
                        return taken;
                    }
                }
                return {};
            });
            if (!merged) {
                return tl::unexpected(merged.error());
            }
            told->updated = merging.touched();
            return merging.report();
        },
        [told, news = &data.alertNews] {
            if (!told->isEmpty()) {
                Q_EMIT news->changed(*told);
            }
        });
}

} // namespace octotrail::store
