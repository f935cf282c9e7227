// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Program.h"
#include "simulator/Simulator.h"
#include "store/Alerts.h"
#include "store/Profiles.h"
#include "store/Retention.h"
#include "store/Store.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QSettings>
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

    /// As if the service had run for a day in which nothing came.
    void watchedForADay() const
    {
        const auto store = store::Store::open(storeFile());
        QVERIFY(store);
        const auto sources = (*store)->sources().result();
        QVERIFY(sources && sources->size() == 1);
        store::DetectionCommit commit;
        commit.engine = u"octotrail.silence"_s;
        const QJsonObject quiet{{u"quiet"_s, 86400}, {u"silent"_s, false}};
        commit.state[sources->front().uuid.toStdString()]
            = QJsonDocument(quiet).toJson(QJsonDocument::Compact).toStdString();
        QVERIFY(store::Alerts(*store).commit(commit).result());
    }

    std::unique_ptr<QProcess> collector(const simulator::Simulator &organization, const QStringList &more = {},
        const QStringList &environment = {}) const
    {
        return tests::start(
            QStringList{u"--store"_s, storeFile(), u"collect"_s, u"--org"_s, organization.origin().toString()} + more,
            QStringList{
                u"OCTOTRAIL_TOKEN="_s + organization.token(), u"OCTOTRAIL_POLL_MS=200"_s, u"OCTOTRAIL_BACKOFF_MS=20"_s}
                + environment);
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
        QVERIFY(
            organization->requestCount(u"/api/v1/logs"_s) <= 3 + 4); // the poll and three slices may be on their way
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

    void survivesBeingKilledInAProfileRefresh()
    {
        simulator::Simulator::Options options;
        options.live = false;
        options.history = 1h;
        options.users = 700;
        options.usersPerWindow = options.logsPerWindow = 100'000;
        options.faults = u"users:slow@2,users:slow@4,users:slow@7"_s;
        const auto organization = simulator::Simulator::start(options);
        QVERIFY(organization);
        const auto requests = [&] { return (*organization)->requestCount(u"/api/v1/users"_s); };
        QRandomGenerator random(11);
        for (int i = 0; i < 6; ++i) {
            const qint64 wanted = requests() + 1 + i % 2;
            const auto process = collector(**organization, {u"--users"_s});
            (void)QTest::qWaitFor([&] { return requests() >= wanted; }, 5'000);
            QTest::qWait(random.bounded(0, 60));
            process->kill();
            QVERIFY(process->waitForFinished());
        }
        const auto users = [&](const QString &file) {
            const Outcome last = run({u"--store"_s, file, u"collect"_s, u"--org"_s,
                                         (*organization)->origin().toString(), u"--users"_s, u"--once"_s},
                {}, {u"OCTOTRAIL_TOKEN="_s + (*organization)->token(), u"OCTOTRAIL_BACKOFF_MS=20"_s});
            const auto store = store::Store::open(file);
            std::vector<std::string> found;
            if (last.code == 0 && store) {
                const auto profiles = (*store)->profiles(store::ProfileKind::User, {}, {}).result();
                for (const store::Profile &profile : profiles.value()) {
                    const auto changes
                        = store::Profiles(**store).history(profile.source, profile.kind, profile.id).result();
                    found.push_back(profile.bytes + (changes->empty() ? "" : " changed"));
                }
            }
            std::ranges::sort(found);
            return found;
        };
        const auto undisturbed = users(m_folder->filePath(u"other.duckdb"_s));
        QVERIFY(undisturbed.size() > 500);
        QVERIFY(users(storeFile()) == undisturbed);
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
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT(
            (said += first->readAllStandardError()).contains("The past is read.") && said.contains("Up to date"),
            60'000);
        first->terminate();
        QCOMPARE(finish(*first).code, 0);
        QCOMPARE(exported(), logOf(*organization));
    }

    void silenceIsToldAndSentOn_data()
    {
        QTest::addColumn<bool>("byPreferences");
        QTest::newRow("to a command of the options") << false;
        QTest::newRow("to the one of the window's preferences") << true;
    }

    void silenceIsToldAndSentOn()
    {
        QFETCH(bool, byPreferences);
        const auto organization = company({}, 6);
        const auto begin = collector(*organization);
        QTRY_VERIFY_WITH_TIMEOUT(organization->requestCount(u"/api/v1/logs"_s) > 2, 60'000);
        begin->terminate();
        QCOMPARE(finish(*begin).code, 0);
        watchedForADay();

        const QString sent = m_folder->filePath(u"alerts.ndjson"_s);
        const QString command = u"tee -a \"%1\""_s.arg(sent);
        QStringList options{u"--users"_s};
        if (byPreferences) {
            QSettings(m_folder->filePath(u"Octotrail/octotrail.conf"_s), QSettings::IniFormat)
                .setValue(u"preferences/command/high"_s, command);
        } else {
            options << u"--alert-command"_s << command << u"--alert-severity"_s << u"high"_s;
        }
        const auto process = collector(*organization, options, {u"XDG_CONFIG_HOME="_s + m_folder->path()});
        QByteArray said;
        QTRY_VERIFY_WITH_TIMEOUT(
            (said += process->readAllStandardError()).contains("Alert (high): No events from 127.0.0.1"), 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(sent).size() > 0, 60'000);
        process->terminate();
        const Outcome outcome = finish(*process);
        QCOMPARE(outcome.code, 0);
        QFile file(sent);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject alert = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(alert[u"ruleId"_s].toString(), u"octotrail.source.silent"_s);

        // It stays one alert, however often the service is begun again.
        const auto again = collector(*organization, options, {u"XDG_CONFIG_HOME="_s + m_folder->path()});
        said.clear();
        QTRY_VERIFY_WITH_TIMEOUT((said += again->readAllStandardError()).contains("Up to date"), 60'000);
        again->terminate();
        QCOMPARE(finish(*again).code, 0);
        QVERIFY(!said.contains("Alert ("));
    }

    void whatPoliciesNoLongerKeepGoes_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::newRow("a service") << QStringList();
        QTest::newRow("a single run") << QStringList(u"--once"_s);
    }

    void whatPoliciesNoLongerKeepGoes()
    {
        QFETCH(QStringList, options);
        const auto organization = company({}, 6);
        const auto begin = collector(*organization, {u"--once"_s});
        QCOMPARE(finish(*begin).code, 0);
        {
            const auto store = store::Store::open(storeFile());
            QVERIFY(store);
            store::EventBatch batch;
            batch.source = (*store)->sources().result()->front().id;
            event::EventReader reader;
            for (const int days : {70, 50, 40, 20}) {
                batch.events.push_back(reader.read(R"({"uuid":"old-)" + std::to_string(days) + R"(","published":")"
                    + event::formatTimestamp(event::now() - days * 24h) + R"(","eventType":"a.b.c"})"));
            }
            const auto source = batch.source;
            QVERIFY((*store)->append(std::move(batch)).result());
            QVERIFY(store::Retention(*store).setPolicy(source, {30, 0}).result());
        }
        const auto process = collector(*organization, options);
        QByteArray said;
        const auto hasSaid = [&](const char *words) {
            said += process->readAllStandardError();
            return said.contains(words);
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasSaid("Retention of 127.0.0.1: 3 events were removed, which gave back "), 60'000);
        process->terminate(); // which the single run does not wait for
        QCOMPARE(finish(*process).code, 0);
        QCOMPARE(exported().size(), logOf(*organization).size() + 1);
    }

    void alertsThatCannotBeSentAreRefusedAtOnce()
    {
        const auto refused = [](const QStringList &options, const QStringList &environment) {
            const Outcome outcome = run(QStringList{u"collect"_s, u"--org"_s, u"http://127.0.0.1:1"_s} + options, {},
                QStringList{u"OCTOTRAIL_TOKEN=00x"_s} + environment);
            return outcome.code == 0 ? QByteArray("accepted") : outcome.err;
        };
        QByteArray said = refused({u"--alert-webhook-env"_s, u"HOOK"_s}, {u"HOOK=http://hooks.example.com/1"_s});
        QVERIFY2(said.contains("send it by https"), said.constData());
        said = refused({u"--alert-webhook-env"_s, u"HOOK"_s}, {});
        QVERIFY2(said.contains("no web address in the environment variable HOOK"), said.constData());
        said = refused({u"--alert-command"_s, u"/no/such/program"_s}, {});
        QVERIFY2(said.contains("no program /no/such/program"), said.constData());
        said = refused({u"--alert-command"_s, u"tee"_s, u"--alert-severity"_s, u"dire"_s}, {});
        QVERIFY2(said.contains("--alert-severity"), said.constData());
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
