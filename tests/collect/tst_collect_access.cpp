// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"
#include "ProxyServer.h"
#include "collect/SourceAccess.h"
#include "simulator/TokenEndpoint.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Authentication = store::SourceConfig::Authentication;

namespace {

store::SourceConfig appSource(const simulator::Simulator &organization)
{
    store::SourceConfig source = Collection::sourceOf(organization.origin());
    source.authentication = Authentication::ServiceApp;
    source.clientId = organization.serviceApp().id;
    return source;
}

QByteArray keyOf(const simulator::Simulator &organization)
{
    return QJsonDocument(organization.serviceApp().key.privateJwk()).toJson(QJsonDocument::Compact);
}

simulator::Simulator::Options withApp(const QStringList &scopes)
{
    simulator::Simulator::Options options;
    options.users = 20;
    options.history = 1h;
    options.tokensPerWindow = 10'000;
    options.clients = {{u"0oatests"_s, jose::Key::generate(jose::Key::Type::P256), {}, scopes}};
    return options;
}

} // namespace

/// Collecting as a service app, through a proxy, and with credentials that change while it runs.
class TestCollectAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serviceAppCollectsEverything();
    void missingDeviceScopeHurtsNothingElse();
    void missingLogScopeNeedsAttention();
    void clockAnHourOff_data();
    void clockAnHourOff();
    void revokedTokenIsNamed();
    void newTokenIsTakenInPlace();
    void fromTokenToServiceApp();
    void wrongKeyIsRefusedAtOnce();
    void throughProxyWithPassword();
    void authorityFileThatIsMissing();
    void ownerIsTold();
};

void TestCollectAccess::serviceAppCollectsEverything()
{
    const auto organization = replay();
    Collection collection;
    store::SourceConfig source = appSource(*organization);
    source.users = true;
    source.devices = true;
    const store::SourceId id = collection.put(source, keyOf(*organization));
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(id), organization->log()), QString());
    QCOMPARE(organization->requestCount(u"/oauth2/v1/token"_s), 2);
    QVERIFY(collection.status(id).users > 0);
    QVERIFY(collection.status(id).devices > 0);
    // The key is in the vault, and a restart goes on with it.
    collection.restart();
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(id), organization->log()), QString());
}

void TestCollectAccess::missingDeviceScopeHurtsNothingElse()
{
    const auto organization = simulate(withApp({u"okta.logs.read"_s, u"okta.users.read"_s}));
    Collection collection;
    store::SourceConfig source = appSource(*organization);
    source.users = true;
    source.devices = true;
    const store::SourceId id = collection.put(source, keyOf(*organization));
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(id), organization->log()), QString());
    QVERIFY(collection.status(id).users > 0);
    QCOMPARE(collection.status(id).usersSentence, QString());
    const QString sentence = collection.status(id).devicesSentence;
    QVERIFY2(sentence.contains(u"lacks the scope okta.devices.read"_s), qPrintable(sentence));
    QVERIFY2(sentence.contains(u"Events and users are not affected"_s), qPrintable(sentence));
}

void TestCollectAccess::missingLogScopeNeedsAttention()
{
    const auto organization = simulate(withApp({u"okta.users.read"_s}));
    Collection collection;
    const store::SourceId id = collection.put(appSource(*organization), keyOf(*organization));
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    const QString sentence = collection.status(id).sentence;
    QVERIFY2(sentence.contains(u"lacks the scope okta.logs.read"_s), qPrintable(sentence));
    QVERIFY2(sentence.contains(u"Okta API Scopes"_s), qPrintable(sentence));
}

void TestCollectAccess::clockAnHourOff_data()
{
    QTest::addColumn<QString>("faults");
    QTest::newRow("ahead") << u"clock=3600"_s;
    QTest::newRow("behind") << u"clock=-3600"_s;
}

void TestCollectAccess::clockAnHourOff()
{
    QFETCH(QString, faults);
    const auto organization = replay(faults);
    Collection collection;
    const store::SourceId id = collection.put(appSource(*organization), keyOf(*organization));
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(id), organization->log()), QString());
}

void TestCollectAccess::revokedTokenIsNamed()
{
    const auto organization = replay(u"unauthorized@5*"_s);
    Collection collection;
    const store::SourceId id = collection.put(*organization);
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    const QString sentence = collection.status(id).sentence;
    QVERIFY2(sentence.contains(u"any more, though it did before"_s), qPrintable(sentence));
    QVERIFY2(sentence.contains(u"revoked"_s), qPrintable(sentence));
}

