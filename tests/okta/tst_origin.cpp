// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "okta/LogType.h"
#include "okta/Origin.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::okta;
using namespace Qt::StringLiterals;

/// What people paste into the form, and what may get the token.
class TestOrigin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data();
    void addresses();
    void wrongAddresses_data();
    void wrongAddresses();
    void originsOfAddresses_data();
    void originsOfAddresses();
    void origins_data();
    void origins();
    void sameOrigin_data();
    void sameOrigin();
    void logTypesAreListed();
};

void TestOrigin::addresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("subdomain");
    QTest::addColumn<QString>("domain");
    const auto row = [](const char *text, const char *subdomain, const char *domain) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(subdomain) << QString::fromUtf8(domain);
    };
    row("acme", "acme", "okta.com");
    row("  ACME \n", "acme", "okta.com");
    row("acme-admin", "acme", "okta.com");
    row("acme.okta.com", "acme", "okta.com");
    row("acme.okta.com/", "acme", "okta.com");
    row("https://acme.okta.com", "acme", "okta.com");
    row("HTTPS://Acme.Okta.Com:443/", "acme", "okta.com");
    row("http://acme.okta.com", "acme", "okta.com");
    row("http://acme.okta.com:80/login", "acme", "okta.com");
    row("https://acme-admin.okta.com/admin/dashboard", "acme", "okta.com");
    row("https://acme.okta.com/api/v1/logs", "acme", "okta.com");
    row("https://acme.okta.com?fromURI=x", "acme", "okta.com");
    row("https://acme.okta.com#top", "acme", "okta.com");
    row("<https://acme.okta.com/>,", "acme", "okta.com");
    row("\"acme.okta.com\"", "acme", "okta.com");
    row("acme.okta.com.", "acme", "okta.com");
    row("dev-123456.okta.com", "dev-123456", "okta.com");
    row("acme.oktapreview.com", "acme", "oktapreview.com");
    row("acme-admin.oktapreview.com", "acme", "oktapreview.com");
    row("acme.okta-emea.com", "acme", "okta-emea.com");
    row("acme.okta-gov.com", "acme", "okta-gov.com");
    row("milmove.okta.mil", "milmove", "okta.mil");
    row("login.example.com", "", "login.example.com");
    row("https://Login.Example.com/app/UserHome", "", "login.example.com");
    row("http://login.example.com", "", "login.example.com");
    row("https://login-admin.example.com", "", "login-admin.example.com");
    row("acme.okta.com.evil.example", "", "acme.okta.com.evil.example");
    row("acme.notokta.com", "", "acme.notokta.com");
    row("acme.trexcloud.com", "", "acme.trexcloud.com");
    row("login.example.com:8443", "", "login.example.com:8443");
    row("https://b\u00fccher.example", "", "xn--bcher-kva.example");
    row("http://127.0.0.1:8080", "", "127.0.0.1:8080");
    row("localhost:8080", "", "localhost:8080");
    row("http://[::1]:8080/x", "", "[::1]:8080");
}

void TestOrigin::addresses()
{
    QFETCH(QString, text);
    QFETCH(QString, subdomain);
    QFETCH(QString, domain);
    const auto parsed = parseOrgAddress(text);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().sentence));
    QCOMPARE(parsed->subdomain, subdomain);
    QCOMPARE(parsed->domain, domain);
    // What was read names an origin.
    const auto origin = originOf(*parsed);
    QVERIFY2(origin, origin ? "" : qPrintable(origin.error().sentence));
}

void TestOrigin::wrongAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *text, const char *says) {
        QTest::newRow(*text ? text : "nothing") << QString::fromUtf8(text) << QString::fromUtf8(says);
    };
    row("", "acme");
    row("   ", "acme");
    row("okta.com", "subdomain is missing");
    row("https://www.acme.okta.com", "has a dot");
    row("jane@example.com", "e-mail");
    row("https://user:secret@acme.okta.com", "e-mail address or a sign-in");
    row("ftp://acme.okta.com", "https://");
    row("javascript://acme.okta.com", "https://");
    row("my company", "no host name");
    row("acme_.okta.com:99999", "port");
    row("acme.okta.com:8080", "port 8080");
    row("-acme", "no host name");
    row("https://", "no host name");
    row("https:///path", "no host name");
}

void TestOrigin::wrongAddresses()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto parsed = parseOrgAddress(text);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind, event::ErrorKind::InvalidInput);
    QVERIFY2(parsed.error().sentence.contains(says), qPrintable(parsed.error().sentence));
    QVERIFY(!parsed.error().sentence.contains(u"secret"_s));
}

