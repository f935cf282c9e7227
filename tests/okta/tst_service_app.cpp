// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServiceAppWorld.h"

#include "okta/DpopProver.h"

using namespace octotrail;
using namespace octotrail::okta;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using event::ErrorKind;
using simulator::OAuthRules;
using simulator::Simulator;
using simulator::TokenEndpoint;

namespace {

const QString logs = u"/api/v1/logs?limit=3"_s;
const QString users = u"/api/v1/users?limit=1"_s;
const QString devices = u"/api/v1/devices?limit=1"_s;

/// Empty if it is data; for QCOMPARE, which shows it.
QString problemOf(const Answer &answer)
{
    return answer ? QString() : answer.error().error.sentence;
}

} // namespace

/// A service app's requests against an organization that checks everything.
class TestServiceApp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void works_data();
    void works();
    void oneTokenForManyRequests();
    void tokenIsRenewedBeforeItExpires();
    void tokenThatIsRevokedIsReplaced();
    void nonceChangesInMidRun();
    void nonceExpires();
    void apiMayDemandNonces();
    void clockIsOff_data();
    void clockIsOff();
    void wrongKey();
    void wrongKeyId();
    void unknownApp();
    void revokedApp();
    void wrongAudience();
    void missingScopeIsNamed();
    void nothingGranted();
    void rateLimitIsTold();
    void brokenTokenEndpoint_data();
    void brokenTokenEndpoint();
    void abandonedCallsAreSilent();
    void credentialsAreChanged();
    void rejectsWhatIsNone_data();
    void rejectsWhatIsNone();
    void rfc9449Hash();
};

void TestServiceApp::works_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("dpop");
    QTest::newRow("RS256 with DPoP") << int(jose::Key::Type::Rsa) << true;
    QTest::newRow("ES256 with DPoP") << int(jose::Key::Type::P256) << true;
    QTest::newRow("RS256 without DPoP") << int(jose::Key::Type::Rsa) << false;
    QTest::newRow("ES256 without DPoP") << int(jose::Key::Type::P256) << false;
}

void TestServiceApp::works()
{
    QFETCH(int, type);
    QFETCH(bool, dpop);
    Simulator::Options options;
    options.clients = {{ServiceAppWorld::appId, jose::Key::generate(jose::Key::Type(type)), u"k1"_s}};
    options.oauth.dpop = dpop ? OAuthRules::Dpop::Required : OAuthRules::Dpop::Off;
    const ServiceAppWorld world(options);
    QVERIFY(world.organization);
    Client client(world.organization->origin(), world.credentials());
    for (const QString &path : {logs, users, devices, logs}) {
        const Answer answer = ServiceAppWorld::ask(client, world.url(path));
        QCOMPARE(problemOf(answer), QString());
        QVERIFY(answer->body.startsWith("[{"));
    }
    QCOMPARE(world.tokenRequests(), dpop ? 2 : 1); // the first one is told the nonce
}

void TestServiceApp::oneTokenForManyRequests()
{
    const ServiceAppWorld world;
    Client client(world.organization->origin(), world.credentials());
    std::vector<std::unique_ptr<Call>> calls;
    int good = 0;
    for (int i = 0; i < 12; ++i) {
        const QString &path = i % 3 == 0 ? logs : i % 3 == 1 ? users : devices;
        calls.push_back(client.get(world.url(path), [&](const Answer &answer) { good += answer ? 1 : 0; }));
    }
    QTRY_COMPARE_WITH_TIMEOUT(good, 12, 30'000);
    QCOMPARE(world.tokenRequests(), 2);
}

void TestServiceApp::tokenIsRenewedBeforeItExpires()
{
    Simulator::Options options;
    options.oauth.tokenLifetime = 3s;
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    const auto first = ServiceAppWorld::ask(client, world.url(logs));
    QCOMPARE(problemOf(first), QString());
    const qint64 before = world.tokenRequests();
    QTRY_VERIFY_WITH_TIMEOUT(ServiceAppWorld::ask(client, world.url(logs)) && world.tokenRequests() > before, 30'000);
    QCOMPARE(world.tokenRequests(), before + 1); // the nonce is known by now
}

void TestServiceApp::tokenThatIsRevokedIsReplaced()
{
    const ServiceAppWorld world;
    Client client(world.organization->origin(), world.credentials());
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(logs))), QString());
    world.organization->changeTokens([](TokenEndpoint &tokens) { tokens.revokeTokens(); });
    const auto again = ServiceAppWorld::ask(client, world.url(logs));
    QCOMPARE(problemOf(again), QString());
    QCOMPARE(world.tokenRequests(), 3);
}

