// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpServer.h"
#include "okta/ConnectionCheck.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::okta;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using Id = CheckStep::Id;
using State = CheckStep::State;

namespace {

const QByteArray token = "00goodTokenOfTheTests";
const QByteArray organization = R"({"id":"00o1n8sbwArJ7OQRw406","pipeline":"idx","_links":{"organization":)"
                                R"({"href":"https://acme.okta.com"}}})";
const QByteArray classicOrganization = R"({"id":"00o1n8sbwArJ7OQRw406","pipeline":"v1"})";
const QByteArray anEvent
    = R"([{"uuid":"dc9fd3c0-598c-11ef-8478-2b7584bf8d5a","published":"2024-08-13T15:58:20.353Z"}])";

QByteArray oktaError(const QByteArray &code, const QByteArray &summary)
{
    return R"({"errorCode":")" + code + R"(","errorSummary":")" + summary + R"(","errorLink":")" + code
        + R"(","errorId":"oae1","errorCauses":[]})";
}

/// Answers of an organization where all is well, but for the paths that a test gives others for.
HttpServer::Handler organizationWith(const QMap<QByteArray, HttpReply> &others)
{
    return [others](const HttpRequest &request) {
        const QByteArray path = request.path.split('?').first();
        if (others.contains(path)) {
            return others[path];
        }
        if (path == "/.well-known/okta-organization") {
            return reply(200, organization, {dateHeader()});
        }
        if (request.headers["authorization"] != "SSWS " + token) {
            return reply(401, oktaError("E0000011", "Invalid token provided"), {dateHeader()});
        }
        if (path == "/api/v1/logs") {
            return reply(200, anEvent, {dateHeader()});
        }
        return reply(200, R"([{"id":"00u1"}])", {dateHeader()});
    };
}

} // namespace

/// The wizard's last step, against a server on loopback.
class TestConnectionCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allIsWell();
    void withoutTokenOnlyTheOrganizationIsTried();
    void wrong_data();
    void wrong();
    void devicesNotAvailableIsAWarning_data();
    void devicesNotAvailableIsAWarning();
    void clockOffIsTold_data();
    void clockOffIsTold();
    void nobodyListens();
    void unknownHost();
    void tokenThatBreaksTheHeaderIsNotSent();
    void filterIsTried();
    void cancelIsSilent();
    void cancelFromASlot();
    void startsAgain();

private:
    static CheckStep stepOf(const ConnectionCheck &check, Id id);
};

CheckStep TestConnectionCheck::stepOf(const ConnectionCheck &check, Id id)
{
    for (const CheckStep &step : check.steps()) {
        if (step.id == id) {
            return step;
        }
    }
    return {id, {}, State::Waiting, u"no such step"_s, {}};
}

