// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/Base64Url.h"
#include "jose/Jws.h"

#include <QJsonDocument>
#include <QTest>
#include <QUuid>

using namespace octotrail::jose;
using namespace Qt::StringLiterals;

namespace {

// RFC 7515, appendix A.2
const QByteArray rfcRsaKey
    = R"({"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB","d":"Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"})";
const QByteArray rfcPayload
    = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
const QByteArray rfcRsaSignature
    = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
      "O8W2Fp5jujGbds9uJdbF9CUAr7t1"
      "dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--"
      "xi12jzD"
      "wusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
      "IoypGlUPQGe7"
      "7Rw";
// RFC 7515, appendix A.3
const QByteArray rfcEcKey
    = R"({"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"})";
const QByteArray rfcEcSignature
    = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

} // namespace

/// The examples of the RFCs, and what must not pass for them.
class TestJose : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void base64Url();
    void rfc7515RsaSignature();
    void rfc7515EcSignature();
    void rfc7638Thumbprint();
    void rfc9449Proof();
    void signedAndVerified_data();
    void signedAndVerified();
    void otherAlgorithmIsRefused();
    void changedSignatureIsRefused();
    void garbageIsNoJws();
    void randomTextsDiffer();
};

void TestJose::base64Url()
{
    // RFC 7515, appendix C
    const QByteArray bytes = QByteArray::fromHex("03ecffe0c1");
    QCOMPARE(toBase64Url(bytes), QByteArray("A-z_4ME"));
    QCOMPARE(fromBase64Url("A-z_4ME").value_or(QByteArray()), bytes);
    for (const char *bad : {"A-z_4ME=", "A+z/4ME", "A-z_ 4ME", "A", "A-z_4\nME"}) {
        QVERIFY2(!fromBase64Url(bad), bad);
    }
    QCOMPARE(fromBase64Url("").value_or("x"), QByteArray());
}

void TestJose::rfc7515RsaSignature()
{
    const auto key = Key::readPrivate(rfcRsaKey);
    QVERIFY2(key, key ? "" : qPrintable(key.error().sentence));
    QCOMPARE(key->algorithm(), u"RS256"_s);
    const QByteArray input = "eyJhbGciOiJSUzI1NiJ9." + rfcPayload;
    QCOMPARE(toBase64Url(key->sign(input)), rfcRsaSignature); // RS256 has one signature for a text
    const auto jws = Jws::parse(input + '.' + rfcRsaSignature);
    QVERIFY(jws && jws->isVerifiedBy(*key));
    QCOMPARE(jws->claims[u"iss"_s].toString(), u"joe"_s);
}

void TestJose::rfc7515EcSignature()
{
    const auto key = Key::readPrivate(rfcEcKey);
    QVERIFY2(key, key ? "" : qPrintable(key.error().sentence));
    QCOMPARE(key->algorithm(), u"ES256"_s);
    const QByteArray input = "eyJhbGciOiJFUzI1NiJ9." + rfcPayload;
    const auto jws = Jws::parse(input + '.' + rfcEcSignature);
    QVERIFY(jws && jws->isVerifiedBy(*key));
    const QByteArray ours = key->sign(input);
    QCOMPARE(ours.size(), 64);
    QVERIFY(key->verify(input, ours));
    QCOMPARE(QJsonDocument(key->privateJwk()).object(), QJsonDocument::fromJson(rfcEcKey).object());
}

