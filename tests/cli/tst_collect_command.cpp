// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Program.h"
#include "SampleEvents.h"
#include "jose/Key.h"
#include "simulator/Simulator.h"
#include "store/Store.h"

#include <QRandomGenerator>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;

/// simulate and collect: two processes that speak HTTP.
class TestCollectCommand : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString storeFile() const { return path(u"case.duckdb"_s); }

    QString file(const QByteArray &bytes, const QString &name)
    {
        QFile out(path(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return out.fileName();
    }

    QStringList collecting(const QString &origin, const QStringList &more = {}) const
    {
        return QStringList{u"--store"_s, storeFile(), u"collect"_s, u"--org"_s, origin} + more;
    }

    static QStringList tokenVariable(const QString &token) { return {u"OCTOTRAIL_TOKEN="_s + token}; }

    Outcome collectOnce(const QString &origin, const QString &token, const QStringList &more = {}) const
    {
        return run(collecting(origin, QStringList{u"--once"_s} + more), {}, tokenVariable(token));
    }

    QByteArray exported() const
    {
        return run({u"--store"_s, storeFile(), u"export"_s, u"--format"_s, u"ndjson"_s}).out;
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void simulateTellsWhereItListens()
    {
        SimulateProcess organization({u"--seed"_s, u"3"_s});
        QVERIFY(organization.isListening());
        QVERIFY(!organization.token().isEmpty());
        organization.process().terminate();
        QCOMPARE(finish(organization.process()).code, 0);
        SimulateProcess other({});
        ::kill(static_cast<pid_t>(other.process().processId()), SIGINT);
        QCOMPARE(finish(other.process()).code, 0);
    }

    void simulateWithBadInput()
    {
        QCOMPARE(run({u"simulate"_s, u"--port"_s, u"70000"_s}).code, 2);
        QCOMPARE(run({u"simulate"_s, u"--rate"_s, u"fast"_s}).code, 2);
        QCOMPARE(run({u"simulate"_s, u"--faults"_s, u"nonsense"_s}).code, 2);
        QVERIFY(run({u"simulate"_s, u"--events"_s, path(u"missing"_s)}).code != 0);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const Outcome taken = run({u"simulate"_s, u"--port"_s, QString::number(server.serverPort())});
        QCOMPARE(taken.code, 1);
        QCOMPARE(taken.out, QByteArray());
        QVERIFY(!taken.err.isEmpty());
    }

    void aReplayedLogArrivesByteForByte()
    {
        const QByteArray lines = sampleLines(0, 5500);
        SimulateProcess organization({u"--events"_s, file(lines, u"log.ndjson"_s)});
        QVERIFY(organization.isListening());
        const Outcome outcome = collectOnce(organization.origin(), organization.token());
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QCOMPARE(outcome.out, QByteArray());
        QVERIFY2(outcome.lastMessage().startsWith("collected 5500 events, 0 duplicates, "), outcome.err.constData());
        QVERIFY(outcome.lastMessage().endsWith(" pages"));
        QVERIFY(!outcome.err.contains(organization.token().toUtf8()));
        QCOMPARE(exported(), lines);

        const Outcome again = collectOnce(organization.origin(), organization.token());
        QVERIFY2(again.code == 0, again.err.constData());
        QVERIFY2(again.lastMessage().startsWith("collected 0 events, "), again.err.constData());
        QCOMPARE(exported(), lines);
    }

    void theCompanysLogArrivesByteForByte()
    {
        simulator::Simulator::Options options;
        options.seed = 11;
        options.live = false;
        options.history = std::chrono::hours(6);
        options.faults = u"late=0.05,null-target,odd-fields"_s;
        const auto organization = simulator::Simulator::start(options);
        QVERIFY(organization);
        const Outcome outcome = collectOnce(
            (*organization)->origin().toString(), (*organization)->token(), {u"--users"_s, u"--devices"_s});
        QVERIFY2(outcome.code == 0, outcome.err.constData());

        // The log is in the order of persistence, the export in that of publishing.
        QList<QByteArray> log;
        for (const std::string &line : (*organization)->log()) {
            log.append(QByteArray::fromStdString(line));
        }
        QList<QByteArray> stored = exported().split('\n');
        QCOMPARE(stored.takeLast(), QByteArray());
        QVERIFY(log.size() > 500);
        QCOMPARE(stored.size(), log.size());
        std::ranges::sort(log);
        std::ranges::sort(stored);
        QVERIFY(stored == log);

        const auto store = store::Store::open(storeFile());
        QVERIFY(store);
        // Okta lists no deprovisioned users.
        QVERIFY((*store)->profiles(store::ProfileKind::User, {}, {}).result()->size() > 150);
        QVERIFY(!(*store)->profiles(store::ProfileKind::Device, {}, {}).result()->empty());
        const auto sources = (*store)->sources().result();
        QCOMPARE(sources->size(), 1);
        QCOMPARE(sources->front().name, u"127.0.0.1"_s);
    }

    void aTokenThatIsWrong()
    {
        SimulateProcess organization({});
        const Outcome outcome = collectOnce(organization.origin(), u"00notTheToken"_s);
        QCOMPARE(outcome.code, 1);
        QVERIFY2(
            outcome.lastMessage().startsWith("collected 0 events, 0 duplicates, 0 pages"), outcome.err.constData());
        QVERIFY2(outcome.err.toLower().contains("token"), outcome.err.constData());
        QVERIFY(!outcome.err.contains("00notTheToken"));
    }

    void waysToGiveTheToken()
    {
        SimulateProcess organization({u"--events"_s, file(sampleLines(0, 10), u"log.ndjson"_s)});
        QCOMPARE(run(collecting(organization.origin(), {u"--once"_s})).code, 2);
        QCOMPARE(run(collecting(organization.origin(), {u"--once"_s, u"--token-env"_s, u"MINE"_s}), {},
                     {u"MINE="_s + organization.token()})
                     .code,
            0);
        const Outcome byDescriptor
            = shell(u"exec 7<\"$1\"; \"$0\" --store \"$2\" collect --org \"$3\" --once --token-fd 7"_s,
                {file(organization.token().toUtf8() + "\n", u"token"_s), storeFile(), organization.origin()});
        QVERIFY2(byDescriptor.code == 0, byDescriptor.err.constData());
        QCOMPARE(run(collecting(organization.origin(), {u"--once"_s, u"--token-fd"_s, u"99"_s})).code, 2);
        QCOMPARE(collectOnce(organization.origin(), u"two words"_s).code, 2);
    }

    void asAServiceApp()
    {
        const QByteArray lines = sampleLines(0, 1500);
        SimulateProcess organization({u"--events"_s, file(lines, u"log.ndjson"_s)});
        QVERIFY(!organization.clientId().isEmpty());
        QVERIFY(organization.clientKey().contains(u"\"d\":"_s));
        const QStringList app{u"--once"_s, u"--client-id"_s, organization.clientId()};
        const Outcome outcome
            = run(collecting(organization.origin(), app), {}, {u"OCTOTRAIL_KEY="_s + organization.clientKey()});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY2(outcome.lastMessage().startsWith("collected 1500 events, 0 duplicates, "), outcome.err.constData());
        QVERIFY(!outcome.err.contains("\"d\":"));
        QCOMPARE(exported(), lines);
        const Outcome byDescriptor
            = shell(u"exec 7<\"$1\"; \"$0\" --store \"$2\" collect --org \"$3\" --once --client-id \"$4\" --key-fd 7"_s,
                {file(organization.clientKey().toUtf8(), u"key.jwk"_s), storeFile(), organization.origin(),
                    organization.clientId()});
        QVERIFY2(byDescriptor.code == 0, byDescriptor.err.constData());

        // What cannot be is told before anything is asked for.
        QCOMPARE(run(collecting(organization.origin(), app)).code, 2);
        QCOMPARE(run(collecting(organization.origin(), app), {}, {u"OCTOTRAIL_KEY=00noKey"_s}).code, 2);
        QCOMPARE(
            run(collecting(organization.origin(), {u"--key-id"_s, u"k1"_s}), {}, tokenVariable(organization.token()))
                .code,
            2);
        QCOMPARE(run(collecting(organization.origin(), app + QStringList{u"--token-env"_s, u"MINE"_s})).code, 2);
    }

    void aServiceAppWithAKeyOfOnesOwn()
    {
        const octotrail::jose::Key key = octotrail::jose::Key::generate(octotrail::jose::Key::Type::Rsa);
        SimulateProcess organization({u"--client-id"_s, u"0oamine"_s, u"--client-key"_s,
            file(key.publicPem(), u"public.pem"_s), u"--events"_s, file(sampleLines(0, 10), u"log.ndjson"_s)});
        QCOMPARE(organization.clientId(), u"0oamine"_s);
        QVERIFY(organization.clientKey().isEmpty());
        const QStringList app{u"--once"_s, u"--client-id"_s, u"0oamine"_s, u"--key-env"_s, u"MY_KEY"_s};
        const Outcome outcome = run(collecting(organization.origin(), app), {},
            {u"MY_KEY="_s + QString::fromLatin1(key.privatePem().replace("\n", "\\n"))});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const Outcome other = run(collecting(organization.origin(), app), {},
            {u"MY_KEY="_s
                + QString::fromLatin1(octotrail::jose::Key::generate(octotrail::jose::Key::Type::Rsa).privatePem())});
        QCOMPARE(other.code, 1);
        QVERIFY2(other.err.contains("does not belong to any active key"), other.err.constData());
        QCOMPARE(run({u"simulate"_s, u"--client-id"_s, u"a"_s, u"--client-key"_s, path(u"missing"_s)}).code, 2);
    }

    void waysToTheOrganization()
    {
        SimulateProcess organization({u"--events"_s, file(sampleLines(0, 10), u"log.ndjson"_s)});
        const QString origin = organization.origin();
        QCOMPARE(collectOnce(origin, organization.token(), {u"--proxy"_s, u"none"_s}).code, 0);
        QCOMPARE(collectOnce(origin, organization.token(), {u"--proxy"_s, u"http://a:b@c:1"_s}).code, 2);
        QCOMPARE(collectOnce(origin, organization.token(), {u"--ca-file"_s, path(u"missing.pem"_s)}).code, 2);
    }

    void aTokenAsAnArgumentIsRefusedAndNotRepeated()
    {
        for (const QStringList &arguments :
            {QStringList{u"--token"_s, u"00verySecret"_s}, QStringList{u"--token=00verySecret"_s},
                QStringList{u"--api-token=00verySecret"_s, u"00verySecret"_s}}) {
            const Outcome outcome = run(collecting(u"http://127.0.0.1:1"_s, arguments));
            QCOMPARE(outcome.code, 2);
            QVERIFY2(!outcome.err.contains("00verySecret"), outcome.err.constData());
            QVERIFY(!outcome.out.contains("00verySecret"));
        }
    }

    void addressesThatAreRefused()
    {
        for (const QString &origin : {u"http://acme.okta.com"_s, u"not an address"_s, u"ftp://127.0.0.1"_s}) {
            const Outcome outcome = collectOnce(origin, u"00token"_s);
            QCOMPARE(outcome.code, 2);
            QVERIFY(!QFile::exists(storeFile()));
        }
    }

    void badTime() { QCOMPARE(collectOnce(u"http://127.0.0.1:1"_s, u"00token"_s, {u"--since"_s, u"noon"_s}).code, 2); }

    void runsUntilItIsTerminated()
    {
        SimulateProcess organization({u"--events"_s, file(sampleLines(0, 1500), u"log.ndjson"_s)});
        const auto collector = start(collecting(organization.origin()), tokenVariable(organization.token()));
        QFile commandLine(u"/proc/%1/cmdline"_s.arg(collector->processId()));
        QVERIFY(commandLine.open(QIODevice::ReadOnly));
        QVERIFY(!commandLine.readAll().contains(organization.token().toUtf8()));
        // From when the store is being opened on, it ends cleanly at whatever moment.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(storeFile()), 20'000);
        QTest::qWait(QRandomGenerator::global()->bounded(0, 1500));
        QCOMPARE(collector->state(), QProcess::Running);
        collector->terminate();
        const Outcome outcome = finish(*collector);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY2(outcome.lastMessage().startsWith("collected "), outcome.err.constData());
        QVERIFY(!outcome.err.contains(organization.token().toUtf8()));
        QVERIFY(!QFile::exists(storeFile() + u".wal"_s));
        QVERIFY(sampleLines(0, 1500).startsWith(exported()));
    }

    void nobodyListens()
    {
        // A port that was free a moment ago.
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QString origin = u"http://127.0.0.1:%1"_s.arg(server.serverPort());
        server.close();
        const auto collector = start(collecting(origin, {u"--once"_s}), tokenVariable(u"00token"_s));
        collector->setReadChannel(QProcess::StandardError);
        QVERIFY(collector->waitForReadyRead(20'000));
        collector->terminate();
        const Outcome outcome = finish(*collector);
        QVERIFY2(outcome.err.contains("127.0.0.1"), outcome.err.constData());
        QVERIFY2(outcome.lastMessage().startsWith("collected 0 events"), outcome.err.constData());
    }

    /// Killed twenty times at random moments and started again: none lost, none twice.
    void survivesBeingKilled()
    {
        constexpr int many = 40'000;
        constexpr int kills = 20;
        constexpr int pagesTogether = 32;
        constexpr int patience
            = 3'000; // it may have caught up, or wait for the rate limit: moments to be killed in, too
        const QByteArray lines = sampleLines(0, many);
        simulator::Simulator::Options options;
        options.eventsFile = file(lines, u"log.ndjson"_s);
        const auto organization = simulator::Simulator::start(options);
        QVERIFY(organization);
        const QString origin = (*organization)->origin().toString();
        const QString token = (*organization)->token();
        const auto requests = [&] { return (*organization)->requestCount(u"/api/v1/logs"_s); };
        QRandomGenerator random(QRandomGenerator::global()->generate());
        for (int i = 0; i < kills; ++i) {
            const qint64 wanted = requests() + random.bounded(1, 5);
            const auto collector = start(collecting(origin), tokenVariable(token));
            if (i == kills / 2) {
                // When more has come than is committed together, also where the machine is slow.
                (void)QTest::qWaitFor([&] { return requests() >= wanted + pagesTogether; }, 10 * patience);
                QTest::qWait(1000);
            } else if (i % 4 == 0) {
                // While the store is being opened, and before and after that.
                QTest::qWait(random.bounded(1, 400));
            } else {
                // While a page comes, is stored, or the next one is asked for.
                (void)QTest::qWaitFor([&] { return requests() >= wanted; }, patience);
                QTest::qWait(random.bounded(1, 100));
            }
            QCOMPARE(collector->state(), QProcess::Running);
            collector->kill();
            QVERIFY(collector->waitForFinished());
        }
        const Outcome last = collectOnce(origin, token);
        QVERIFY2(last.code == 0, last.err.constData());
        qInfo("after %d kills and %lld requests the last run %s", kills, static_cast<long long>(requests()),
            last.lastMessage().constData());
        QVERIFY2(last.lastMessage().split(' ')[1].toInt() < many, "nothing was collected before the kills");
        QVERIFY(exported() == lines);
        QCOMPARE(run({u"--store"_s, storeFile(), u"count"_s}).out, QByteArray::number(many) + '\n');
    }
};

QTEST_GUILESS_MAIN(TestCollectCommand)
#include "tst_collect_command.moc"