void TestServiceApp::nonceChangesInMidRun()
{
    const ServiceAppWorld world;
    Client client(world.organization->origin(), world.credentials());
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(logs))), QString());
    for (int i = 0; i < 3; ++i) {
        world.organization->changeTokens([](TokenEndpoint &tokens) {
            tokens.rotateNonce();
            tokens.revokeTokens();
        });
        const auto again = ServiceAppWorld::ask(client, world.url(logs));
        QCOMPARE(problemOf(again), QString());
    }
    QCOMPARE(world.tokenRequests(), 2 + 3 * 2);
}

void TestServiceApp::nonceExpires()
{
    Simulator::Options options;
    options.oauth.nonceLifetime = 1s;
    options.oauth.tokenLifetime = 1s;
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(logs))), QString());
    // A token of a second is renewed for nearly every request; sooner or later with a nonce that is over.
    QTRY_VERIFY_WITH_TIMEOUT(ServiceAppWorld::ask(client, world.url(logs)) && world.tokenRequests() >= 8, 60'000);
}

void TestServiceApp::apiMayDemandNonces()
{
    Simulator::Options options;
    options.oauth.apiNonce = true;
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    for (int i = 0; i < 3; ++i) {
        const auto answer = ServiceAppWorld::ask(client, world.url(logs));
        QCOMPARE(problemOf(answer), QString());
        world.organization->changeTokens([](TokenEndpoint &tokens) { tokens.rotateNonce(); });
    }
    QCOMPARE(world.tokenRequests(), 2);
}

void TestServiceApp::clockIsOff_data()
{
    QTest::addColumn<int>("seconds");
    QTest::newRow("an hour ahead") << 3600;
    QTest::newRow("an hour behind") << -3600;
    QTest::newRow("ten minutes ahead") << 600;
    QTest::newRow("ten minutes behind") << -600;
    QTest::newRow("a minute behind") << -60;
}

void TestServiceApp::clockIsOff()
{
    QFETCH(int, seconds);
    Simulator::Options options;
    options.faults = u"clock=%1"_s.arg(seconds);
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    const auto answer = ServiceAppWorld::ask(client, world.url(logs));
    QCOMPARE(problemOf(answer), QString());
    const auto skew = answer->clockSkew.value_or(0ms);
    QVERIFY2(std::chrono::abs(skew - std::chrono::seconds(seconds)) < 10s, qPrintable(QString::number(skew / 1s)));
    QVERIFY(world.tokenRequests() <= 4);
}

void TestServiceApp::wrongKey()
{
    const ServiceAppWorld world;
    Client client(world.organization->origin(), world.credentialsWith(jose::Key::generate(jose::Key::Type::P256)));
    const auto answer = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!answer);
    QCOMPARE(int(answer.error().error.kind), int(ErrorKind::Unauthorized));
    QCOMPARE(answer.error().status, 401);
    QVERIFY2(answer.error().error.sentence.contains(u"does not belong to any active key"_s),
        qPrintable(answer.error().error.sentence));
    QCOMPARE(world.organization->requestCount(u"/api/v1/logs"_s), 0);
}

void TestServiceApp::wrongKeyId()
{
    const ServiceAppWorld world;
    Client client(
        world.organization->origin(), world.credentialsWith(world.organization->serviceApp().key, u"other-kid"_s));
    const auto answer = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!answer);
    QVERIFY2(answer.error().error.sentence.contains(u"no active key with the ID other-kid"_s),
        qPrintable(answer.error().error.sentence));
}

void TestServiceApp::unknownApp()
{
    const ServiceAppWorld world;
    const auto credentials = Credentials::serviceApp(
        u"0oasomeoneelse"_s, world.organization->serviceApp().key.privatePem(), {}, {scope::logs});
    Client client(world.organization->origin(), *credentials);
    const auto answer = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!answer);
    QVERIFY2(answer.error().error.sentence.contains(u"0oasomeoneelse"_s), qPrintable(answer.error().error.sentence));
}

void TestServiceApp::revokedApp()
{
    const ServiceAppWorld world;
    Client client(world.organization->origin(), world.credentials());
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(logs))), QString());
    world.organization->changeTokens([](TokenEndpoint &tokens) { tokens.revoke(ServiceAppWorld::appId); });
    const auto refused = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!refused);
    QCOMPARE(refused.error().status, 401);
    const QString sentence = refused.error().error.sentence;
    QVERIFY2(sentence.contains(u"any more, though it did before"_s), qPrintable(sentence));
    world.organization->changeTokens([](TokenEndpoint &tokens) { tokens.reinstate(ServiceAppWorld::appId); });
    const auto again = ServiceAppWorld::ask(client, world.url(logs));
    QCOMPARE(problemOf(again), QString());
}

