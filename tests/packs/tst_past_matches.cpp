// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "BundledPacks.h"
#include "detect/PastMatches.h"
#include "detect/SigmaDetector.h"
#include "event/LogEvent.h"
#include "simulator/Company.h"
#include "simulator/EventLog.h"
#include "simulator/Timeline.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <random>

using namespace octotrail;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Rules that ask for what only the bytes have, for what has odd names, and for each other.
constexpr const char *oddRules = R"(
title: Odd target of {target.alternateId} by {actor.displayName}
id: odd-title
detection: {s: {eventType: odd.event}, condition: s}
alert: {title: 'Odd {target.displayName} {request.ipChain.ip} {debugContext.debugData.strange.key}', dedup: [target.id]}
---
title: Known from the bytes
id: from-bytes
detection: {s: {eventType: odd.event, debugContext.debugData.strange: yes}, condition: s}
---
title: A word
id: a-word
detection: {keywords: [needle], condition: keywords}
---
title: Base
id: base
name: base
detection: {s: {eventType|startswith: odd.}, condition: s}
---
title: Odd events of one address
id: odd-count
correlation: {type: event_count, rules: base, group-by: [target.id, client.ipAddress], timespan: 1d, condition: {gte: 2}}
---
title: Few
id: odd-few
correlation: {type: event_count, rules: base, group-by: [actor.id], timespan: 1m, condition: {lt: 3}}
---
title: Odd counts, too
id: odd-chain
correlation: {type: event_count, rules: odd-count, group-by: [client.ipAddress], timespan: 1d, condition: {gte: 1}}
)";

/// Correlations of all kinds that thin out what they are given, and some that cannot, over the random events.
constexpr const char *correlations = R"(
title: A
id: a
name: a
detection: {s: {eventType: random.a}, condition: s}
---
title: B
id: b
name: b
detection: {s: {eventType|startswith: random.B}, condition: s}
---
title: C in its bytes
id: c
name: c
detection: {s: {eventType: random.c, strange.field: 1}, condition: s}
---
title: D, on its own too
id: d
name: d
detection: {s: {eventType: random.d}, condition: s}
---
title: '{actor.id} often from {client.ipAddress}'
id: often
correlation: {type: event_count, rules: [a], group-by: [actor.id], timespan: 10m, condition: {gte: 4}}
---
title: Both often
id: both-often
name: both_often
correlation: {type: event_count, rules: [a, b], group-by: [actor.id, client.ipAddress], timespan: 30m, condition: {gt: 2}}
---
title: Addresses of {actor.id}
id: addresses
correlation: {type: value_count, rules: [a], group-by: [actor.id], timespan: 15m, condition: {field: client.ipAddress, gte: 3}}
---
title: Targets
id: targets
correlation: {type: value_count, rules: [b], group-by: [actor.id], timespan: 2h, condition: {field: target.displayName, gte: 3}}
---
title: Pairs
id: pairs
correlation: {type: value_count, rules: [a, b], group-by: [target.id], timespan: 20m, condition: {field: [actor.id, client.ipAddress], gte: 5}}
---
title: Together
id: together
correlation: {type: temporal, rules: [a, b], group-by: [client.ipAddress], timespan: 2m}
---
title: One after the other
id: ordered
correlation: {type: temporal_ordered, rules: [b, a], group-by: [who], timespan: 5m, aliases: {who: {a: actor.id, b: target.id}}}
---
title: With C
id: with-c
correlation: {type: temporal, rules: [a, c], group-by: [actor.id], timespan: 5m}
---
title: With D
id: with-d
correlation: {type: temporal, rules: [b, d], group-by: [actor.id], timespan: 5m, generate: true}
---
title: Of correlations
id: chain
correlation: {type: temporal_ordered, rules: [both_often, d], group-by: [actor.id], timespan: 20m}
---
title: Calm
id: calm
correlation: {type: event_count, rules: [d], group-by: [actor.id], timespan: 10m, condition: {lt: 2}}
---
title: New address
id: new-address
correlation: {type: first_seen, rules: [a], group-by: [actor.id], field: client.ipAddress, timespan: 2h}
---
title: New target after a while
id: new-target
correlation: {type: first_seen, rules: [b], group-by: [actor.id], field: target.displayName, timespan: 5h, learning: 1d}
---
title: New pair
id: new-pair
correlation: {type: first_seen, rules: [a, b], group-by: [client.ipAddress], field: [actor.id, target.id], timespan: 4h}
---
title: Far away
id: far
correlation: {type: travel, rules: [a, b], group-by: [actor.id], timespan: 3h, condition: {gt: 300}}
)";

