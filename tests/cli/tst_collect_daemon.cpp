// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Program.h"
#include "simulator/Simulator.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// octotrail collect without --once, as a service runs it.
class TestCollectDaemon : public QObject
{
    Q_OBJECT

private:
    QString storeFile() const { return m_folder->filePath(u"case.duckdb"_s); }

    /// A company of some thousand events, the last of them yesterday.
    static std::unique_ptr<simulator::Simulator> company(const QString &faults = {}, int perMinute = 40)
    {
        simulator::Simulator::Options options;
        options.live = false;
        options.history = 3h;
        options.historyEventsPerMinute = perMinute;
        options.start = std::chrono::floor<std::chrono::days>(event::now()) - 24h - 12h;
        options.logsPerWindow = 100'000;
        options.faults = faults;
        auto organization = simulator::Simulator::start(options);
        return organization ? std::move(*organization) : nullptr;
    }

    std::unique_ptr<QProcess> collector(const simulator::Simulator &organization, const QStringList &more = {}) const
    {
        return tests::start(
            QStringList{u"--store"_s, storeFile(), u"collect"_s, u"--org"_s, organization.origin().toString()} + more,
            {u"OCTOTRAIL_TOKEN="_s + organization.token(), u"OCTOTRAIL_POLL_MS=200"_s, u"OCTOTRAIL_BACKOFF_MS=20"_s});
    }

    QList<QByteArray> exported() const
    {
        QList<QByteArray> lines
            = run({u"--store"_s, storeFile(), u"export"_s, u"--format"_s, u"ndjson"_s}).out.split('\n');
        lines.removeLast();
        std::ranges::sort(lines);
        return lines;
    }

    static QList<QByteArray> logOf(const simulator::Simulator &organization)
    {
        QList<QByteArray> lines;
        for (const std::string &line : organization.log()) {
            lines.append(QByteArray::fromStdString(line));
        }
        std::ranges::sort(lines);
        return lines;
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void endsCleanly_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }

    void endsCleanly()
    {
        QFETCH(int, signal);
        const auto organization = company(u"503@2"_s, 6);
        QVERIFY(organization);
        const auto process = collector(*organization);
        QByteArray said;
        const auto hasSaid = [&](const char *words) {
            said += process->readAllStandardError();
            return said.contains(words);
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasSaid("Up to date"), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(hasSaid("The past is read."), 30'000);
        ::kill(static_cast<pid_t>(process->processId()), signal);
        const Outcome outcome = finish(*process);
        said += outcome.err;
        QCOMPARE(outcome.code, 0);
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(said.contains("\ncollected "), said.constData());
        QVERIFY2(said.contains("Reading the past: "), said.constData());
        QVERIFY(!said.contains(organization->token().toLatin1()));
        QVERIFY(!QFile::exists(storeFile() + u".wal"_s));
        QCOMPARE(exported(), logOf(*organization));
    }

    void aTokenThatIsRevokedEndsIt()
    {
        const auto organization = company(u"unauthorized@4*"_s, 6);
        const auto process = collector(*organization);
        const Outcome outcome = finish(*process);
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("does not accept the API token"), outcome.err.constData());
        QVERIFY(organization->requestCount(u"/api/v1/logs"_s) <= 6);
    }

    /// While it connects, reads its first page, fills the past, waits after faults: killed at each request in turn, a
    /// moment earlier or later.
    void survivesBeingKilledInEachPhase()
    {
        const auto organization = company(u"500@5*2,429@9,slow@3,slow@7,slow@12"_s);
        QVERIFY(organization);
        const auto requests = [&] {
            return organization->requestCount(u"/api/v1/logs"_s)
                + organization->requestCount(u"/.well-known/okta-organization"_s);
        };
        QRandomGenerator random(7);
        for (int i = 0; i < 14; ++i) {
            const qint64 wanted = requests() + 1 + i % 5;
            const auto process = collector(*organization);
            (void)QTest::qWaitFor([&] { return requests() >= wanted; }, 10'000);
            QTest::qWait(random.bounded(0, 60));
            process->kill();
            QVERIFY(process->waitForFinished());
        }
        const Outcome last
            = run({u"--store"_s, storeFile(), u"collect"_s, u"--org"_s, organization->origin().toString(), u"--once"_s},
                {}, {u"OCTOTRAIL_TOKEN="_s + organization->token(), u"OCTOTRAIL_BACKOFF_MS=20"_s});
        QVERIFY2(last.code == 0, last.err.constData());
        const auto log = logOf(*organization);
        const auto stored = exported();
        QCOMPARE(stored.size(), log.size());
        QVERIFY(stored == log);
    }

    void twoOnOneStore()
    {
        const auto organization = company({}, 6);
        const auto first = collector(*organization);
        QTRY_VERIFY_WITH_TIMEOUT(organization->requestCount(u"/api/v1/logs"_s) > 0, 30'000);
        const qint64 pid = first->processId();
        const auto second = collector(*organization);
        const Outcome refused = finish(*second);
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("is open in another program"), refused.err.constData());
        QVERIFY2(refused.err.contains(QByteArray::number(pid)), refused.err.constData());
        QTRY_VERIFY_WITH_TIMEOUT(organization->requestCount(u"/api/v1/logs"_s) > 10, 30'000);
        first->terminate();
        QCOMPARE(finish(*first).code, 0);
        QCOMPARE(exported(), logOf(*organization));
    }

    void theShareIsKept()
    {
        QCOMPARE(run({u"collect"_s, u"--org"_s, u"http://127.0.0.1:1"_s, u"--rate-share"_s, u"0"_s}).code, 2);
        QCOMPARE(run({u"collect"_s, u"--org"_s, u"http://127.0.0.1:1"_s, u"--rate-share"_s, u"101"_s}).code, 2);
        simulator::Simulator::Options options;
        options.live = false;
        options.history = 1h;
        options.logsPerWindow = 20;
        options.rateWindow = 600s;
        const auto organization = simulator::Simulator::start(options);
        QVERIFY(organization);
        const auto process = collector(**organization, {u"--rate-share"_s, u"25"_s});
        process->setReadChannel(QProcess::StandardError);
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT(
            (said += process->readAllStandardError()).contains("Waiting for our share of Okta's rate limit until"),
            60'000);
        QTest::qWait(600);
        QCOMPARE((*organization)->requestCount(u"/api/v1/logs"_s), 5);
        process->terminate();
        QCOMPARE(finish(*process).code, 0);
    }
};

QTEST_GUILESS_MAIN(TestCollectDaemon)
#include "tst_collect_daemon.moc"
