// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWallet.h"
#include "secrets/Vault.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::secrets;
using namespace Qt::StringLiterals;

namespace {

const QByteArray token = "00aTokenNobodyElseMaySee";

template <class T>
bool finishes(const QFuture<T> &future)
{
    return QTest::qWaitFor([&future] { return future.isFinished(); }, 10000);
}

} // namespace

/// The vault over QtKeychain, with a wallet that answers.
class TestVault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keychainIsFound();
    void keptAndRead();
    void keptBytesAreExact();
    void unknownKeyIsNotFound();
    void forgotten();
    void sessionReplacesKeychain();
    void keychainReplacesSession();
    void refusedAccessKeepsNothing();

private:
    tests::FakeWallet m_wallet;
    tests::PrivateBus m_bus;
};

void TestVault::initTestCase()
{
    const QString why = m_bus.start(&m_wallet);
    if (!why.isEmpty()) {
        QSKIP(qPrintable(u"No private D-Bus could be started: "_s + why));
    }
}

void TestVault::keychainIsFound()
{
    Vault vault;
    auto available = vault.isKeychainAvailable();
    auto again = vault.isKeychainAvailable();
    QVERIFY(finishes(available));
    QVERIFY(finishes(again));
    QVERIFY(available.result());
    QVERIFY(again.result());
    QVERIFY(vault.isKeychainAvailable().isFinished());
}

void TestVault::keptAndRead()
{
    {
        Vault vault;
        auto kept = vault.keep(u"octotrail/1"_s, token, Vault::Place::Keychain);
        QVERIFY(finishes(kept));
        QVERIFY2(kept.result(), qPrintable(kept.result() ? QString() : kept.result().error().sentence));
    }
    QVERIFY(m_wallet.entries().values().contains(token));
    Vault next;
    auto read = next.read(u"octotrail/1"_s);
    QVERIFY(finishes(read));
    QVERIFY(read.result());
    QCOMPARE(*read.result(), token);
}

void TestVault::keptBytesAreExact()
{
    QByteArray key = "-----BEGIN PRIVATE KEY-----\r\n\x00\xff\xc3\n";
    key.append('\0');
    Vault vault;
    auto kept = vault.keep(u"octotrail/key"_s, key, Vault::Place::Keychain);
    QVERIFY(finishes(kept));
    auto read = vault.read(u"octotrail/key"_s);
    QVERIFY(finishes(read));
    QVERIFY(read.result());
    QCOMPARE(*read.result(), key);
}

void TestVault::unknownKeyIsNotFound()
{
    Vault vault;
    auto read = vault.read(u"octotrail/unknown"_s);
    QVERIFY(finishes(read));
    QVERIFY(!read.result());
    QCOMPARE(read.result().error().kind, event::ErrorKind::NotFound);
}

void TestVault::forgotten()
{
    Vault vault;
    auto kept = vault.keep(u"octotrail/2"_s, token, Vault::Place::Keychain);
    QVERIFY(finishes(kept));
    auto forgotten = vault.forget(u"octotrail/2"_s);
    QVERIFY(finishes(forgotten));
    QVERIFY(forgotten.result());
    auto read = vault.read(u"octotrail/2"_s);
    QVERIFY(finishes(read));
    QVERIFY(!read.result());
    QCOMPARE(read.result().error().kind, event::ErrorKind::NotFound);
    auto again = vault.forget(u"octotrail/2"_s);
    QVERIFY(finishes(again));
}

void TestVault::sessionReplacesKeychain()
{
    Vault vault;
    auto kept = vault.keep(u"octotrail/3"_s, token, Vault::Place::Keychain);
    QVERIFY(finishes(kept));
    const auto before = m_wallet.entries().size();
    auto changed = vault.keep(u"octotrail/3"_s, "00forThisSession", Vault::Place::Session);
    QVERIFY(finishes(changed));
    auto read = vault.read(u"octotrail/3"_s);
    QVERIFY(finishes(read));
    QCOMPARE(*read.result(), "00forThisSession");
    // The older one must not come back when the session has ended.
    QTRY_COMPARE(m_wallet.entries().size(), before - 1);
    QVERIFY(!m_wallet.entries().values().contains("00forThisSession"));
}

void TestVault::keychainReplacesSession()
{
    Vault vault;
    auto kept = vault.keep(u"octotrail/4"_s, "00forThisSession", Vault::Place::Session);
    QVERIFY(finishes(kept));
    auto changed = vault.keep(u"octotrail/4"_s, token, Vault::Place::Keychain);
    QVERIFY(finishes(changed));
    auto read = vault.read(u"octotrail/4"_s);
    QVERIFY(finishes(read));
    QCOMPARE(*read.result(), token);
}

void TestVault::refusedAccessKeepsNothing()
{
    m_wallet.setRefusing(true);
    Vault vault;
    auto available = vault.isKeychainAvailable();
    QVERIFY(finishes(available));
    QVERIFY(!available.result());
    auto kept = vault.keep(u"octotrail/5"_s, token, Vault::Place::Keychain);
    QVERIFY(finishes(kept));
    QVERIFY(!kept.result());
    QVERIFY(!kept.result().error().sentence.isEmpty());
    QVERIFY(!kept.result().error().sentence.contains(QString::fromLatin1(token)));
    m_wallet.setRefusing(false);
    auto read = vault.read(u"octotrail/5"_s);
    QVERIFY(finishes(read));
    QVERIFY(!read.result());
}

QTEST_GUILESS_MAIN(TestVault)
#include "tst_vault.moc"
