// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "FullDisk.h"
#include "ScriptedLog.h"

#include <QFile>
#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

} // namespace

/// Whatever the network and the organization do wrong, the store ends with exactly the log.
class TestCollectFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faults_data();
    void faults();
    void refusalsNeedAttention_data();
    void refusalsNeedAttention();
    void strangeEventsAreKept_data();
    void strangeEventsAreKept();
    void everythingAtOnce();
    void nobodyThere();
    void hostUnknown();
    void fullDiskLosesNothing();
    void aFileThatIsMovedAwayLosesNothing();
};

void TestCollectFaults::faults_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<int>("state"); // that was told of it; Healthy: none
    QTest::addColumn<QString>("says");
    const auto row = [](const char *faults, State state, const char *says) {
        QTest::newRow(faults) << QString::fromLatin1(faults) << static_cast<int>(state) << QString::fromLatin1(says);
    };
    row("404@2", State::Retrying, "Trying again at");
    row("400@2", State::Healthy, "");
    row("429@2*2", State::WaitingForLimit, "Rate limited by Okta until");
    row("429-double@2", State::WaitingForLimit, "Rate limited by Okta until");
    row("429-concurrent@2", State::WaitingForLimit, "Rate limited by Okta until");
    row("500@2*3", State::Retrying, "(HTTP 500)");
    row("502@2", State::Retrying, "(HTTP 502)");
    row("503@1", State::Retrying, "read only mode");
    row("504@2", State::Retrying, "(HTTP 504)");
    row("drop@2*5", State::Retrying, "closed before the whole answer"); // one alone is tried again by Qt itself
    row("reset@2", State::Retrying, "Trying again at");
    row("truncate@2", State::Retrying, "answer"); // told as closed or as cut short, by what Qt sees first
    row("badjson@2", State::Retrying, "cut short");
    row("badgzip@2", State::Retrying, "Trying again at");
    row("html@2", State::Retrying, "web page instead of data");
    row("redirect@2", State::Retrying, "elsewhere.invalid");
    row("hang@2", State::Retrying, "did not answer in time");
    row("slow@2", State::Healthy, "");
    row("empty-page@2", State::Healthy, "");
    row("nolink@2", State::Retrying, "did not say where to go on");
    row("otherhost@2", State::Retrying, "another host, elsewhere.invalid");
    row("otherport@2", State::Retrying, "another host, 127.0.0.1");
    row("selflink@2", State::Healthy, "");
    row("joined-links@1*", State::Healthy, "");
    row("dead-cursor@3", State::Healthy, "");
    row("duplicate=0.05", State::Healthy, "");
    row("org:503@1*2", State::Healthy, "");
    row("org:drop@1*2", State::Retrying, "closed before the whole answer");
    row("clock=86400", State::Healthy, "");
    row("clock=-86400", State::Healthy, "");
}

void TestCollectFaults::faults()
{
    QFETCH(QString, faults);
    QFETCH(int, state);
    QFETCH(QString, says);
    const auto organization = replay(faults);
    QVERIFY(organization);
    Pace pace = smallPages();
    pace.client.silence = faults.startsWith(u"hang"_s) ? 1s : 10s;
    Collection collection(pace);
    const auto id = collection.put(*organization);
    const auto count = static_cast<qint64>(organization->log().size());
    QTRY_VERIFY_WITH_TIMEOUT(
        collection.status(id).events >= count && collection.status(id).state == State::Healthy, patience);
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(collection.status(id).events, count);
    if (static_cast<State>(state) != State::Healthy) {
        QVERIFY2(collection.wasTold(static_cast<State>(state), says), qPrintable(collection.status(id).lastFault));
    }
}

void TestCollectFaults::refusalsNeedAttention_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("token revoked in the middle")
        << u"unauthorized@3"_s << static_cast<int>(event::ErrorKind::Unauthorized)
        << u"does not accept the API token"_s;
    QTest::newRow("role taken away") << u"forbidden@3"_s << static_cast<int>(event::ErrorKind::Forbidden)
                                     << u"read-only administrator"_s;
}

void TestCollectFaults::refusalsNeedAttention()
{
    QFETCH(QString, faults);
    QFETCH(int, kind);
    QFETCH(QString, says);
    const auto organization = replay(faults);
    Collection collection;
    const auto id = collection.put(*organization);
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    const SourceStatus status = collection.status(id);
    QCOMPARE(static_cast<int>(status.kind), kind);
    QVERIFY2(status.sentence.contains(says), qPrintable(status.sentence));
    QVERIFY(!status.nextTry);
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), 3);
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(collection.status(id).duplicates, 0);
}

