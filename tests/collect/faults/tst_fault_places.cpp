// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "FullDisk.h"
#include "HttpServer.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

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
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("isTrusted"); // who signed it
    QTest::addColumn<QString>("says");
    QTest::addColumn<QString>("host"); // empty: the one that the certificate is for
    const auto row = [](const char *name, const QString &files, const QString &key, bool isTrusted, const char *says,
                         const QString &host = {}) {
        QTest::newRow(name) << QString(files + u".crt"_s) << QString(key + u".key"_s) << isTrusted
                            << QString::fromLatin1(says) << host;
    };
    const QString loopback = u"../../okta/loopback"_s;
    row("of nobody we trust", loopback, loopback, false, "not signed by an authority");
    row("expired, and of nobody we trust", u"expired"_s, u"expired"_s, false, "not signed by an authority");
    row("signed by an authority that is not trusted", u"signed"_s, u"signed"_s, false, "not signed by an authority");
    row("expired, of a trusted authority", u"signed-expired"_s, u"signed"_s, true,
        "is valid from 2020-01-01 to 2020-02-01, and this computer's clock says");
    row("for another name, of a trusted authority", u"signed"_s, u"signed"_s, true, "belongs to another name",
        u"localhost"_s);
    row("of a trusted authority", u"signed"_s, u"signed"_s, true, "");
}

void TestFaultPlaces::certificates()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(bool, isTrusted);
    QFETCH(QString, host);
    QFETCH(QString, says);
    HttpServer server([](const HttpRequest &) { return reply(200, "[]", {dateHeader()}); },
        tlsOf(QFINDTESTDATA(certificate), QFINDTESTDATA(key)));
    Collection collection;
    QUrl origin = server.origin();
    if (!host.isEmpty()) {
        origin.setHost(host);
    }
    store::SourceConfig source = Collection::sourceOf(origin);
    source.caFile = isTrusted ? QFINDTESTDATA("authority.crt") : QString();
    const auto id = collection.put(source, "00token");
    if (says.isEmpty()) {
        QVERIFY(collection.reaches(id, State::Healthy));
        return;
    }
    QVERIFY(collection.reaches(id, State::Retrying));
    QTRY_VERIFY2_WITH_TIMEOUT(
        collection.status(id).lastFault.contains(says), qPrintable(collection.status(id).lastFault), patience);
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
            return std::any_of(problems.begin(), problems.end(),
                [](const Problem &problem) { return problem.sentence.contains(u"no room left"_s); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isTold(), patience);
    }
    const auto log = sorted(organization->log());
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).events, static_cast<qint64>(log.size()), patience);
    const QString wrong = difference(sorted(collection.events()), log);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    // Each time that it could not be stored, no more was asked for again than was on its way.
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).state, State::Healthy, patience);
    const auto failures = collection.status(id).problems.size();
    const qint64 allowed = 1 + 1 + 5 + failures * (1 + pace.pastAtOnce) + 1; // the poll, a page, slices
    const qint64 asked = organization->requestCount(u"/api/v1/logs"_s);
    QVERIFY2(
        asked <= allowed, qPrintable(u"%1 calls, %2 allowed, %3 failures"_s.arg(asked).arg(allowed).arg(failures)));
}

QTEST_GUILESS_MAIN(TestFaultPlaces)
#include "tst_fault_places.moc"