void TestOrigin::originsOfAddresses_data()
{
    QTest::addColumn<QString>("subdomain");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("origin"); // empty: refused
    const auto row = [](const char *subdomain, const char *domain, const char *origin) {
        QTest::addRow("%s . %s", subdomain, domain)
            << QString::fromUtf8(subdomain) << QString::fromUtf8(domain) << QString::fromUtf8(origin);
    };
    row("acme", "okta.com", "https://acme.okta.com");
    row(" Acme ", "OktaPreview.com", "https://acme.oktapreview.com");
    row("", "login.example.com", "https://login.example.com");
    row("", "login.example.com:8443", "https://login.example.com:8443");
    row("", "127.0.0.1:8080", "http://127.0.0.1:8080");
    row("", "[::1]:8080", "http://[::1]:8080");
    row("acme", "example.com", "https://acme.example.com");
    row("", "okta.com", "");
    row("a.b", "okta.com", "");
    row("acme/", "okta.com", "");
    row("evil.example/", "okta.com", "");
    row("evil.example#", "okta.com", "");
    row("acme", "", "");
    row("", "intranet", "");
}

void TestOrigin::originsOfAddresses()
{
    QFETCH(QString, subdomain);
    QFETCH(QString, domain);
    QFETCH(QString, origin);
    const auto made = originOf({subdomain, domain});
    QCOMPARE(made ? made->toString() : QString(), origin);
}

void TestOrigin::origins_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("origin"); // empty: refused
    QTest::addColumn<int>("kind");
    const auto row = [](const char *text, const char *origin, event::ErrorKind kind = event::ErrorKind::InvalidInput) {
        QTest::newRow(*text ? text : "nothing")
            << QString::fromUtf8(text) << QString::fromUtf8(origin) << static_cast<int>(kind);
    };
    row("https://login.example.com", "https://login.example.com");
    row("login.example.com/app?x#y", "https://login.example.com");
    row("https://login.example.com:443", "https://login.example.com");
    row("https://login.example.com:8443/", "https://login.example.com:8443");
    row("https://acme-admin.okta.com/admin", "https://acme.okta.com");
    row("http://127.0.0.1:8080", "http://127.0.0.1:8080");
    row("http://localhost", "http://localhost");
    row("https://localhost:8443", "https://localhost:8443");
    row("127.0.0.1:8080", "http://127.0.0.1:8080");
    row("http://[::1]:9", "http://[::1]:9");
    row("http://login.example.com", "", event::ErrorKind::Refused);
    row("http://127.0.0.1.evil.example", "", event::ErrorKind::Refused);
    row("http://10.0.0.1", "", event::ErrorKind::Refused);
    row("http://localhost.evil.example:80", "", event::ErrorKind::Refused);
    row("acme", "");
    row("okta.com", "");
    row("", "");
    row("https://[::1", "");
}

void TestOrigin::origins()
{
    QFETCH(QString, text);
    QFETCH(QString, origin);
    QFETCH(int, kind);
    const auto parsed = parseOrigin(text);
    QCOMPARE(parsed ? parsed->toString() : QString(), origin);
    if (!parsed) {
        QCOMPARE(static_cast<int>(parsed.error().kind), kind);
        QVERIFY(!parsed.error().sentence.isEmpty());
    }
}

void TestOrigin::sameOrigin_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *url, const char *origin, bool same) {
        QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(origin) << same;
    };
    const auto *acme = "https://acme.okta.com";
    row("https://acme.okta.com/api/v1/logs?after=1", acme, true);
    row("https://acme.okta.com:443/api/v1/logs", acme, true);
    row("https://ACME.okta.com/api/v1/logs", acme, true);
    row("http://acme.okta.com/api/v1/logs", acme, false);
    row("https://acme.okta.com:8443/", acme, false);
    row("https://acme-admin.okta.com/", acme, false);
    row("https://acme.okta.com.evil.example/", acme, false);
    row("https://evil.example/acme.okta.com", acme, false);
    row("https://acme.okta.com@evil.example/", acme, false);
    row("https://user:pw@acme.okta.com/", acme, false);
    row("https://acme.okta.com./", acme, false);
    row("//acme.okta.com/", acme, false);
    row("/api/v1/logs", acme, false);
    row("ftp://acme.okta.com/", acme, false);
    row("", acme, false);
    row("http://127.0.0.1:8080/x", "http://127.0.0.1:8080", true);
    row("http://127.0.0.1:8081/x", "http://127.0.0.1:8080", false);
    row("http://10.0.0.1/x", "http://10.0.0.1", false);
}

void TestOrigin::sameOrigin()
{
    QFETCH(QString, url);
    QFETCH(QString, origin);
    QFETCH(bool, same);
    QCOMPARE(isSameOrigin(QUrl(url), QUrl(origin)), same);
}

void TestOrigin::logTypesAreListed()
{
    QVERIFY(!logTypes().isEmpty());
    QCOMPARE(logTypes().first().id, u"Okta.SystemLog"_s);
    for (const LogType &type : logTypes()) {
        QVERIFY(!type.title.isEmpty());
        QVERIFY(!type.description.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestOrigin)
#include "tst_origin.moc"
