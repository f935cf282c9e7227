// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/Vault.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace octotrail;
using namespace octotrail::secrets;
using namespace Qt::StringLiterals;

namespace {

const QByteArray token = "00aTokenNobodyElseMaySee";

/// Every file below the home that the test has for itself.
bool isOnDisk(const QByteArray &secret)
{
    QDirIterator files(QDir::homePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(secret)) {
            return true;
        }
    }
    return false;
}

} // namespace

/// The vault where there is no keychain: as on a server, or in a container.
class TestVaultWithoutKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus"); }
    void keychainIsNotFound();
    void keychainIsRefusedAndNothingFallsOnDisk();
    void sessionKeeps();
    void sessionEnds();
    void forgettingIsNoError();
    void deletedWhileTrying();
};

void TestVaultWithoutKeychain::keychainIsNotFound()
{
    Vault vault;
    auto available = vault.isKeychainAvailable();
    QTRY_VERIFY_WITH_TIMEOUT(available.isFinished(), 7000);
    QVERIFY(!available.result());
}

void TestVaultWithoutKeychain::keychainIsRefusedAndNothingFallsOnDisk()
{
    Vault vault;
    auto kept = vault.keep(u"octotrail/1"_s, token, Vault::Place::Keychain);
    QTRY_VERIFY_WITH_TIMEOUT(kept.isFinished(), 7000);
    QVERIFY(!kept.result());
    QVERIFY2(kept.result().error().sentence.contains(u"session"_s), qPrintable(kept.result().error().sentence));
    QVERIFY(!isOnDisk(token));
    auto read = vault.read(u"octotrail/1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(read.isFinished(), 7000);
    QVERIFY(!read.result());
}

void TestVaultWithoutKeychain::sessionKeeps()
{
    Vault vault;
    auto kept = vault.keep(u"octotrail/1"_s, token, Vault::Place::Session);
    QVERIFY(kept.isFinished());
    QVERIFY(kept.result());
    auto read = vault.read(u"octotrail/1"_s);
    QVERIFY(read.isFinished());
    QCOMPARE(*read.result(), token);
    QVERIFY(!isOnDisk(token));
}

void TestVaultWithoutKeychain::sessionEnds()
{
    {
        Vault vault;
        vault.keep(u"octotrail/1"_s, token, Vault::Place::Session);
    }
    Vault next;
    auto read = next.read(u"octotrail/1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(read.isFinished(), 7000);
    QVERIFY(!read.result());
    QCOMPARE(read.result().error().kind, event::ErrorKind::NotFound);
}

void TestVaultWithoutKeychain::forgettingIsNoError()
{
    Vault vault;
    vault.keep(u"octotrail/1"_s, token, Vault::Place::Session);
    auto forgotten = vault.forget(u"octotrail/1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(forgotten.isFinished(), 7000);
    QVERIFY(forgotten.result());
    auto read = vault.read(u"octotrail/1"_s);
    QTRY_VERIFY_WITH_TIMEOUT(read.isFinished(), 7000);
    QVERIFY(!read.result());
}

void TestVaultWithoutKeychain::deletedWhileTrying()
{
    QFuture<bool> available;
    {
        Vault vault;
        available = vault.isKeychainAvailable();
    }
    QTRY_VERIFY_WITH_TIMEOUT(available.isFinished(), 7000);
    QVERIFY(available.isCanceled());
}

QTEST_GUILESS_MAIN(TestVaultWithoutKeychain)
#include "tst_vault_without_keychain.moc"