constexpr const char *oddEvents[]{
    R"({"uuid":"o1","published":"2026-11-22T08:00:00.123Z","eventType":"odd.event","actor":{"id":"a","displayName":""},)"
    R"("client":{"ipAddress":"1.2.3.4"},"target":[{"id":"t1","displayName":"One \"two\"\n"},{"id":"t2","type":null}],)"
    R"("debugContext":{"debugData":{"strange":"yes","strange.key":"k"}},"request":{"ipChain":[{"ip":"9.9.9.9"}]}})",
    R"({"uuid":"o2","published":"2026-11-22T08:00:01Z","eventType":"ODD.event","actor":{"id":7},)"
    R"("client":{"ipAddress":"1.2.3.4"},"target":[{"id":"t2","displayName":"\u0000 needle"}]})",
    R"({"uuid":"o3","eventType":"odd.event","client":{"ipAddress":"1.2.3.4"},"target":{"id":"t1"}})", // without a time
    R"({"published":"2026-11-22T08:00:02Z","eventType":"odd.event","client":{"ipAddress":["1.2.3.4"]},"target":[]})",
    "{\"uuid\":\"o5\",\"published\":\"2026-11-22T08:00:03Z\",\"eventType\":\"odd.\xff\xc3\",\"actor\":{\"id\":\"\xf0\"}"
    "}",
    R"(no JSON at all, but a needle)",
};

/// Events of few actors, addresses and targets, some of these missing or written otherwise, some at the same moment.
std::string randomEvent(std::mt19937 &random, event::Timestamp &time)
{
    const auto one = [&](std::initializer_list<const char *> of) {
        return std::string(std::data(of)[std::uniform_int_distribution<std::size_t>(0, of.size() - 1)(random)]);
    };
    static int count = 0;
    time += std::chrono::seconds(
        std::uniform_int_distribution<int>(0, 3)(random) == 0 ? 0 : std::uniform_int_distribution<int>(0, 240)(random));
    if (std::uniform_int_distribution<int>(0, 200)(random) == 0) {
        time += 7h;
    }
    std::string targets;
    for (int i = std::uniform_int_distribution<int>(0, 3)(random); i > 0; --i) {
        targets += R"({"id":)" + one({R"("ann")", R"("Bob")", R"("t1")", "null"}) + R"(,"displayName":)"
            + one({R"("One")", R"("ONE")", R"("Two")", R"("\u00c4")", R"("\u00e4")", R"("")"}) + (i > 1 ? "}," : "}");
    }
    return R"({"uuid":"r)" + std::to_string(++count) + R"(","published":")" + event::formatTimestamp(time)
        + R"(","eventType":")" + one({"random.a", "random.a", "random.b", "random.c", "random.d"})
        + R"(","strange":{"field":)" + one({"1", "2"}) + R"(},"actor":{"id":)"
        + one({R"("ann")", R"("ANN")", R"("bob")", R"("")", "null"}) + R"(},"client":{"ipAddress":)"
        + one({R"("1.1.1.1")", R"("2.2.2.2")", R"("3.3.3.3")", "null"})
        + R"(,"geographicalContext":{"city":"X","geolocation":)"
        + one({R"({"lat":48.1,"lon":11.5})", R"({"lat":48.1,"lon":11.5})", R"({"lat":40.7,"lon":-74.0})",
            R"({"lat":0,"lon":0})", "null"})
        + R"(}},"target":[)" + targets + "]}";
}

/// All that a match says, as text.
QString textOf(const detect::Match &match)
{
    QStringList parts{match.rule->id, QString::number(match.source), match.title, match.dedupKey, match.context,
        QString::fromStdString(match.measure), QString::fromStdString(event::formatTimestamp(match.first)),
        QString::fromStdString(event::formatTimestamp(match.last)), QString::number(match.firedBy)};
    for (const auto &[name, value] : match.group) {
        parts.append(QString::fromStdString(name + '=' + value));
    }
    for (const detect::Member &member : match.members) {
        parts.append(QString::number(member.seq) + u' ' + QString::fromStdString(member.uuid));
    }
    return parts.join(u" | "_s);
}

} // namespace

