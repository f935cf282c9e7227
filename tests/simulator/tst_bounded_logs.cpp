// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"
#include "event/LogEvent.h"

#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace Qt::StringLiterals;
using event::Timestamp;
using simulator::Simulator;

/// Requests with until, or in descending order.
class TestBoundedLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Simulator::Options options = fixedLog();
        options.faults = u"late=0.05,reorder=0.2"_s; // so that the two orders differ
        m_simulator = startedWith(options);
        QVERIFY(m_simulator);
        for (const std::string &line : m_simulator->log()) {
            m_log.emplace_back(*event::LogEvent::fromBytes(line).published(), line);
        }
        QVERIFY(!std::ranges::is_sorted(m_log, {}, &Entry::first));
    }

    void isOrderedByPublished_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<bool>("descending");
        QTest::newRow("pages up") << 77 << false;
        QTest::newRow("pages down") << 77 << true;
        QTest::newRow("large page up") << 1000 << false;
        QTest::newRow("single events down") << 9 << true;
    }
    void isOrderedByPublished()
    {
        QFETCH(int, limit);
        QFETCH(bool, descending);
        Client client(*m_simulator);
        const auto served
            = client.collect(u"/api/v1/logs?since=2026-06-03T13:30:00Z&until=2026-06-03T14:30:00Z&limit=%1"_s.arg(limit)
                + (descending ? u"&sortOrder=DESCENDING"_s : QString()));
        auto expected = between("2026-06-03T13:30:00Z", "2026-06-03T14:30:00Z");
        QVERIFY(expected.size() > 200);
        if (descending) {
            std::ranges::reverse(expected);
        }
        QCOMPARE(served, expected);
    }

    void lastPageHasNoNext()
    {
        Client client(*m_simulator);
        const auto all = between("2026-06-03T14:00:00Z", "2026-06-03T14:10:00Z");
        const QString range = u"/api/v1/logs?since=2026-06-03T14:00:00Z&until=2026-06-03T14:10:00Z&limit="_s;
        // A full page that is the last one has none either.
        const Answer exact = client.get(range + QString::number(all.size()));
        QCOMPARE(exact.lines(), all);
        QVERIFY(exact.next().isEmpty());
        QVERIFY(exact.link(u"self"_s).isValid());
        const Answer oneLess = client.get(range + QString::number(all.size() - 1));
        QVERIFY(!oneLess.next().isEmpty());
        const Answer last = client.get(oneLess.next());
        QCOMPARE(last.lines(), std::vector{all.back()});
        QVERIFY(last.next().isEmpty());
    }

    void rangeIsHalfOpen()
    {
        Client client(*m_simulator);
        const Timestamp at = m_log[300].first;
        const auto page = [&](Timestamp since, Timestamp until) {
            return client
                .get(u"/api/v1/logs?since=%1&until=%2"_s.arg(QString::fromStdString(event::formatTimestamp(since)),
                    QString::fromStdString(event::formatTimestamp(until))))
                .lines();
        };
        QVERIFY(std::ranges::count(page(at, at + std::chrono::milliseconds(1)), m_log[300].second) == 1);
        QVERIFY(std::ranges::count(page(at - std::chrono::milliseconds(1), at), m_log[300].second) == 0);
        QVERIFY(page(at, at).empty());
    }

    void descendingAloneIsBounded()
    {
        Client client(*m_simulator);
        const auto served = client.collect(u"/api/v1/logs?sortOrder=DESCENDING&limit=500"_s);
        auto expected = between("2026-05-27T15:00:00Z", "2026-06-03T15:00:01Z");
        std::ranges::reverse(expected);
        QCOMPARE(served, expected);
        // An empty until is none.
        QVERIFY(client.get(u"/api/v1/logs?until=&limit=1000&"_s + sinceBegin).next().isValid());
    }

    void filters()
    {
        Client client(*m_simulator);
        const auto served = client.collect(u"/api/v1/logs?until=2026-06-03T15:00:00Z&limit=7&"_s + sinceBegin
            + u"&filter=eventType%20eq%20%22user.session.start%22"_s);
        auto expected = between("2026-06-03T00:00:00Z", "2026-06-03T15:00:00Z");
        std::erase_if(expected, [](const std::string &line) {
            return event::LogEvent::fromBytes(line).text(event::field::EventType) != "user.session.start";
        });
        QVERIFY(expected.size() > 20);
        QCOMPARE(served, expected);
    }

private:
    using Entry = std::pair<Timestamp, std::string>;
    std::vector<std::string> between(std::string_view since, std::string_view until) const
    {
        const event::TimeRange range{event::parseTimestamp(since), event::parseTimestamp(until)};
        std::vector<Entry> found;
        std::ranges::copy_if(
            m_log, std::back_inserter(found), [&](const Entry &entry) { return range.contains(entry.first); });
        std::ranges::stable_sort(found, {}, &Entry::first);
        std::vector<std::string> lines;
        std::ranges::transform(found, std::back_inserter(lines), &Entry::second);
        return lines;
    }

    std::unique_ptr<Simulator> m_simulator;
    std::vector<Entry> m_log; ///< in the order of persistence
};

QTEST_GUILESS_MAIN(TestBoundedLogs)
#include "tst_bounded_logs.moc"