void TestCollectFaults::strangeEventsAreKept_data()
{
    QTest::addColumn<QString>("faults");
    for (const char *faults : {"late=0.05", "reorder=0.1", "null-target", "odd-fields", "bad-event=0.02",
             "late=0.05,reorder=0.05,null-target,odd-fields,bad-event=0.02,duplicate=0.02"}) {
        QTest::newRow(faults) << QString::fromLatin1(faults);
    }
}

void TestCollectFaults::strangeEventsAreKept()
{
    QFETCH(QString, faults);
    simulator::Simulator::Options options;
    options.history = 1h;
    const auto organization = simulate(options, faults);
    QVERIFY(organization);
    Collection collection;
    const auto id = collection.put(*organization);
    QVERIFY(collection.catchUp(id));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(collection.status(id).state, State::Healthy);
}

void TestCollectFaults::everythingAtOnce()
{
    const auto organization
        = replay(u"500=0.1,503=0.05,drop=0.05,reset=0.05,truncate=0.05,badjson=0.05,html=0.05,otherhost=0.05,"
                 "nolink=0.05,dead-cursor=0.05,selflink=0.05,empty-page=0.05,joined-links=0.1,"
                 "duplicate=0.05"_s);
    QVERIFY(organization);
    Collection collection;
    const auto id = collection.put(*organization);
    const auto count = static_cast<qint64>(organization->log().size());
    // Begun again a few times on the way, as if the process had died.
    for (int i = 0; i < 3; ++i) {
        const qint64 pages = collection.status(id).pages;
        QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).pages > pages, patience);
        collection.restart();
    }
    QTRY_VERIFY_WITH_TIMEOUT(static_cast<qint64>(collection.events().size()) >= count, patience);
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestCollectFaults::nobodyThere()
{
    QUrl gone;
    {
        HttpServer server([](const HttpRequest &) { return reply(200, "[]"); });
        gone = server.origin();
    }
    Collection collection;
    const auto id = collection.put(Collection::sourceOf(gone), "00token");
    QVERIFY(collection.reaches(id, State::Retrying));
    QCOMPARE(collection.status(id).kind, event::ErrorKind::Network);
    QVERIFY2(collection.status(id).lastFault.contains(u"refuses the connection"_s),
        qPrintable(collection.status(id).lastFault));
}

void TestCollectFaults::hostUnknown()
{
    Collection collection;
    const auto id = collection.put(Collection::sourceOf(QUrl(u"https://no-such-organization.invalid"_s)), "00token");
    QVERIFY(collection.reaches(id, State::Retrying));
    QCOMPARE(collection.status(id).kind, event::ErrorKind::Network);
    QVERIFY2(collection.status(id).lastFault.contains(u"no-such-organization.invalid could not be found"_s),
        qPrintable(collection.status(id).lastFault));
}

void TestCollectFaults::fullDiskLosesNothing()
{
    const auto organization = replay(u"slow=0.5"_s);
    Collection collection;
    const auto id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).events >= 100, patience);
    {
        const FullDisk full;
        QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).state == State::Retrying, patience);
        const SourceStatus status = collection.status(id);
        QVERIFY2(status.kind == event::ErrorKind::DiskFull || status.kind == event::ErrorKind::Storage,
            qPrintable(status.sentence));
        QVERIFY(status.nextTry);
    }
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).state == State::Healthy, patience);
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

/// Somebody moves the store's file away and puts it back.
void TestCollectFaults::aFileThatIsMovedAwayLosesNothing()
{
    const auto organization = replay(u"slow=0.5"_s);
    Collection collection;
    const auto id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).events >= 100, patience);
    const QString file = collection.store().file();
    QVERIFY(QFile::rename(file, file + u".away"_s));
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).state == State::Retrying, patience);
    QVERIFY2(collection.status(id).sentence.contains(u"moved away"_s), qPrintable(collection.status(id).sentence));
    QVERIFY(QFile::rename(file + u".away"_s, file));
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).state == State::Healthy, patience);
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

QTEST_GUILESS_MAIN(TestCollectFaults)
#include "tst_collect_faults.moc"
