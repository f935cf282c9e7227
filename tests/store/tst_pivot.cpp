// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Pivot.h"

#include <QTest>
#include <map>
#include <set>

using namespace octotrail;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int eventCount = 2000;

} // namespace

/// Groups of events, against what the events themselves say.
class TestPivot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsWhatIsThere_data();
    void countsWhatIsThere();
    void theLatestComeFirst_data();
    void theLatestComeFirst();
    void targetsCountOnceForAnEvent();
    void aPathWithoutAColumnIsTheSame();
    void theLimitIsTold();
    void allGroupsAreStreamed();
    void refusesWhatIsNoPath();
    void canBeStopped();

private:
    Case m_case;
    std::vector<event::LogEvent> m_events;
    store::Seq m_first = 0;
};

void TestPivot::initTestCase()
{
    m_case.open();
    m_events = events(0, eventCount);
    const store::CommitReport report = m_case.append(events(0, eventCount));
    QCOMPARE(report.inserted, eventCount);
    m_first = report.firstSeq;
}

void TestPivot::countsWhatIsThere_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<bool>("known");
    QTest::newRow("all") << QByteArray() << false;
    QTest::newRow("a column") << QByteArray(R"(outcome.result eq "FAILURE")") << false;
    QTest::newRow("bytes") << QByteArray(R"(unlisted.deep.thing pr)") << false;
    QTest::newRow("bytes, known") << QByteArray(R"(unlisted.deep.thing pr)") << true;
}

void TestPivot::countsWhatIsThere()
{
    QFETCH(const QByteArray, filter);
    QFETCH(const bool, known);
    store::PivotRequest request;
    request.query = query(filter.constData());
    request.groupBy = {"eventType", "outcome.result"};
    request.distinctOf = "actor.alternateId";
    const SearchResult found = searchAll(m_case.store(), request.query);
    if (known) {
        request.seqs = std::make_shared<const std::vector<store::Seq>>(found.seqs);
    }
    const auto result = must(get(store::Pivot(m_case.store()).group(request)));

    struct Group
    {
        qint64 count = 0;
        std::set<std::string> actors;
        std::string first, last;
    };
    std::map<std::pair<QString, QString>, Group> expected;
    for (const store::Seq seq : found.seqs) {
        const event::LogEvent &event = m_events[static_cast<std::size_t>(seq - m_first)];
        const auto value = [&](const char *path) {
            QString text;
            event::visitValues(event.bytes(), event::FieldPath(path), [&](std::string_view v, event::JsonKind) {
                text = QString::fromUtf8(v.data(), static_cast<qsizetype>(v.size()));
                return false;
            });
            return text;
        };
        Group &group = expected[{value("eventType"), value("outcome.result")}];
        ++group.count;
        if (const QString actor = value("actor.alternateId"); !actor.isEmpty()) {
            group.actors.insert(actor.toStdString());
        }
        if (event.published()) {
            const std::string time = event::formatTimestamp(*event.published());
            group.first = group.first.empty() ? time : std::min(group.first, time);
            group.last = std::max(group.last, time);
        }
    }
    QVERIFY(!expected.empty());
    QCOMPARE(result.groups, static_cast<std::int64_t>(expected.size()));
    QCOMPARE(result.table.rowCount(), result.groups);
    for (std::size_t row = 0; row < expected.size(); ++row) {
        const auto cell = [&](std::size_t column) { return result.table.cell(row, column); };
        const auto group = expected.find({cell(0), cell(1)});
        QVERIFY2(group != expected.end(), qPrintable(cell(0) + u' ' + cell(1)));
        QCOMPARE(cell(2).toLongLong(), group->second.count);
        QCOMPARE(cell(3).toULongLong(), group->second.actors.size());
        QCOMPARE(cell(4).toStdString(), group->second.first);
        QCOMPARE(cell(5).toStdString(), group->second.last);
        if (row > 0) {
            QVERIFY(cell(2).toLongLong() <= result.table.cell(row - 1, 2).toLongLong());
        }
    }
}

void TestPivot::theLatestComeFirst_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("a column") << QByteArray("actor.alternateId");
    QTest::newRow("bytes") << QByteArray("unlisted.deep.thing");
}

void TestPivot::theLatestComeFirst()
{
    QFETCH(const QByteArray, path);
    store::PivotRequest request;
    request.groupBy = {path.toStdString()};
    request.order = store::PivotRequest::Order::LatestFirst;
    const auto all = must(get(store::Pivot(m_case.store()).group(request)));
    QVERIFY(all.table.rowCount() > 2);
    std::string first = all.table.cell(0, 2).toStdString();
    for (std::int64_t row = 1; row < all.table.rowCount(); ++row) {
        const std::string next = all.table.cell(static_cast<std::size_t>(row), 2).toStdString();
        QVERIFY(next <= first);
        first = next.empty() ? first : next;
    }
    QVERIFY(all.first && all.last && *all.first < *all.last);
    // The times are those of all groups, also of those that are not given.
    request.limit = 1;
    const auto one = must(get(store::Pivot(m_case.store()).group(request)));
    QCOMPARE(one.table.cell(0, 0), all.table.cell(0, 0));
    QVERIFY(one.first == all.first && one.last == all.last);
    QCOMPARE(event::formatTimestamp(*one.first), first);
}

