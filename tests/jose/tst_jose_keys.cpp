// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/Key.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace octotrail::jose;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &name)
{
    QFile file(QFINDTESTDATA("keys") + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray jwkText(const QJsonObject &jwk)
{
    return QJsonDocument(jwk).toJson(QJsonDocument::Compact);
}

} // namespace

/// What people paste for a private key.
class TestJoseKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPem_data();
    void readsPem();
    void readsJwkSets();
    void rsaJwkWithoutPrimes();
    void saysWhatItIs_data();
    void saysWhatItIs();
    void mismatchedHalves();
    void garbageNeverCrashes();
};

void TestJoseKeys::readsPem_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("algorithm");
    const QByteArray pkcs1 = contentOf(u"rsa-pkcs1.pem"_s);
    const QByteArray sec1 = contentOf(u"ec-sec1.pem"_s);
    QTest::newRow("PKCS#1") << pkcs1 << u"RS256"_s;
    QTest::newRow("PKCS#8 with RSA") << contentOf(u"rsa-pkcs8.pem"_s) << u"RS256"_s;
    QTest::newRow("SEC 1") << sec1 << u"ES256"_s;
    QTest::newRow("SEC 1 after its parameters") << contentOf(u"ec-with-params.pem"_s) << u"ES256"_s;
    QTest::newRow("PKCS#8 with EC") << contentOf(u"ec-pkcs8.pem"_s) << u"ES256"_s;
    QTest::newRow("with blanks around") << "\n\n  " + sec1 + "\n  " << u"ES256"_s;
    QTest::newRow("with words before it") << "My key:\n" + sec1 << u"ES256"_s;
    QTest::newRow("Windows lines") << QByteArray(sec1).replace("\n", "\r\n") << u"ES256"_s;
    QTest::newRow("line breaks written out") << QByteArray(sec1).replace("\n", "\\n") << u"ES256"_s;
    QTest::newRow("pasted into one line") << QByteArray(pkcs1).replace("\n", " ") << u"RS256"_s;
    QTest::newRow("pasted without line breaks") << QByteArray(pkcs1).replace("\n", "") << u"RS256"_s;
}

void TestJoseKeys::readsPem()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, algorithm);
    QVERIFY(!text.isEmpty());
    const auto key = Key::readPrivate(text);
    QVERIFY2(key, key ? "" : qPrintable(key.error().sentence));
    QCOMPARE(key->algorithm(), algorithm);
    QVERIFY(key->isPrivate());
    QVERIFY(key->verify("text", key->sign("text")));
}

void TestJoseKeys::readsJwkSets()
{
    QJsonObject one = Key::generate(Key::Type::P256).privateJwk();
    one[u"kid"_s] = u"my-key"_s;
    const QByteArray text = jwkText(one);
    for (const QByteArray &set : {text, "{\"keys\":[" + text + "]}", "[" + text + "]", "  " + text + "\n"}) {
        const auto key = Key::readPrivate(set);
        QVERIFY2(key, key ? "" : qPrintable(key.error().sentence));
        QCOMPARE(key->keyId(), u"my-key"_s);
    }
    const auto two = Key::readPrivate("{\"keys\":[" + text + ',' + text + "]}");
    QVERIFY(!two);
    QVERIFY2(two.error().sentence.contains(u"2 keys"_s), qPrintable(two.error().sentence));
}

void TestJoseKeys::rsaJwkWithoutPrimes()
{
    const Key key = Key::generate(Key::Type::Rsa);
    QJsonObject jwk = key.privateJwk();
    for (const QString &member : {u"p"_s, u"q"_s, u"dp"_s, u"dq"_s, u"qi"_s}) {
        QVERIFY(jwk.contains(member));
        jwk.remove(member);
    }
    const auto again = Key::readPrivate(jwkText(jwk));
    QVERIFY2(again, again ? "" : qPrintable(again.error().sentence));
    QVERIFY(key.verify("text", again->sign("text")));
}

