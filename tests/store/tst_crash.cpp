// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Alerts.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>
#include <set>

using namespace octotrail;
using namespace octotrail::test;

/// What happens when it does not end well.
class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingWhenKilled();
    void countsEachFindingOnceWhenKilled();
    void keepsWhatWasStoredWhenTheDiskIsFull_data();
    void keepsWhatWasStoredWhenTheDiskIsFull();
};

void TestCrash::losesNothingWhenKilled()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("case.duckdb"));
    int acknowledged = 0;
    for (int kill = 0; kill < 8; ++kill) {
        QProcess child;
        child.start(QStringLiteral(STORE_CHILD), {QStringLiteral("collect"), file});
        const int pages = 1 + QRandomGenerator::global()->bounded(6);
        for (int page = 0; page < pages;) {
            QVERIFY2(child.waitForReadyRead(20'000), child.readAllStandardError().constData());
            while (child.canReadLine()) {
                acknowledged = child.readLine().trimmed().toInt();
                ++page;
            }
        }
        // In the middle of whatever it does now.
        QTest::qWait(QRandomGenerator::global()->bounded(25));
        child.kill();
        QVERIFY(child.waitForFinished());
        while (child.canReadLine()) {
            acknowledged = child.readLine().trimmed().toInt();
        }

        const auto opened = store::Store::open(file);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().sentence));
        const auto checkpoint = must(get((*opened)->checkpoint(1, QStringLiteral("Okta.SystemLog"))));
        QVERIFY(checkpoint);
        const int next = checkpoint->nextLink.toInt();
        QVERIFY(next >= acknowledged);
        std::set<std::string> bytes;
        int seen = 0;
        QVERIFY((*opened)->forEachEvent({}, {},
            [&](const store::StoredEvent &stored) {
                bytes.insert(stored.event.bytes());
                ++seen;
                return true;
            },
            {}));
        QCOMPARE(seen, next);
        QCOMPARE(bytes.size(), static_cast<std::size_t>(next));
        for (int n = 0; n < next; ++n) {
            QVERIFY(bytes.contains(eventJson(n)));
        }
    }
}

void TestCrash::countsEachFindingOnceWhenKilled()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("case.duckdb"));
    qint64 acknowledged = 0;
    for (int kill = 0; kill < 5; ++kill) {
        QProcess child;
        child.start(QStringLiteral(STORE_CHILD), {QStringLiteral("detect"), file});
        const int steps = 1 + QRandomGenerator::global()->bounded(5);
        for (int step = 0; step < steps;) {
            QVERIFY2(child.waitForReadyRead(30'000), child.readAllStandardError().constData());
            while (child.canReadLine()) {
                acknowledged = child.readLine().trimmed().toLongLong();
                ++step;
            }
        }
        QTest::qWait(QRandomGenerator::global()->bounded(25)); // in the middle of whatever it does now
        child.kill();
        QVERIFY(child.waitForFinished());
        while (child.canReadLine()) {
            acknowledged = child.readLine().trimmed().toLongLong();
        }

        store::Alerts alerts(must(store::Store::open(file)));
        const qint64 cursor = must(get(alerts.cursor(QStringLiteral("child"))));
        QVERIFY(cursor >= acknowledged);
        QCOMPARE(must(get(alerts.state(QStringLiteral("child")))).at("next"), std::to_string(cursor));
        const store::AlertList list = must(get(alerts.list({})));
        QCOMPARE(list.total, (cursor + 49) / 50);
        qint64 events = 0;
        for (const store::Alert &alert : list.alerts) {
            const store::AlertDetails details = must(get(alerts.alert(alert.id)));
            const std::set<std::string> uuids(details.uuids.begin(), details.uuids.end());
            QCOMPARE(uuids.size(), details.uuids.size());
            QCOMPARE(alert.events, static_cast<qint64>(uuids.size()));
            QCOMPARE(alert.matches, alert.events);
            for (const std::string &uuid : uuids) {
                QVERIFY(!uuid.empty());
            }
            events += alert.events;
        }
        QCOMPARE(events, cursor);
    }
}

void TestCrash::keepsWhatWasStoredWhenTheDiskIsFull_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("in a page") << 3'000'000;
    QTest::newRow("later") << 9'500'000;
}

void TestCrash::keepsWhatWasStoredWhenTheDiskIsFull()
{
    QFETCH(int, bytes);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("case.duckdb"));
    QProcess child;
    child.start(QStringLiteral(STORE_CHILD), {QStringLiteral("fill"), file, QString::number(bytes)});
    QVERIFY(child.waitForFinished(60'000));
    const QString output = QString::fromUtf8(child.readAllStandardOutput());
    QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0, child.readAllStandardError());
    const QRegularExpression pattern(
        QStringLiteral("full (\\d+) (\\d+) ([^\n]+)\nreads (-?\\d+)\n(again|refused) ([^\n]+)"));
    const QRegularExpressionMatch match = pattern.match(output);
    QVERIFY2(match.hasMatch(), qPrintable(output));
    qInfo().noquote() << output;
    const int stored = match.captured(1).toInt();
    QCOMPARE(match.captured(2).toInt(), static_cast<int>(event::ErrorKind::DiskFull));
    QVERIFY(match.captured(3).contains(file));
    const bool wentOn = match.captured(5) == QStringLiteral("again");
    if (wentOn) {
        QCOMPARE(match.captured(4).toInt(), stored);
    } else {
        // Then it says what to do.
        QVERIFY2(match.captured(6).contains(QStringLiteral("open it again")), qPrintable(match.captured(6)));
    }

    const auto opened = store::Store::open(file);
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().sentence));
    QCOMPARE(must(get((*opened)->count({}))), stored + (wentOn ? 1000 : 0));
    store::EventBatch more{1, events(stored, 2000), {}};
    QCOMPARE(must(get((*opened)->append(std::move(more)))).inserted, wentOn ? 1000 : 2000);
}

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