/// What searches find of the past is what the rules see in the events themselves.
class TestPastMatches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const event::Timestamp end = *event::parseTimestamp("2026-11-23T08:00:00Z");
        simulator::Company company(200, 7, end);
        simulator::EventLog log;
        simulator::Timeline timeline(company, {7, end, 24h, 120, 20, {}, true}, log);
        timeline.advance(end);
        m_store = *store::Store::open(m_folder.filePath(u"past.duckdb"_s));
        store::SourceId source = 1;
        std::vector<event::LogEvent> events;
        const auto append = [&] {
            QVERIFY(m_store->append({source, std::exchange(events, {}), {}}).result().has_value());
        };
        for (std::size_t i = 0; i < log.size(); ++i) {
            events.push_back(event::LogEvent::fromBytes(std::string(log.line(i))));
            if (events.size() == 2000) {
                append();
            }
        }
        append();
        source = 2;
        for (const char *json : oddEvents) {
            events.push_back(event::LogEvent::fromBytes(json));
        }
        append();
        source = 3;
        std::mt19937 random(5);
        event::Timestamp time = end;
        for (int i = 0; i < 6000; ++i) {
            events.push_back(event::LogEvent::fromBytes(randomEvent(random, time)));
        }
        std::ranges::shuffle(events, random);
        append();
        store::EventQuery query;
        query.descending = false;
        QVERIFY(m_store
                    ->forEachEvent(query, {},
                        [&](const store::StoredEvent &event) {
                            m_events.push_back(event);
                            return true;
                        },
                        {})
                    .has_value());
        QVERIFY(m_events.size() > 1000);
    }

    void equalTheEvents_data()
    {
        QTest::addColumn<QString>("pack");
        for (const QString &name : packs::names()) {
            QTest::newRow(qPrintable(name)) << name;
        }
        QTest::newRow("odd") << u"odd.yml"_s;
        QTest::newRow("correlations") << u"correlations.yml"_s;
    }
    void equalTheEvents()
    {
        QFETCH(QString, pack);
        detect::RuleSet set;
        if (pack.endsWith(u".yml"_s)) {
            detect::RuleLoader loader;
            loader.addText(pack, pack.startsWith(u"odd"_s) ? oddRules : correlations);
            set = loader.link();
            QVERIFY2(set.problems.empty(), set.problems.empty() ? "" : qPrintable(set.problems.front().text()));
        } else {
            set = packs::load({pack});
        }
        QStringList expected;
        std::vector<detect::Match> matches;
        detect::SigmaDetector detector(set.rules);
        for (const store::StoredEvent &stored : m_events) {
            detector.process({{stored.seq, stored.source, &stored.event}}, matches);
        }
        detector.finish(matches);
        std::ranges::transform(matches, std::back_inserter(expected), textOf);

        QStringList found;
        std::vector<double> parts;
        const auto status = detect::PastMatches(m_store).forEach(
            set.rules, {}, [&](const detect::Match &match) { found.append(textOf(match)); },
            [&](double part) { parts.push_back(part); });
        QVERIFY(status.has_value());
        for (const detect::RulePtr &rule : set.rules) {
            // Each of them has something to find.
            QVERIFY2(pack != u"correlations.yml"_s || !rule->raises
                    || std::ranges::any_of(matches, [&](const detect::Match &match) { return match.rule == rule; }),
                qPrintable(rule->id));
        }
        QVERIFY(!expected.isEmpty());
        // Windows that nothing ended are judged when there is a next event: of a search, that may be another one.
        expected.sort();
        found.sort();
        QCOMPARE(found, expected);
        QVERIFY(std::ranges::is_sorted(parts));
        QCOMPARE(parts.back(), 1.0);
    }

    void rangeAndStop()
    {
        const auto set = packs::load({u"core"_s});
        const event::TimeRange range{
            *event::parseTimestamp("2026-11-22T12:00:00Z"), *event::parseTimestamp("2026-11-22T20:00:00Z")};
        int count = 0;
        const detect::PastMatches past(m_store);
        QVERIFY(past.forEach(set.rules, range,
                        [&](const detect::Match &match) {
                            ++count;
                            QVERIFY(match.first >= *range.since && match.last < *range.until);
                        })
                    .has_value());
        QVERIFY(count > 0);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = past.forEach(
            set.rules, {}, [](const detect::Match &) { QFAIL("It was stopped."); }, {}, stop.get_token());
        QVERIFY(!stopped.has_value());
        QCOMPARE(stopped.error().kind, event::ErrorKind::Cancelled);
    }

private:
    QTemporaryDir m_folder;
    std::shared_ptr<store::Store> m_store;
    std::vector<store::StoredEvent> m_events;
};

QTEST_GUILESS_MAIN(TestPastMatches)
#include "tst_past_matches.moc"