void TestServiceApp::wrongAudience()
{
    // A proxy that forwards to the organization under a name that it does not know: the assertion is for that name.
    Simulator::Options options;
    const ServiceAppWorld world(options);
    QUrl other = world.organization->origin();
    other.setHost(u"127.0.0.2"_s); // on Linux all of 127.0.0.0/8 is this machine, but nobody listens on it
    const simulator::OAuthClient app = world.organization->serviceApp();
    const ServiceApp signer = *ServiceApp::read(app.id, app.key.privatePem(), app.keyId);
    other.setPath(u"/oauth2/v1/token"_s);
    TokenEndpoint endpoint({app}, {});
    simulator::OAuthRequest request{"POST", world.url(u"/oauth2/v1/token"_s).toEncoded(), {}, {}, event::now()};
    const auto form = [](const QByteArray &assertion) {
        QUrlQuery query;
        query.addQueryItem(u"grant_type"_s, u"client_credentials"_s);
        query.addQueryItem(u"scope"_s, scope::logs);
        query.addQueryItem(u"client_assertion_type"_s, u"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"_s);
        query.addQueryItem(u"client_assertion"_s, QString::fromLatin1(assertion));
        return query.toString(QUrl::FullyEncoded).toLatin1();
    };
    const simulator::Reply wrong = endpoint.answer(request, form(signer.assertion(other, event::now())));
    QCOMPARE(wrong.status, 401);
    QVERIFY(wrong.body.contains("audience claim"));
    // Expired, from the future, too long, and used twice: each is refused with its own words.
    const QUrl right = world.url(u"/oauth2/v1/token"_s);
    QVERIFY(endpoint.answer(request, form(signer.assertion(right, event::now() - 10min))).body.contains("is expired"));
    QVERIFY(endpoint.answer(request, form(signer.assertion(right, event::now() + 10min)))
                .body.contains("before the current time"));
    QVERIFY(endpoint.answer(request, form(signer.assertion(right, event::now() + 2h))).body.contains("too far"));
    const QByteArray once = signer.assertion(right, event::now());
    QVERIFY(endpoint.answer(request, form(once)).body.contains("DPoP proof JWT header is missing"));
    QVERIFY(endpoint.answer(request, form(once)).body.contains("already been used"));
    // And proofs: for another url, verb or time, or seen before.
    const DpopProver prover;
    const auto proven = [&](const QByteArray &proof) {
        request.proof = proof;
        return endpoint.answer(request, form(signer.assertion(right, event::now())));
    };
    QVERIFY(proven(prover.proof("GET", right, event::now(), {})).body.contains("'htm'"));
    QVERIFY(proven(prover.proof("POST", other, event::now(), {})).body.contains("'htu'"));
    QVERIFY(proven(prover.proof("POST", right, event::now() - 10min, {})).body.contains("five minutes"));
    QVERIFY(proven(prover.proof("POST", right, event::now() + 1min, {})).body.contains("future"));
    const simulator::Reply challenge = proven(prover.proof("POST", right, event::now(), {}));
    QVERIFY(challenge.body.contains("use_dpop_nonce"));
    QCOMPARE(challenge.headers.size(), 1);
    const QByteArray proof = prover.proof("POST", right, event::now(), challenge.headers.first().second);
    QCOMPARE(proven(proof).status, 200);
    QVERIFY(proven(proof).body.contains("already been used"));
}

void TestServiceApp::missingScopeIsNamed()
{
    Simulator::Options options;
    options.clients = {{ServiceAppWorld::appId, jose::Key::generate(jose::Key::Type::P256), {},
        {u"okta.logs.read"_s, u"okta.users.read"_s}}};
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    // What is granted works all the same.
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(logs))), QString());
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(users))), QString());
    const auto refused = ServiceAppWorld::ask(client, world.url(devices));
    QVERIFY(!refused);
    QCOMPARE(refused.error().status, 403);
    QCOMPARE(int(refused.error().error.kind), int(ErrorKind::Forbidden));
    const QString sentence = refused.error().error.sentence;
    QVERIFY2(sentence.contains(u"lacks the scope okta.devices.read"_s), qPrintable(sentence));
    QVERIFY2(sentence.contains(u"Okta API Scopes"_s), qPrintable(sentence));
    QVERIFY2(!sentence.contains(u"okta.logs.read"_s), qPrintable(sentence));
    // Not asked for again at once: each refusal is a failure in the organization's own log.
    const qint64 before = world.tokenRequests();
    QVERIFY(!ServiceAppWorld::ask(client, world.url(devices)));
    QCOMPARE(world.tokenRequests(), before);
    // The API's own refusal names it too.
    Client narrow(world.organization->origin(), world.credentials({scope::users}));
    const auto users1 = ServiceAppWorld::ask(narrow, world.url(users));
    QCOMPARE(problemOf(users1), QString());
}