void TestConnectionCheck::allIsWell()
{
    HttpServer server(organizationWith({}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    QList<QPair<Id, State>> told;
    connect(&check, &ConnectionCheck::stepChanged, this, [&told](const CheckStep &step) {
        told.append({step.id, step.state});
    });
    OrganizationInfo info;
    connect(&check, &ConnectionCheck::organizationFound, this, [&info](const OrganizationInfo &i) { info = i; });

    check.start({server.origin(), Credentials::apiToken(token), true, true, {}});
    QCOMPARE(check.steps().size(), 4);
    QVERIFY(finished.isEmpty());
    QVERIFY(finished.wait(30'000));
    for (const CheckStep &step : check.steps()) {
        QVERIFY2(step.state == State::Passed, qPrintable(step.title + u": "_s + step.sentence));
    }
    QCOMPARE(finished.first().first().toBool(), true);
    const QList<QPair<Id, State>> expected{{Id::Organization, State::Running}, {Id::Organization, State::Passed},
        {Id::SystemLog, State::Running}, {Id::SystemLog, State::Passed}, {Id::Users, State::Running},
        {Id::Users, State::Passed}, {Id::Devices, State::Running}, {Id::Devices, State::Passed}};
    QCOMPARE(told, expected);
    QCOMPARE(info.id, u"00o1n8sbwArJ7OQRw406"_s);
    QVERIFY(info.identityEngine);
    QCOMPARE(info.organization, QUrl(u"https://acme.okta.com"_s));
    QVERIFY(stepOf(check, Id::SystemLog).sentence.contains(u"2024-08-13T15:58:20.353Z"_s));
    // The organization is asked without the token.
    QVERIFY(!server.requests().first().headers.contains("authorization"));
}

void TestConnectionCheck::withoutTokenOnlyTheOrganizationIsTried()
{
    HttpServer server(organizationWith({}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({server.origin(), Credentials(), true, true, {}});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(finished.first().first().toBool(), true);
    QCOMPARE(check.steps().size(), 1);
    QCOMPARE(server.requests().size(), 1);
}

void TestConnectionCheck::wrong_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    using event::ErrorKind;
    const auto row = [](const char *name, const QByteArray &path, const HttpReply &answer, Id id, ErrorKind kind,
                         const QString &says) {
        QTest::newRow(name) << path << answer.bytes << static_cast<int>(id) << static_cast<int>(kind) << says;
    };
    row("wrong domain", "/.well-known/okta-organization", reply(404, "<html>"), Id::Organization, ErrorKind::NotFound,
        u"no Okta organization"_s);
    row("no Okta at all", "/.well-known/okta-organization", reply(200, R"({"hello":1})"), Id::Organization,
        ErrorKind::NotFound, u"not as an Okta organization"_s);
    row("sign-in page between", "/.well-known/okta-organization", reply(200, "<!DOCTYPE html><html></html>"),
        Id::Organization, ErrorKind::Protocol, u"web page"_s);
    row("wrong token", "/api/v1/logs", reply(401, oktaError("E0000011", "Invalid token provided")), Id::SystemLog,
        ErrorKind::Unauthorized, u"Security > API > Tokens"_s);
    row("missing role", "/api/v1/logs",
        reply(403, oktaError("E0000006", "You do not have permission to perform the requested action")), Id::SystemLog,
        ErrorKind::Forbidden, u"read-only administrator"_s);
    row("rate limited", "/api/v1/logs", reply(429, oktaError("E0000047", "API call exceeded rate limit")),
        Id::SystemLog, ErrorKind::RateLimited, u"limit"_s);
    row("down", "/api/v1/logs", reply(503, oktaError("E0000010", "Service is in read only mode")), Id::SystemLog,
        ErrorKind::Unavailable, u"read only mode"_s);
    row("filter refused", "/api/v1/logs",
        reply(400, oktaError("E0000053", "Invalid filter 'x': unrecognized attribute")), Id::SystemLog,
        ErrorKind::InvalidInput, u"unrecognized attribute"_s);
    row("sent elsewhere", "/api/v1/logs", reply(302, "", {"Location: https://evil.example/api/v1/logs"}), Id::SystemLog,
        ErrorKind::Refused, u"evil.example"_s);
    row("cut short", "/api/v1/logs", {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"uuid\":"}, Id::SystemLog,
        ErrorKind::Network, u"closed"_s);
    row("users forbidden", "/api/v1/users", reply(403, oktaError("E0000006", "no permission")), Id::Users,
        ErrorKind::Forbidden, u"may not read"_s);
    row("devices broken", "/api/v1/devices", reply(500, oktaError("E0000009", "Internal Server Error")), Id::Devices,
        ErrorKind::Unavailable, u"Internal Server Error"_s);
}

void TestConnectionCheck::wrong()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, answer);
    QFETCH(int, step);
    QFETCH(int, kind);
    QFETCH(QString, says);
    HttpServer server(organizationWith({{path, {answer}}}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({server.origin(), Credentials::apiToken(token), true, true, {}});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(finished.first().first().toBool(), false);
    const CheckStep wrong = stepOf(check, static_cast<Id>(step));
    QCOMPARE(wrong.state, State::Failed);
    QCOMPARE(static_cast<int>(wrong.kind), kind);
    QVERIFY2(wrong.sentence.contains(says), qPrintable(wrong.sentence));
    for (const CheckStep &each : check.steps()) {
        QVERIFY(!each.sentence.isEmpty());
        QVERIFY(!each.sentence.contains(QString::fromLatin1(token)));
        QVERIFY(each.state != State::Running);
    }
}

void TestConnectionCheck::devicesNotAvailableIsAWarning_data()
{
    QTest::addColumn<QByteArray>("organizationBody");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("deviceRequests");
    QTest::newRow("Classic is not even asked") << classicOrganization << reply(200, "[]").bytes << 0;
    QTest::newRow("E0000015, a 401 that is about no token")
        << organization
        << reply(401, oktaError("E0000015", "You do not have permission to access the feature you are requesting"))
               .bytes
        << 1;
    QTest::newRow("missing role") << organization << reply(403, oktaError("E0000006", "no permission")).bytes << 1;
    QTest::newRow("no such address") << organization << reply(404, oktaError("E0000008", "not found")).bytes << 1;
}

void TestConnectionCheck::devicesNotAvailableIsAWarning()
{
    QFETCH(QByteArray, organizationBody);
    QFETCH(QByteArray, answer);
    QFETCH(int, deviceRequests);
    HttpServer server(organizationWith(
        {{"/.well-known/okta-organization", reply(200, organizationBody)}, {"/api/v1/devices", {answer}}}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({server.origin(), Credentials::apiToken(token), true, true, {}});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(finished.first().first().toBool(), true);
    QCOMPARE(stepOf(check, Id::Devices).state, State::Warning);
    QCOMPARE(stepOf(check, Id::Users).state, State::Passed);
    QCOMPARE(server.requests().size(), 4 + deviceRequests); // the organization, the log, whose token, users
}

void TestConnectionCheck::clockOffIsTold_data()
{
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("says"); // empty: nothing
    QTest::newRow("right") << 0 << QString();
    QTest::newRow("a network's delay") << 5 << QString();
    QTest::newRow("an hour behind") << 3600 << u"1 h 0 min behind"_s;
    QTest::newRow("five minutes ahead") << -302 << u"5 min"_s;
    QTest::newRow("two days ahead") << -2 * 86400 - 60 << u"2 d 0 h ahead"_s;
}

void TestConnectionCheck::clockOffIsTold()
{
    QFETCH(int, offset);
    QFETCH(QString, says);
    HttpServer server(
        organizationWith({{"/.well-known/okta-organization", reply(200, organization, {dateHeader(offset)})}}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({server.origin(), Credentials::apiToken(token), false, false, {}});
    QVERIFY(finished.wait(30'000));
    const CheckStep step = stepOf(check, Id::Organization);
    QCOMPARE(step.state, says.isEmpty() ? State::Passed : State::Warning);
    QVERIFY2(step.sentence.contains(says), qPrintable(step.sentence));
    QCOMPARE(step.sentence.contains(u"clock"_s), !says.isEmpty());
}

void TestConnectionCheck::nobodyListens()
{
    QUrl gone;
    {
        HttpServer server(organizationWith({}));
        gone = server.origin();
    }
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({gone, Credentials::apiToken(token), false, false, {}});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(stepOf(check, Id::Organization).kind, event::ErrorKind::Network);
    QCOMPARE(stepOf(check, Id::SystemLog).state, State::Waiting);
}

void TestConnectionCheck::unknownHost()
{
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({QUrl(u"https://no-such-organization.invalid"_s), Credentials::apiToken(token), false, false, {}});
    QVERIFY(finished.wait(20000));
    const CheckStep step = stepOf(check, Id::Organization);
    QCOMPARE(step.state, State::Failed);
    QCOMPARE(step.kind, event::ErrorKind::Network);
    QVERIFY2(step.sentence.contains(u"no-such-organization.invalid"_s), qPrintable(step.sentence));
}

void TestConnectionCheck::tokenThatBreaksTheHeaderIsNotSent()
{
    HttpServer server(organizationWith({}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({server.origin(), Credentials::apiToken("00abc\r\nX-Evil: 1"), false, false, {}});
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 30'000);
    QCOMPARE(finished.first().first().toBool(), false);
    QCOMPARE(stepOf(check, Id::SystemLog).kind, event::ErrorKind::InvalidInput);
    QVERIFY(server.requests().isEmpty());
}

void TestConnectionCheck::filterIsTried()
{
    HttpServer server(organizationWith({}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start(
        {server.origin(), Credentials::apiToken(token), false, false, uR"(actor.alternateId eq "a+b@x.example")"_s});
    QVERIFY(finished.wait(30'000));
    const QByteArray path = server.requests().at(1).path;
    QVERIFY2(path.contains("filter=actor.alternateId%20eq%20%22a%2Bb%40x.example%22"), path.constData());
}

void TestConnectionCheck::cancelIsSilent()
{
    HttpServer server([](const HttpRequest &) { return HttpReply{{}, false, true}; });
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    QSignalSpy changed(&check, &ConnectionCheck::stepChanged);
    check.start({server.origin(), Credentials::apiToken(token), false, false, {}});
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 30'000);
    const auto told = changed.size();
    check.cancel();
    // A later check that finishes proves that the first one would have had its time.
    HttpServer other(organizationWith({}));
    ConnectionCheck second;
    QSignalSpy secondFinished(&second, &ConnectionCheck::finished);
    second.start({other.origin(), Credentials::apiToken(token), false, false, {}});
    QVERIFY(secondFinished.wait(30'000));
    QCOMPARE(finished.size(), 0);
    QCOMPARE(changed.size(), told);
}

void TestConnectionCheck::cancelFromASlot()
{
    HttpServer server(organizationWith({}));
    for (const State state : {State::Running, State::Passed}) {
        ConnectionCheck check;
        QSignalSpy finished(&check, &ConnectionCheck::finished);
        bool cancelled = false;
        connect(&check, &ConnectionCheck::stepChanged, &check, [&](const CheckStep &step) {
            if (step.id == Id::SystemLog && step.state == state) {
                check.cancel();
                cancelled = true;
            }
        });
        check.start({server.origin(), Credentials::apiToken(token), true, true, {}});
        QTRY_VERIFY_WITH_TIMEOUT(cancelled, 30'000);
        QCoreApplication::processEvents();
        QCOMPARE(finished.size(), 0);
    }
}

void TestConnectionCheck::startsAgain()
{
    HttpServer server(organizationWith({}));
    ConnectionCheck check;
    QSignalSpy finished(&check, &ConnectionCheck::finished);
    check.start({server.origin(), Credentials::apiToken("00wrongToken"), false, false, {}});
    check.start({server.origin(), Credentials::apiToken("00wrongToken"), false, false, {}});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(finished.first().first().toBool(), false);
    check.start({server.origin(), Credentials::apiToken(token), false, false, {}});
    QVERIFY(finished.wait(30'000));
    QCOMPARE(finished.size(), 2);
    QCOMPARE(finished.last().first().toBool(), true);
}

QTEST_GUILESS_MAIN(TestConnectionCheck)
#include "tst_connection_check.moc"
