// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceWorld.h"
#include "WizardDriver.h"
#include "tests/secrets/FakeWallet.h"

#include <QFile>
#include <QPushButton>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// The source-setup form where there is a keychain: the token goes there, and nowhere else.
class TestSourceWizardKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tokenGoesToTheKeychain();
    void refusingKeychainOffersTheSession();

private:
    FakeWallet m_wallet;
    PrivateBus m_bus;
};

void TestSourceWizardKeychain::initTestCase()
{
    const QString why = m_bus.start(&m_wallet);
    if (!why.isEmpty()) {
        QSKIP(qPrintable(u"No private D-Bus could be started: "_s + why));
    }
}

void TestSourceWizardKeychain::tokenGoesToTheKeychain()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    QTRY_VERIFY_WITH_TIMEOUT(driver.message("tokenMessage").contains(u"system's keychain"_s), 10000);
    driver.fillConnection(u"Acme"_s, organization->origin().toString(), organization->token());
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), SetupStep::Outcome::Passed);
    QVERIFY(!driver.find("session")->isVisible());
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    QVERIFY(m_wallet.entries().values().contains(organization->token().toUtf8()));

    // It outlives the session, and is not in the store.
    world.restart();
    QCOMPARE(world.keptToken(world.storedSources().front()), organization->token().toUtf8());
    QFile file(world.storeFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(organization->token().toUtf8()));
}

void TestSourceWizardKeychain::refusingKeychainOffersTheSession()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    QTRY_VERIFY_WITH_TIMEOUT(driver.message("tokenMessage").contains(u"system's keychain"_s), 10000);
    driver.fillConnection(u"Acme"_s, organization->origin().toString(), organization->token());
    QVERIFY(driver.runChecks());
    m_wallet.setRefusing(true);
    driver.next();
    QTRY_VERIFY_WITH_TIMEOUT(driver.find("problem")->isVisible(), 20000);
    QVERIFY(driver.find("session")->isVisible());
    QVERIFY(world.storedSources().empty());

    driver.click("sessionOnly");
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    m_wallet.setRefusing(false);
    QCOMPARE(world.storedSources().size(), std::size_t(1));
    QCOMPARE(world.keptToken(world.storedSources().front()), organization->token().toUtf8());
}

QTEST_MAIN(TestSourceWizardKeychain)
#include "tst_source_wizard_keychain.moc"