void TestJose::rfc7638Thumbprint()
{
    // Section 3.1
    const auto key = Key::readPublic(
        R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"})");
    QVERIFY2(key, key ? "" : qPrintable(key.error().sentence));
    QCOMPARE(key->thumbprint(), QByteArray("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    QCOMPARE(key->keyId(), u"2011-04-29"_s);
    QVERIFY(!key->isPrivate());
    QVERIFY(key->sign("text").isEmpty());
}

void TestJose::rfc9449Proof()
{
    // Section 4.1 and 6.1
    const auto proof = Jws::parse(
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscE"
        "Jo"
        "RjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19."
        "eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaW"
        "F0"
        "IjoxNTYyMjYyNjE2fQ."
        "2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg");
    QVERIFY(proof);
    const auto key = Key::readPublic(QJsonDocument(proof->header[u"jwk"_s].toObject()).toJson());
    QVERIFY2(key, key ? "" : qPrintable(key.error().sentence));
    QVERIFY(proof->isVerifiedBy(*key));
    QCOMPARE(key->thumbprint(), QByteArray("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
    QCOMPARE(proof->claims[u"htu"_s].toString(), u"https://server.example.com/token"_s);
}

void TestJose::signedAndVerified_data()
{
    QTest::addColumn<int>("type");
    QTest::newRow("RS256") << int(Key::Type::Rsa);
    QTest::newRow("ES256") << int(Key::Type::P256);
}

void TestJose::signedAndVerified()
{
    QFETCH(int, type);
    const Key key = Key::generate(Key::Type(type));
    const Key other = Key::generate(Key::Type(type));
    // ES256's r and s are sometimes shorter than their room: some tries come by such.
    for (int i = 0; i < 300; ++i) {
        const QByteArray compact = sign({{u"kid"_s, u"k1"_s}}, {{u"number"_s, i}}, key);
        const auto jws = Jws::parse(compact);
        QVERIFY(jws);
        QVERIFY(jws->isVerifiedBy(key));
        QVERIFY(!jws->isVerifiedBy(other));
        QCOMPARE(jws->header[u"kid"_s].toString(), u"k1"_s);
        QCOMPARE(jws->claims[u"number"_s].toInt(), i);
        if (key.type() == Key::Type::Rsa && i == 20) {
            break; // slower, and all of one length
        }
    }
    for (const QByteArray &text : {key.privatePem(), QJsonDocument(key.privateJwk()).toJson(QJsonDocument::Compact)}) {
        const auto again = Key::readPrivate(text);
        QVERIFY2(again, again ? "" : qPrintable(again.error().sentence));
        QCOMPARE(again->thumbprint(), key.thumbprint());
        QVERIFY(key.verify("text", again->sign("text")));
    }
    for (const QByteArray &text : {key.publicPem(), QJsonDocument(key.publicJwk()).toJson(), key.privatePem()}) {
        const auto half = Key::readPublic(text);
        QVERIFY2(half, half ? "" : qPrintable(half.error().sentence));
        QCOMPARE(half->thumbprint(), key.thumbprint());
    }
}

void TestJose::otherAlgorithmIsRefused()
{
    const Key key = Key::generate(Key::Type::P256);
    const QByteArray compact = sign({}, {{u"sub"_s, u"me"_s}}, key);
    auto jws = Jws::parse(compact);
    QVERIFY(jws && jws->isVerifiedBy(key));
    for (const QString &name : {u"none"_s, u"HS256"_s, u"RS256"_s, u"es256"_s, QString()}) {
        jws->header[u"alg"_s] = name;
        QVERIFY2(!jws->isVerifiedBy(key), qPrintable(name));
    }
}

void TestJose::changedSignatureIsRefused()
{
    for (const Key::Type type : {Key::Type::Rsa, Key::Type::P256}) {
        const Key key = Key::generate(type);
        const QByteArray signature = key.sign("text");
        for (qsizetype i = 0; i < signature.size(); i += 7) {
            QByteArray changed = signature;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            QVERIFY(!key.verify("text", changed));
        }
        QVERIFY(!key.verify("text", {}));
        QVERIFY(!key.verify("text", signature + 'x'));
        QVERIFY(!key.verify("text", QByteArray(signature.size(), '\0')));
        QVERIFY(!key.verify("texts", signature));
    }
}

void TestJose::garbageIsNoJws()
{
    for (const char *text : {"", ".", "..", "a.b", "e30.e30", "e30.e30.!", "e30.e30.a.b", "bm8.e30.YQ", "e30.bm8.YQ"}) {
        QVERIFY2(!Jws::parse(text), text);
    }
    QVERIFY(Jws::parse("e30.e30."));
}

void TestJose::randomTextsDiffer()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1'000; ++i) {
        seen.insert(randomText());
    }
    QCOMPARE(seen.size(), 1'000);
    QCOMPARE(randomText().size(), 22);
}

QTEST_GUILESS_MAIN(TestJose)
#include "tst_jose.moc"
