// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceWorld.h"
#include "WizardDriver.h"
#include "ui/sources/CheckRow.h"
#include "ui/sources/Note.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using Kind = FieldMessage::Kind;
using Outcome = SetupStep::Outcome;

namespace {

CheckRow *row(const WizardDriver &driver, okta::CheckStep::Id id)
{
    return driver.find<CheckRow>(qPrintable(u"check%1"_s.arg(int(id))));
}

} // namespace

/// The source-setup form from its first field to a source that collects, against simulated organizations. There is no
/// keychain here.
class TestSourceWizard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newSourceCollects();
    void keyboardAlone();
    void wrongTokenIsMended();
    void unknownHost();
    void classicOrganizationWithDevices();
    void withoutKeychainTheUserChooses();
    void editKeepsToken();
    void editedOrganizationNeedsItsOwnToken();
    void lostTokenIsAskedForAgain();
    void mendOpensAtTheField();
    void escapeLeavesNothing();
    void goingBackKeepsWhatWasTyped();
    void checksCanBeLeftWhileTheyRun();
};

void TestSourceWizard::newSourceCollects()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QSignalSpy saved(&wizard, &SourceWizard::saved);
    QVERIFY(driver.open());

    driver.type("name", u"Acme production"_s);
    driver.paste("subdomain", organization->origin().toString() + u"/api/v1/logs"_s);
    QCOMPARE(driver.edit("origin")->text(), organization->origin().toString());
    QTRY_COMPARE_WITH_TIMEOUT(driver.messageKind("organizationMessage"), Kind::Good, 10000);
    QVERIFY(driver.message("organizationMessage").contains(u"Identity Engine"_s));
    driver.paste("token", u"  "_s + organization->token() + u"\n"_s);
    QCOMPARE(driver.edit("token")->text(), organization->token());
    driver.next();

    QCOMPARE(driver.heading(), u"Choose what to collect"_s);
    QVERIFY(driver.find<QCheckBox>("Okta.SystemLog")->isChecked());
    QCOMPARE(driver.find<QSpinBox>("interval")->value(), 60);
    driver.find<QSpinBox>("interval")->setValue(10);
    driver.next();

    driver.click("usersBox");
    driver.click("devicesBox");
    driver.find<QSpinBox>("usersPeriod")->setValue(90);
    driver.next();

    QTRY_COMPARE_WITH_TIMEOUT(driver.outcome(), Outcome::Passed, 20000);
    for (const auto id : {okta::CheckStep::Id::Organization, okta::CheckStep::Id::SystemLog, okta::CheckStep::Id::Users,
             okta::CheckStep::Id::Devices}) {
        QCOMPARE(row(driver, id)->state(), okta::CheckStep::State::Passed);
    }
    driver.click("sessionOnly");
    QCOMPARE(driver.nextText(), u"Add source"_s);
    driver.next();

    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    QCOMPARE(saved.size(), 1);
    QVERIFY(driver.find<QCheckBox>("alertOnSilence")->isChecked());
    QCOMPARE(driver.find<QSpinBox>("silenceHours")->value(), 24);
    QVERIFY(driver.find("noPacks")->isVisible());
    driver.find<QSpinBox>("silenceHours")->setValue(12);
    driver.next();
    QTRY_VERIFY_WITH_TIMEOUT(!wizard.isVisible(), 20000);
    QCOMPARE(wizard.result(), int(QDialog::Accepted));

    const auto sources = world.storedSources();
    QCOMPARE(sources.size(), std::size_t(1));
    QCOMPARE(sources.front().name, u"Acme production"_s);
    QCOMPARE(sources.front().origin, organization->origin());
    QCOMPARE(sources.front().silenceAfter, std::chrono::minutes(12 * 60));
    QCOMPARE(sources.front().pollInterval, std::chrono::seconds(10));
    QCOMPARE(sources.front().usersPeriod, std::chrono::minutes(90));
    QVERIFY(sources.front().users && sources.front().devices && sources.front().identityEngine);
    const auto served = std::int64_t(organization->log().size());
    QVERIFY(served > 0);
    QTRY_COMPARE_WITH_TIMEOUT(world.storedEvents(), served, 30000);
    QCOMPARE(world.keptToken(sources.front()), organization->token().toUtf8());
}