void TestJoseKeys::saysWhatItIs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("part");
    const QJsonObject jwk = Key::generate(Key::Type::P256).publicJwk();
    QJsonObject other = jwk;
    other[u"crv"_s] = u"P-521"_s;
    const QByteArray sec1 = contentOf(u"ec-sec1.pem"_s);
    QTest::newRow("nothing") << QByteArray("  \n") << u"Enter the private key"_s;
    QTest::newRow("an API token") << QByteArray("00abcDEF123") << u"no private key"_s;
    QTest::newRow("a public key") << contentOf(u"public.pem"_s) << u"public key"_s;
    QTest::newRow("a public JWK") << jwkText(jwk) << u"public key"_s;
    QTest::newRow("a certificate") << contentOf(u"certificate.pem"_s) << u"certificate"_s;
    QTest::newRow("encrypted PKCS#8") << contentOf(u"encrypted-pkcs8.pem"_s) << u"encrypted"_s;
    QTest::newRow("encrypted PKCS#1") << contentOf(u"encrypted-pkcs1.pem"_s) << u"encrypted"_s;
    QTest::newRow("OpenSSH's format") << contentOf(u"openssh.pem"_s) << u"ssh-keygen"_s;
    QTest::newRow("P-384") << contentOf(u"ec-p384.pem"_s) << u"curve"_s;
    QTest::newRow("Ed25519") << contentOf(u"ed25519.pem"_s) << u"curve"_s;
    QTest::newRow("P-521 as JWK") << jwkText(other) << u"curve"_s;
    QTest::newRow("1024 bits") << contentOf(u"rsa-1024.pem"_s) << u"1024 bits"_s;
    QTest::newRow("cut short") << sec1.left(sec1.size() / 2) << u"damaged"_s;
    QTest::newRow("JSON cut short") << QByteArray("{\"kty\":\"EC\",\"crv") << u"damaged"_s;
    QTest::newRow("a symmetric JWK") << QByteArray(R"({"kty":"oct","k":"AyM1"})") << u"no private key"_s;
    QTest::newRow("far too long") << QByteArray(1'000'000, 'x') << u"no private key"_s;
}

void TestJoseKeys::saysWhatItIs()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, part);
    const auto key = Key::readPrivate(text);
    QVERIFY(!key);
    QVERIFY2(key.error().sentence.contains(part), qPrintable(key.error().sentence));
    QCOMPARE(int(key.error().kind), int(octotrail::event::ErrorKind::InvalidInput));
}

void TestJoseKeys::mismatchedHalves()
{
    for (const Key::Type type : {Key::Type::Rsa, Key::Type::P256}) {
        QJsonObject jwk = Key::generate(type).privateJwk();
        const QJsonObject other = Key::generate(type).publicJwk();
        for (auto member = other.begin(); member != other.end(); ++member) {
            jwk[member.key()] = member.value();
        }
        const auto key = Key::readPrivate(jwkText(jwk));
        QVERIFY(!key);
        QVERIFY2(key.error().sentence.contains(u"damaged"_s), qPrintable(key.error().sentence));
    }
}

/// Keys with some bytes changed, cut, doubled, and noise: always a sentence or a key that works.
void TestJoseKeys::garbageNeverCrashes()
{
    QRandomGenerator random(4711);
    const QList<QByteArray> seeds{contentOf(u"ec-sec1.pem"_s), contentOf(u"ec-pkcs8.pem"_s),
        contentOf(u"rsa-pkcs8.pem"_s), contentOf(u"public.pem"_s), contentOf(u"encrypted-pkcs8.pem"_s),
        jwkText(Key::generate(Key::Type::P256).privateJwk()), jwkText(Key::generate(Key::Type::Rsa).privateJwk())};
    int read = 0;
    for (int i = 0; i < 4'000; ++i) {
        QByteArray text = seeds[random.bounded(seeds.size())];
        const int changes = random.bounded(1, 5);
        for (int change = 0; change < changes; ++change) {
            const auto at = random.bounded(text.size());
            switch (random.bounded(5)) {
            case 0:
                text[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                text.remove(at, random.bounded(40));
                break;
            case 2:
                text.insert(at, text.mid(random.bounded(text.size()), random.bounded(60)));
                break;
            case 3:
                text[at] = "ABCxyz019-_+/=\"{}[]:,\n"[random.bounded(22)];
                break;
            default:
                text.truncate(std::max<qsizetype>(1, at));
            }
            if (text.isEmpty()) {
                text = "x";
            }
        }
        for (const auto &key : {Key::readPrivate(text), Key::readPublic(text)}) {
            if (key) {
                ++read;
                QVERIFY(!key->thumbprint().isEmpty());
                QVERIFY(!key->isPrivate() || key->verify("text", key->sign("text")));
            } else {
                QVERIFY(!key.error().sentence.isEmpty());
                QVERIFY(text.size() < 80 || !key.error().sentence.contains(QString::fromLatin1(text.mid(50, 20))));
            }
        }
    }
    QVERIFY(read > 0);
}

QTEST_GUILESS_MAIN(TestJoseKeys)
#include "tst_jose_keys.moc"
