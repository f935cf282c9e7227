// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpServer.h"
#include "ProxyServer.h"
#include "ServiceAppWorld.h"

#include "okta/Origin.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

using namespace octotrail;
using namespace octotrail::okta;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using event::ErrorKind;

namespace {

QSslConfiguration loopbackTls()
{
    return tlsOf(QFINDTESTDATA("loopback.crt"), QFINDTESTDATA("loopback.key"));
}

HttpReply emptyPage(const HttpRequest &)
{
    return reply(200, "[]");
}

Credentials token()
{
    return *Credentials::apiToken("00goodTokenOfTheTests");
}

Client::Options by(const Route &route)
{
    Client::Options options;
    const auto ready = prepare(route);
    if (ready) {
        options.route = *ready;
    }
    return options;
}

QString problemOf(const Answer &answer)
{
    return answer ? QString() : answer.error().error.sentence;
}

} // namespace

/// The ways to an organization: proxies, certificate authorities of one's own, IPv6.
class TestRoute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsProxies_data();
    void readsProxies();
    void refusesProxies_data();
    void refusesProxies();
    void plainThroughProxy();
    void tlsThroughProxy();
    void serviceAppThroughProxy();
    void wrongProxyPassword();
    void deadProxy();
    void systemProxySparesLoopback();
    void ownAuthority();
    void ownAuthorityAddsToTheSystems();
    void badAuthorityFiles();
    void ipv6();
};

void TestRoute::readsProxies_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("user");
    using Proxy = QNetworkProxy;
    QTest::newRow("none") << u"none"_s << int(Proxy::NoProxy) << QString() << 0 << QString();
    QTest::newRow("http") << u"http://proxy.example.com:3128"_s << int(Proxy::HttpProxy) << u"proxy.example.com"_s
                          << 3128 << QString();
    QTest::newRow("user") << u"http://ada@proxy.example.com:3128/"_s << int(Proxy::HttpProxy) << u"proxy.example.com"_s
                          << 3128 << u"ada"_s;
    QTest::newRow("encoded user") << u"http://EU%5Cada@proxy:3128"_s << int(Proxy::HttpProxy) << u"proxy"_s << 3128
                                  << u"EU\\ada"_s;
    QTest::newRow("bare") << u" proxy.example.com:8888 "_s << int(Proxy::HttpProxy) << u"proxy.example.com"_s << 8888
                          << QString();
    QTest::newRow("without port") << u"http://proxy"_s << int(Proxy::HttpProxy) << u"proxy"_s << 8080 << QString();
    QTest::newRow("socks") << u"socks5://ada@[::1]"_s << int(Proxy::Socks5Proxy) << u"::1"_s << 1080 << u"ada"_s;
}

void TestRoute::readsProxies()
{
    QFETCH(QString, setting);
    const auto proxy = parseProxy(setting);
    QVERIFY2(proxy, proxy ? "" : qPrintable(proxy.error().sentence));
    QVERIFY(*proxy);
    QTEST((*proxy)->user(), "user");
    QTEST((*proxy)->hostName(), "host");
    QTEST(int((*proxy)->port()), "port");
    QTEST(int((*proxy)->type()), "type");
}

void TestRoute::refusesProxies_data()
{
    QTest::addColumn<QString>("setting");
    QTest::addColumn<QString>("part");
    QTest::newRow("a password") << u"http://ada:secret@proxy:3128"_s << u"password"_s;
    QTest::newRow("another scheme") << u"ftp://proxy:3128"_s << u"no proxy's address"_s;
    QTest::newRow("a path") << u"http://proxy:3128/proxy.pac"_s << u"no proxy's address"_s;
    QTest::newRow("words") << u"ask the network team"_s << u"no proxy's address"_s;
    QTest::newRow("a bad port") << u"http://proxy:99999"_s << u"no proxy's address"_s;
}

void TestRoute::refusesProxies()
{
    QFETCH(QString, setting);
    QFETCH(QString, part);
    const auto proxy = parseProxy(setting);
    QVERIFY(!proxy);
    QVERIFY2(proxy.error().sentence.contains(part), qPrintable(proxy.error().sentence));
    QVERIFY(!proxy.error().sentence.contains(u"secret"_s));
    QVERIFY(!prepare({setting, {}, {}}));
}

void TestRoute::plainThroughProxy()
{
    HttpServer server(&emptyPage);
    ProxyServer proxy("ada", "se:cret");
    Client client(server.origin(), token(), by({proxy.setting(), "se:cret", {}}));
    const auto answer = ServiceAppWorld::ask(client, server.url(u"/api/v1/logs?limit=1"_s));
    QCOMPARE(problemOf(answer), QString());
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().path, QByteArray("/api/v1/logs?limit=1"));
    QVERIFY(!proxy.served().isEmpty());
}

void TestRoute::tlsThroughProxy()
{
    HttpServer server(&emptyPage, loopbackTls());
    ProxyServer proxy("ada", "secret");
    Client client(server.origin(), token(), by({proxy.setting(), "secret", QFINDTESTDATA("loopback.crt")}));
    const auto answer = ServiceAppWorld::ask(client, server.url(u"/api/v1/logs"_s));
    QCOMPARE(problemOf(answer), QString());
    QCOMPARE(proxy.served(), QStringList{u"CONNECT "_s + server.origin().authority()});
}