void TestSourceWizard::keyboardAlone()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());

    QCOMPARE(wizard.focusWidget()->objectName(), u"name"_s);
    QTest::keyClicks(wizard.focusWidget(), u"By keyboard"_s);
    driver.press(Qt::Key_Tab);
    QCOMPARE(wizard.focusWidget()->objectName(), u"subdomain"_s);
    driver.press(Qt::Key_Tab);
    QCOMPARE(wizard.focusWidget()->objectName(), u"domain"_s);
    driver.press(Qt::Key_End); // Custom domain…
    driver.press(Qt::Key_Backtab);
    QCOMPARE(wizard.focusWidget()->objectName(), u"origin"_s);
    QTest::keyClicks(wizard.focusWidget(), organization->origin().toString());
    driver.press(Qt::Key_Tab);
    driver.press(Qt::Key_Tab);
    QCOMPARE(wizard.focusWidget()->objectName(), u"tokenChoice"_s);
    driver.press(Qt::Key_Tab);
    QCOMPARE(wizard.focusWidget()->objectName(), u"token"_s);
    QTest::keyClicks(wizard.focusWidget(), organization->token());
    driver.press(Qt::Key_Tab);
    QCOMPARE(wizard.focusWidget()->objectName(), u"reveal"_s);
    driver.press(Qt::Key_Space);
    QCOMPARE(driver.edit("token")->echoMode(), QLineEdit::Normal);
    driver.press(Qt::Key_Tab);
    QCOMPARE(wizard.focusWidget()->objectName(), u"advanced"_s);
    driver.press(Qt::Key_Tab);
    QVERIFY(driver.find("cancel")->hasFocus() || driver.find("next")->hasFocus());
    driver.edit("token")->setFocus();
    driver.press(Qt::Key_Return);

    QCOMPARE(driver.heading(), u"Choose what to collect"_s);
    QCOMPARE(driver.edit("token")->echoMode(), QLineEdit::Password);
    QCOMPARE(wizard.focusWidget()->objectName(), u"Okta.SystemLog"_s);
    driver.press(Qt::Key_Return);
    QCOMPARE(wizard.focusWidget()->objectName(), u"usersBox"_s);
    driver.press(Qt::Key_Space);
    driver.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(driver.outcome(), Outcome::Passed, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(wizard.focusWidget()->objectName(), u"sessionOnly"_s, 30'000);
    driver.press(Qt::Key_Space);
    driver.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    driver.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!wizard.isVisible(), 20000);
    QCOMPARE(world.storedSources().size(), std::size_t(1));
    QVERIFY(world.storedSources().front().users);
}

void TestSourceWizard::wrongTokenIsMended()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.fillConnection(u"Acme"_s, organization->origin().toString(), u"00notTheTokenOfThisOrganization"_s);
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Failed);
    CheckRow *log = row(driver, okta::CheckStep::Id::SystemLog);
    QCOMPARE(log->state(), okta::CheckStep::State::Failed);
    QVERIFY(log->sentence().contains(u"token"_s));
    QVERIFY(!driver.find<QPushButton>("next")->isEnabled());
    QVERIFY(driver.find("retry")->isVisible());

    auto *mend = log->findChild<QPushButton *>();
    QVERIFY(mend->isVisible());
    QTest::mouseClick(mend, Qt::LeftButton);
    QCOMPARE(driver.heading(), u"Connect an Okta organization"_s);
    QCOMPARE(wizard.focusWidget()->objectName(), u"token"_s);
    QCOMPARE(driver.messageKind("tokenMessage"), Kind::Error);
    QCOMPARE(driver.message("tokenMessage"), log->sentence());

    driver.paste("token", organization->token());
    QVERIFY(driver.messageKind("tokenMessage") != Kind::Error);
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Passed);
    QVERIFY(world.storedSources().empty());
}

void TestSourceWizard::unknownHost()
{
    SourceWorld world;
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.fillConnection(u"Nobody"_s, u"https://login.nobody.invalid/"_s, u"00aToken"_s);
    QCOMPARE(driver.edit("origin")->text(), u"https://login.nobody.invalid"_s);
    // Told where it was typed, but no reason to stay: the network may be back in a moment.
    QTRY_COMPARE_WITH_TIMEOUT(driver.messageKind("organizationMessage"), Kind::Warning, 20000);
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Failed);
    CheckRow *found = row(driver, okta::CheckStep::Id::Organization);
    QCOMPARE(found->state(), okta::CheckStep::State::Failed);
    QVERIFY(found->sentence().contains(u"login.nobody.invalid"_s));
    QTest::mouseClick(found->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(wizard.focusWidget()->objectName(), u"origin"_s);
}