void TestPivot::targetsCountOnceForAnEvent()
{
    store::PivotRequest request;
    request.groupBy = {"target.type"};
    const auto types = must(get(store::Pivot(m_case.store()).group(request)));
    std::map<QString, qint64> expected;
    for (const event::LogEvent &event : m_events) {
        std::set<QString> values;
        for (const auto &target : event.targets()) {
            const std::string_view type = target.type.value_or(std::string_view());
            values.insert(QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
        }
        if (values.empty()) {
            values.insert(QString());
        }
        for (const QString &value : values) {
            ++expected[value];
        }
    }
    QCOMPARE(types.groups, static_cast<std::int64_t>(expected.size()));
    for (std::size_t row = 0; row < expected.size(); ++row) {
        QCOMPARE(types.table.cell(row, 1).toLongLong(), expected[types.table.cell(row, 0)]);
    }
    // Type and name of the same target stand together.
    request.groupBy = {"target.type", "target"};
    const auto pairs = must(get(store::Pivot(m_case.store()).group(request)));
    QVERIFY(pairs.groups >= types.groups);
}

void TestPivot::aPathWithoutAColumnIsTheSame()
{
    store::PivotRequest columns;
    columns.groupBy = {"outcome.result"};
    columns.distinctOf = "eventType";
    const auto fast = must(get(store::Pivot(m_case.store()).group(columns)));
    // Another spelling for which there is no column: the second field only forces the way by the bytes.
    store::PivotRequest bytes = columns;
    bytes.groupBy = {"outcome.result", "nothing.like.it"};
    const auto slow = must(get(store::Pivot(m_case.store()).group(bytes)));
    QCOMPARE(slow.groups, fast.groups);
    for (std::size_t row = 0; row < static_cast<std::size_t>(fast.groups); ++row) {
        bool isFound = false;
        for (std::size_t other = 0; other < static_cast<std::size_t>(slow.groups); ++other) {
            if (slow.table.cell(other, 0) != fast.table.cell(row, 0)) {
                continue;
            }
            isFound = true;
            QVERIFY(slow.table.cell(other, 1).isNull());
            for (std::size_t column = 1; column < fast.table.columns.size(); ++column) {
                QCOMPARE(slow.table.cell(other, column + 1), fast.table.cell(row, column));
            }
        }
        QVERIFY(isFound);
    }
}

void TestPivot::theLimitIsTold()
{
    store::PivotRequest request;
    request.groupBy = {"uuid"};
    request.limit = 7;
    const auto result = must(get(store::Pivot(m_case.store()).group(request)));
    QCOMPARE(result.table.rowCount(), 7);
    QVERIFY(result.groups > 1900);
}

void TestPivot::allGroupsAreStreamed()
{
    store::PivotRequest request;
    request.groupBy = {"uuid", "unlisted.deep.thing"};
    request.distinctOf = "target.type";
    const auto all = must(get(store::Pivot(m_case.store()).group(request)));
    request.limit = 7;
    std::vector<QString> cells;
    std::size_t columns = 0;
    const auto begin = [&](const std::vector<store::SqlColumn> &given) {
        columns = given.size();
        return true;
    };
    const auto count
        = store::Pivot(m_case.store())
              .stream(request, begin,
                  [&](store::SqlConsole::Row row) {
                      for (const auto &cell : row) {
                          cells.push_back(
                              cell ? QString::fromUtf8(cell->data(), static_cast<qsizetype>(cell->size())) : QString());
                      }
                      return true;
                  },
                  {});
    QCOMPARE(must(count), all.groups);
    QCOMPARE(columns, all.table.columns.size());
    QCOMPARE(cells, all.table.cells);
    const auto two = store::Pivot(m_case.store())
                         .stream(request, begin, [rows = 0](store::SqlConsole::Row) mutable { return ++rows < 3; }, {});
    QCOMPARE(must(two), 2);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = store::Pivot(m_case.store())
                             .stream(
                                 request, begin, [](store::SqlConsole::Row) { return true; }, stop.get_token());
    QCOMPARE(stopped.error().kind, event::ErrorKind::Cancelled);
}

void TestPivot::refusesWhatIsNoPath()
{
    for (const std::vector<std::string> &paths :
        std::vector<std::vector<std::string>>{{}, {""}, {"a..b"}, {"a", "b", "c"}}) {
        store::PivotRequest request;
        request.groupBy = paths;
        QCOMPARE(get(store::Pivot(m_case.store()).group(request)).error().kind, event::ErrorKind::InvalidInput);
    }
    store::PivotRequest request;
    request.groupBy = {"x\"; DROP TABLE events; --"};
    QVERIFY(get(store::Pivot(m_case.store()).group(request)));
    QCOMPARE(must(get(m_case.store().count({}))), eventCount);
}

void TestPivot::canBeStopped()
{
    store::PivotRequest request;
    request.groupBy = {"eventType"};
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(get(store::Pivot(m_case.store()).group(request, stop)).error().kind, event::ErrorKind::Cancelled);
}

QTEST_GUILESS_MAIN(TestPivot)
#include "tst_pivot.moc"