void TestCollectAccess::newTokenIsTakenInPlace()
{
    const auto organization = replay(u"unauthorized@5"_s);
    Collection collection;
    store::SourceConfig source = Collection::sourceOf(organization->origin());
    const store::SourceId id = collection.put(source, organization->token().toUtf8());
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    source = collection.supervisor().sources().first();
    const qint64 pages = collection.status(id).pages;
    QVERIFY(pages > 0);
    QCOMPARE(collection.put(source, organization->token().toUtf8()), id);
    QVERIFY(collection.catchUp(id));
    QVERIFY(collection.status(id).pages > pages); // it counts on
    QCOMPARE(difference(collection.events(id), organization->log()), QString());
    QCOMPARE(collection.status(id).duplicates, 0);
}

void TestCollectAccess::fromTokenToServiceApp()
{
    const auto organization = replay();
    Collection collection;
    store::SourceConfig source = Collection::sourceOf(organization->origin());
    const store::SourceId id = collection.put(source, organization->token().toUtf8());
    QVERIFY(collection.catchUp(id));
    source = collection.supervisor().sources().first();
    source.authentication = Authentication::ServiceApp;
    source.clientId = organization->serviceApp().id;
    QCOMPARE(collection.put(source, keyOf(*organization)), id);
    QTRY_VERIFY_WITH_TIMEOUT(organization->requestCount(u"/oauth2/v1/token"_s) > 1, 30'000);
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(id), organization->log()), QString());
}

void TestCollectAccess::wrongKeyIsRefusedAtOnce()
{
    const auto organization = replay();
    Collection collection;
    const auto stored
        = collection.supervisor().put(appSource(*organization), "00noPrivateKeyAtAll", secrets::Vault::Place::Session);
    QTRY_VERIFY_WITH_TIMEOUT(stored.isFinished(), 30'000);
    QVERIFY(!stored.result());
    QCOMPARE(int(stored.result().error().kind), int(event::ErrorKind::InvalidInput));
    QVERIFY(collection.supervisor().sources().isEmpty());
    store::SourceConfig nameless = appSource(*organization);
    nameless.clientId.clear();
    const auto again = collection.supervisor().put(nameless, keyOf(*organization), secrets::Vault::Place::Session);
    QTRY_VERIFY_WITH_TIMEOUT(again.isFinished(), 30'000);
    QVERIFY(!again.result());
    QVERIFY(again.result().error().sentence.contains(u"client ID"_s));
}

void TestCollectAccess::throughProxyWithPassword()
{
    const auto organization = replay();
    ProxyServer proxy("ada", "secret");
    Collection collection;
    store::SourceConfig source = appSource(*organization);
    source.proxy = proxy.setting();
    const auto stored = collection.supervisor().put(
        source, keyOf(*organization), secrets::Vault::Place::Session, QByteArray("secret"));
    QTRY_VERIFY_WITH_TIMEOUT(stored.isFinished(), 30'000);
    QVERIFY(stored.result());
    const store::SourceId id = stored.result()->id;
    QVERIFY(collection.catchUp(id));
    QCOMPARE(difference(collection.events(id), organization->log()), QString());
    QVERIFY(!proxy.served().isEmpty());
    // Its password is kept: a restart goes the same way.
    const auto before = proxy.served().size();
    collection.restart();
    QVERIFY(collection.catchUp(id));
    QVERIFY(proxy.served().size() > before);
}

void TestCollectAccess::authorityFileThatIsMissing()
{
    const auto organization = replay();
    const QTemporaryDir folder;
    Collection collection;
    store::SourceConfig source = Collection::sourceOf(organization->origin());
    source.caFile = folder.filePath(u"missing.pem"_s);
    const store::SourceId id = collection.put(source, organization->token().toUtf8());
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    QVERIFY2(collection.status(id).sentence.contains(u"missing.pem"_s), qPrintable(collection.status(id).sentence));
    QVERIFY(QFile::copy(QFINDTESTDATA("../okta/loopback.crt"), source.caFile));
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id));
}

void TestCollectAccess::ownerIsTold()
{
    simulator::Simulator::Options options = withApp({});
    const auto organization = simulate(options);
    Collection collection;
    const store::SourceId id = collection.put(*organization);
    QTRY_VERIFY_WITH_TIMEOUT(collection.status(id).owner.contains(u"dministrator"_s), 30'000);
    QVERIFY(collection.status(id).owner.contains(u'@'));
    // Where Okta does not tell, nothing is said, and nothing suffers.
    const auto silent = simulate(options, u"me:403*"_s);
    Collection other;
    const store::SourceId second = other.put(*silent);
    QVERIFY(other.catchUp(second));
    QTRY_VERIFY_WITH_TIMEOUT(silent->requestCount(u"/api/v1/users/me"_s) > 0, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(int(other.status(second).state), int(State::Healthy), 30'000);
    QVERIFY(other.status(second).owner.isEmpty());
}

QTEST_GUILESS_MAIN(TestCollectAccess)
#include "tst_collect_access.moc"