void TestSourceWizard::classicOrganizationWithDevices()
{
    SourceWorld world;
    auto options = SourceWorld::smallOrganization();
    options.classic = true;
    const auto organization = SourceWorld::organization(options);
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.fillConnection(u"Classic"_s, organization->origin().toString(), organization->token());
    QTRY_COMPARE_WITH_TIMEOUT(driver.messageKind("organizationMessage"), Kind::Good, 10000);
    driver.next();
    driver.next();
    QCOMPARE(driver.messageKind("devicesMessage"), Kind::Warning);
    QVERIFY(driver.message("devicesMessage").contains(u"Classic"_s));
    driver.click("devicesBox");
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.outcome(), Outcome::Warned, 20000);
    CheckRow *devices = row(driver, okta::CheckStep::Id::Devices);
    QCOMPARE(devices->state(), okta::CheckStep::State::Warning);
    QCOMPARE(driver.nextText(), u"Add anyway"_s);

    QTest::mouseClick(devices->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(wizard.focusWidget()->objectName(), u"devicesBox"_s);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.outcome(), Outcome::Warned, 20000);
    driver.click("sessionOnly");
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"The source is set up"_s, 20000);
    QVERIFY(!world.storedSources().front().identityEngine);
}

void TestSourceWizard::withoutKeychainTheUserChooses()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    QTRY_VERIFY_WITH_TIMEOUT(driver.message("tokenMessage").contains(u"no keychain"_s), 10000);
    driver.fillConnection(u"Acme"_s, organization->origin().toString(), organization->token());
    QVERIFY(driver.runChecks());
    auto *note = driver.find<Note>("session");
    QVERIFY(note->isVisible());
    QVERIFY(note->text().contains(u"never writes the token to disk"_s));

    driver.next();
    QCOMPARE(driver.heading(), u"Test the connection"_s);
    QCOMPARE(note->tone(), Tone::Bad);
    QVERIFY(driver.find("sessionOnly")->hasFocus());
    QVERIFY(world.supervisor().sources().isEmpty());

    driver.click("sessionOnly");
    QVERIFY(note->tone() != Tone::Bad);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    QCOMPARE(world.keptToken(world.storedSources().front()), organization->token().toUtf8());
    QFile file(world.storeFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(organization->token().toUtf8()));
}

void TestSourceWizard::editKeepsToken()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    const QByteArray token = organization->token().toUtf8();
    const store::SourceConfig before = world.addSource(*organization, u"Acme"_s, token, [](store::SourceConfig &s) {
        s.filter = u"eventType sw \"user.\""_s;
        s.start = store::SourceConfig::Start::Days30;
        s.users = true;
        s.usersPeriod = std::chrono::minutes(30);
        s.pollInterval = std::chrono::seconds(20);
    });
    SourceWizard wizard(world.supervisor(), world.vault(), before);
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    QCOMPARE(driver.edit("name")->text(), u"Acme"_s);
    QCOMPARE(driver.edit("origin")->text(), organization->origin().toString());
    QVERIFY(driver.edit("token")->text().isEmpty());
    QVERIFY(driver.edit("token")->placeholderText().contains(u"leave empty to keep it"_s));
    driver.type("name", u"Acme, renamed"_s);
    driver.next();
    QCOMPARE(driver.edit("filter")->text(), before.filter);
    QCOMPARE(driver.find<QSpinBox>("interval")->value(), 20);
    QCOMPARE(driver.find<QComboBox>("start")->currentText(), u"30 days ago"_s);
    driver.next();
    QVERIFY(driver.find<QCheckBox>("usersBox")->isChecked());
    QCOMPARE(driver.find<QSpinBox>("usersPeriod")->value(), 30);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.outcome(), Outcome::Passed, 20000);
    QVERIFY(!driver.find("session")->isVisible());
    QCOMPARE(driver.nextText(), u"Save changes"_s);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    driver.press(Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!wizard.isVisible(), 30'000);
    QCOMPARE(wizard.result(), int(QDialog::Accepted));

    const auto after = world.storedSources();
    QCOMPARE(after.size(), std::size_t(1));
    store::SourceConfig expected = before;
    expected.name = u"Acme, renamed"_s;
    QCOMPARE(after.front(), expected);
    QCOMPARE(world.keptToken(before), token);
}