void TestRoute::serviceAppThroughProxy()
{
    const ServiceAppWorld world;
    ProxyServer proxy("ada", "secret");
    Client client(world.organization->origin(), world.credentials(), by({proxy.setting(), "secret", {}}));
    for (const QString &path : {u"/api/v1/logs?limit=1"_s, u"/api/v1/users?limit=1"_s}) {
        const auto answer = ServiceAppWorld::ask(client, world.url(path));
        QCOMPARE(problemOf(answer), QString());
    }
    const bool hasToken = std::ranges::any_of(
        proxy.served(), [](const QString &asked) { return asked.contains(u"/oauth2/v1/token"_s); });
    QVERIFY(hasToken);
}

void TestRoute::wrongProxyPassword()
{
    HttpServer server(&emptyPage);
    HttpServer secure(&emptyPage, loopbackTls());
    ProxyServer proxy("ada", "secret");
    for (const HttpServer *each : {&server, &secure}) {
        Client client(each->origin(), token(), by({proxy.setting(), "guess", QFINDTESTDATA("loopback.crt")}));
        const auto answer = ServiceAppWorld::ask(client, each->url(u"/api/v1/logs"_s));
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().error.kind), int(ErrorKind::Network));
        QVERIFY2(answer.error().error.sentence.contains(u"proxy"_s), qPrintable(answer.error().error.sentence));
        QVERIFY2(answer.error().error.sentence.contains(u"password"_s), qPrintable(answer.error().error.sentence));
        QCOMPARE(each->requests().size(), 0);
    }
    QVERIFY(proxy.refused() > 0);
}

void TestRoute::deadProxy()
{
    HttpServer server(&emptyPage);
    QTcpServer gone;
    gone.listen(QHostAddress::LocalHost);
    const QString setting = u"http://127.0.0.1:%1"_s.arg(gone.serverPort());
    gone.close();
    Client client(server.origin(), token(), by({setting, {}, {}}));
    const auto answer = ServiceAppWorld::ask(client, server.url(u"/"_s));
    QVERIFY(!answer);
    QVERIFY2(answer.error().error.sentence.contains(u"proxy"_s), qPrintable(answer.error().error.sentence));
    QCOMPARE(server.requests().size(), 0);
}

void TestRoute::systemProxySparesLoopback()
{
    qputenv("http_proxy", "http://127.0.0.1:9");
    HttpServer server(&emptyPage);
    Client client(server.origin(), token(), by({{}, {}, {}}));
    const auto answer = ServiceAppWorld::ask(client, server.url(u"/"_s));
    QCOMPARE(problemOf(answer), QString());
    const QNetworkProxy found = systemProxyFor(QUrl(u"http://example.com/"_s));
    QCOMPARE(int(found.type()), int(QNetworkProxy::HttpProxy));
    QCOMPARE(int(found.port()), 9);
    QCOMPARE(int(systemProxyFor(server.origin()).type()), int(QNetworkProxy::NoProxy));
    qunsetenv("http_proxy");
}

void TestRoute::ownAuthority()
{
    HttpServer server(&emptyPage, loopbackTls());
    Client strict(server.origin(), token());
    const auto refused = ServiceAppWorld::ask(strict, server.url(u"/"_s));
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().error.kind), int(ErrorKind::Tls));
    QCOMPARE(server.requests().size(), 0);
    Client client(server.origin(), token(), by({u"none"_s, {}, QFINDTESTDATA("loopback.crt")}));
    const auto answer = ServiceAppWorld::ask(client, server.url(u"/"_s));
    QCOMPARE(problemOf(answer), QString());
}

void TestRoute::ownAuthorityAddsToTheSystems()
{
    const Transport transport(QUrl(u"https://acme.okta.com"_s), by({u"none"_s, {}, QFINDTESTDATA("loopback.crt")}));
    const auto all = transport.request(transport.url(u"/"_s)).sslConfiguration().caCertificates();
    for (const QSslCertificate &each : QSslConfiguration::systemCaCertificates()) {
        QVERIFY(all.contains(each));
    }
    QVERIFY(all.contains(QSslCertificate::fromPath(QFINDTESTDATA("loopback.crt")).first()));
}

void TestRoute::badAuthorityFiles()
{
    const QTemporaryDir folder;
    const QString empty = folder.filePath(u"empty.pem"_s);
    QFile file(empty);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no certificate");
    file.close();
    for (const QString &name : {empty, folder.filePath(u"missing.pem"_s), folder.path()}) {
        const auto read = readAuthorities(name);
        QVERIFY2(!read, qPrintable(name));
        QVERIFY2(read.error().sentence.contains(name), qPrintable(read.error().sentence));
    }
    QVERIFY(readAuthorities({})->isEmpty());
}

void TestRoute::ipv6()
{
    HttpServer server(&emptyPage, QHostAddress(QHostAddress::LocalHostIPv6));
    if (!server.isListening()) {
        QSKIP("This machine has no IPv6 loopback.");
    }
    const auto origin = parseOrigin(server.origin().toString());
    QVERIFY2(origin, origin ? "" : qPrintable(origin.error().sentence));
    QVERIFY(origin->toString().startsWith(u"http://[::1]:"_s));
    Client client(*origin, token());
    const auto answer = ServiceAppWorld::ask(client, server.url(u"/api/v1/logs"_s));
    QCOMPARE(problemOf(answer), QString());
}

QTEST_GUILESS_MAIN(TestRoute)
#include "tst_route.moc"
