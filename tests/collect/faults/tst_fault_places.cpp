// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "HttpServer.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTest>
#include <csignal>
#include <sys/resource.h>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

/// A limit on the size of files that this process writes, which is how a disk is full in a test.
class FullDisk
{
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit small = m_before;
        small.rlim_cur = 4096;
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

QSslConfiguration certificate(const QString &name)
{
    const auto read = [](const QString &file) {
        QFile in(QFINDTESTDATA(file));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    };
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setPrivateKey(QSslKey(read(name + u".key"_s), QSsl::Ec));
    tls.setLocalCertificate(QSslCertificate(read(name + u".crt"_s)));
    return tls;
}

} // namespace

/// Faults of what lies between: certificates, names, the disk.
class TestFaultPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void certificates_data();
    void certificates();
    void nameIsUnknown();
    void nobodyListens();
    void diskFullInMidBatch_data();
    void diskFullInMidBatch();
};

void TestFaultPlaces::certificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("says");
    QTest::newRow("of nobody we trust") << u"../../okta/loopback"_s << u"not signed by an authority"_s;
    QTest::newRow("expired, and of nobody we trust") << u"expired"_s << u"not signed by an authority"_s;
}

void TestFaultPlaces::certificates()
{
    QFETCH(QString, certificate);
    QFETCH(QString, says);
    const QSslConfiguration tls = ::certificate(certificate);
    QVERIFY(!tls.privateKey().isNull() && !tls.localCertificate().isNull());
    HttpServer server([](const HttpRequest &) { return reply(200, "[]", {dateHeader()}); }, tls);
    Collection collection;
    const auto id = collection.put(Collection::sourceOf(server.origin()), "00token");
    QVERIFY(collection.reaches(id, State::Retrying));
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).lastFault.contains(says), patience);
    QCOMPARE(collection.status(id).kind, event::ErrorKind::Tls);
    QVERIFY(server.requests().isEmpty()); // the token was not sent
}

void TestFaultPlaces::nameIsUnknown()
{
    Collection collection;
    const auto id = collection.put(Collection::sourceOf(QUrl(u"https://no-such-organization.invalid"_s)), "00token");
    QVERIFY(collection.reaches(id, State::Retrying));
    QVERIFY(collection.status(id).lastFault.contains(u"no-such-organization.invalid could not be found"_s));
    QVERIFY(collection.status(id).nextTry || collection.status(id).state == State::Retrying);
    QVERIFY(!collection.status(id).problems.isEmpty());
}

void TestFaultPlaces::nobodyListens()
{
    QUrl gone;
    {
        HttpServer server([](const HttpRequest &) { return reply(200, "[]"); });
        gone = server.origin();
    }
    Collection collection;
    const auto id = collection.put(Collection::sourceOf(gone), "00token");
    QVERIFY(collection.reaches(id, State::Retrying));
    QVERIFY(collection.status(id).lastFault.contains(u"refuses the connection"_s));
}

void TestFaultPlaces::diskFullInMidBatch_data()
{
    QTest::addColumn<bool>("past");
    QTest::newRow("of the live poll") << false;
    QTest::newRow("of the past") << true;
}

void TestFaultPlaces::diskFullInMidBatch()
{
    QFETCH(bool, past);
    // Every answer takes its time, so that the disk is full before anything is stored.
    std::unique_ptr<simulator::Simulator> organization;
    Pace pace = quickPace(1s);
    if (past) {
        simulator::Simulator::Options options;
        options.history = 2h;
        options.historyEventsPerMinute = 6;
        organization = simulate(options, u"slow@2"_s);
        pace.catchUp = 6h;
    } else {
        organization = replay(u"slow@1"_s);
    }
    QVERIFY(organization);
    Collection collection(pace);
    const auto id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(organization->requestCount(u"/api/v1/logs"_s) >= (past ? 2 : 1), patience);
    {
        const FullDisk full;
        const auto isTold = [&] {
            const auto &problems = collection.status(id).problems;
            return std::any_of(problems.begin(), problems.end(), [](const Problem &problem) {
                return problem.sentence.contains(u"room left"_s) || problem.sentence.contains(u"could not be"_s);
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isTold(), patience);
    }
    const auto log = sorted(organization->log());
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).events, static_cast<qint64>(log.size()), patience);
    const QString wrong = difference(sorted(collection.events()), log);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

QTEST_GUILESS_MAIN(TestFaultPlaces)
#include "tst_fault_places.moc"