void TestSourceWizard::editedOrganizationNeedsItsOwnToken()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    auto options = SourceWorld::smallOrganization();
    options.seed = 2;
    const auto other = SourceWorld::organization(options);
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    SourceWizard wizard(world.supervisor(), world.vault(), source);
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.type("origin", other->origin().toString());
    driver.next();
    QCOMPARE(driver.heading(), u"Change the connection"_s);
    QCOMPARE(driver.messageKind("tokenMessage"), Kind::Error);
    QVERIFY(driver.message("tokenMessage").contains(organization->origin().authority()));
    QCOMPARE(wizard.focusWidget()->objectName(), u"token"_s);
    // The kept token has gone nowhere but to its own organization.
    QCOMPARE(other->requestCount(u"/api/v1/logs"_s), 0);

    driver.paste("token", other->token());
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Passed);
}

void TestSourceWizard::lostTokenIsAskedForAgain()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    world.restart();
    SourceWizard wizard(world.supervisor(), world.vault(), source);
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    QTRY_VERIFY_WITH_TIMEOUT(driver.messageKind("tokenMessage") == Kind::Warning, 20000);
    driver.next();
    QCOMPARE(driver.heading(), u"Change the connection"_s);
    QCOMPARE(driver.messageKind("tokenMessage"), Kind::Error);
    driver.paste("token", organization->token());
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Passed);
}

void TestSourceWizard::mendOpensAtTheField()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    SourceWizard wizard(world.supervisor(), world.vault(), source);
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    wizard.mend(SourceField::Filter, u"Okta does not understand the filter."_s);
    QCOMPARE(driver.heading(), u"Choose what to collect"_s);
    QCOMPARE(wizard.focusWidget()->objectName(), u"filter"_s);
    QCOMPARE(driver.message("filterMessage"), u"Okta does not understand the filter."_s);
    wizard.mend(SourceField::Devices, u"No devices here."_s);
    QCOMPARE(wizard.focusWidget()->objectName(), u"devicesBox"_s);
    QCOMPARE(driver.message("devicesMessage"), u"No devices here."_s);
}

void TestSourceWizard::escapeLeavesNothing()
{
    SourceWorld world;
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.type("name", u"Acme"_s);
    driver.press(Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!wizard.isVisible(), 30'000);
    QCOMPARE(wizard.result(), int(QDialog::Rejected));
    QVERIFY(world.storedSources().empty());
}

void TestSourceWizard::goingBackKeepsWhatWasTyped()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.fillConnection(u"Acme"_s, organization->origin().toString(), organization->token());
    driver.next();
    driver.type("filter", u"eventType eq \"user.session.start\""_s);
    driver.click("back");
    QCOMPARE(driver.edit("token")->text(), organization->token());
    QCOMPARE(driver.edit("name")->text(), u"Acme"_s);
    driver.click("step2");
    QCOMPARE(driver.heading(), u"Choose what to collect"_s);
    QCOMPARE(driver.edit("filter")->text(), u"eventType eq \"user.session.start\""_s);
    QVERIFY(!driver.find("step3")->isEnabled());

    // What has been reached can be gone to, but not past something that is wrong.
    driver.next();
    driver.click("step2");
    driver.type("filter", u"eventType eq"_s);
    driver.click("step3");
    QCOMPARE(driver.heading(), u"Choose what to collect"_s);
    QCOMPARE(driver.messageKind("filterMessage"), Kind::Error);
    driver.click("step1");
    QCOMPARE(driver.heading(), u"Connect an Okta organization"_s);
    driver.click("step3");
    QCOMPARE(driver.heading(), u"Choose what to collect"_s);
    QCOMPARE(driver.messageKind("filterMessage"), Kind::Error);
}

void TestSourceWizard::checksCanBeLeftWhileTheyRun()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.fillConnection(u"Acme"_s, organization->origin().toString(), organization->token());
    driver.next();
    driver.next();
    driver.next();
    QCOMPARE(driver.outcome(), Outcome::Running);
    driver.click("back");
    QCOMPARE(driver.outcome(), Outcome::None);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.outcome(), Outcome::Passed, 20000);
    driver.press(Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!wizard.isVisible(), 30'000);
}

QTEST_MAIN(TestSourceWizard)
#include "tst_source_wizard.moc"