void TestServiceApp::nothingGranted()
{
    Simulator::Options options;
    options.clients = {{ServiceAppWorld::appId, jose::Key::generate(jose::Key::Type::P256), {}, {u"okta.apps.read"_s}}};
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    const auto refused = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!refused);
    QVERIFY2(refused.error().error.sentence.contains(u"lacks the scope okta.logs.read"_s),
        qPrintable(refused.error().error.sentence));
}

void TestServiceApp::rateLimitIsTold()
{
    Simulator::Options options;
    options.tokensPerWindow = 1;
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    const auto refused = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!refused);
    QCOMPARE(refused.error().status, 429);
    QCOMPARE(int(refused.error().error.kind), int(ErrorKind::RateLimited));
    QVERIFY(refused.error().rateLimit.reset);
}

void TestServiceApp::brokenTokenEndpoint_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<int>("status");
    QTest::newRow("500") << u"token:500*"_s << 500;
    QTest::newRow("html") << u"token:html*"_s << 200;
    QTest::newRow("drop") << u"token:drop*"_s << 0;
    QTest::newRow("truncated") << u"token:truncate*"_s << 0;
    QTest::newRow("redirect") << u"token:redirect*"_s << 302;
}

void TestServiceApp::brokenTokenEndpoint()
{
    QFETCH(QString, faults);
    QFETCH(int, status);
    Simulator::Options options;
    options.faults = faults;
    const ServiceAppWorld world(options);
    Client client(world.organization->origin(), world.credentials());
    const auto refused = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!refused);
    // Half an answer is a broken connection, or, if its head is seen first, the refusal that the head tells.
    const bool isHalf = faults.startsWith(u"token:truncate"_s) && refused.error().status == 401;
    QVERIFY2(isHalf || refused.error().status == status, qPrintable(QString::number(refused.error().status)));
    QVERIFY(!refused.error().error.sentence.isEmpty());
    QCOMPARE(world.organization->requestCount(u"/api/v1/logs"_s), 0);
}

void TestServiceApp::abandonedCallsAreSilent()
{
    const ServiceAppWorld world;
    Client client(world.organization->origin(), world.credentials());
    bool told = false;
    client.get(world.url(logs), [&](const Answer &) { told = true; }); // dropped at once
    const auto answer = ServiceAppWorld::ask(client, world.url(logs));
    QCOMPARE(problemOf(answer), QString());
    QVERIFY(!told);
    auto shortLived = std::make_unique<Client>(world.organization->origin(), world.credentials());
    const auto call = shortLived->get(world.url(logs), [&](const Answer &) { told = true; });
    shortLived.reset();
    QTest::qWait(50);
    QVERIFY(!told);
}

void TestServiceApp::credentialsAreChanged()
{
    const ServiceAppWorld world;
    Client client(world.organization->origin(), world.credentialsWith(jose::Key::generate(jose::Key::Type::P256)));
    QVERIFY(!ServiceAppWorld::ask(client, world.url(logs)));
    client.setCredentials(world.credentials());
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(logs))), QString());
    client.setCredentials(*Credentials::apiToken(world.organization->token().toLatin1()));
    QCOMPARE(problemOf(ServiceAppWorld::ask(client, world.url(logs))), QString());
    client.setCredentials(*Credentials::apiToken("00wrong"));
    const auto refused = ServiceAppWorld::ask(client, world.url(logs));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, u"E0000011"_s);
}

void TestServiceApp::rejectsWhatIsNone_data()
{
    QTest::addColumn<QString>("clientId");
    QTest::addColumn<QString>("keyId");
    QTest::newRow("no client ID") << u" "_s << QString();
    QTest::newRow("an address") << u"https://acme.okta.com/app/0oa1"_s << QString();
    QTest::newRow("two words") << u"0oa1 0oa2"_s << QString();
    QTest::newRow("a line break in the key ID") << u"0oa1"_s << u"a\nb"_s;
}

void TestServiceApp::rejectsWhatIsNone()
{
    QFETCH(QString, clientId);
    QFETCH(QString, keyId);
    const QByteArray key = jose::Key::generate(jose::Key::Type::P256).privatePem();
    const auto credentials = Credentials::serviceApp(clientId, key, keyId, {scope::logs});
    QVERIFY(!credentials);
    QCOMPARE(int(credentials.error().kind), int(ErrorKind::InvalidInput));
    QVERIFY(Credentials::serviceApp(u" 0oa1 "_s, key, u" k "_s, {scope::logs}));
}

void TestServiceApp::rfc9449Hash()
{
    // RFC 9449, section 7.1
    QCOMPARE(DpopProver::hashOf("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"),
        QByteArray("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"));
}

QTEST_GUILESS_MAIN(TestServiceApp)
#include "tst_service_app.moc"
