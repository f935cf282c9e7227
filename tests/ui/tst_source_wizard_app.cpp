// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pictures.h"
#include "SourceWorld.h"
#include "WizardDriver.h"

#include "ui/sources/KeyField.h"
#include "ui/style/Appearance.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QMimeData>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using Kind = FieldMessage::Kind;
using Outcome = SetupStep::Outcome;

namespace {

QByteArray jwkOf(const simulator::Simulator &organization)
{
    return QJsonDocument(organization.serviceApp().key.privateJwk()).toJson(QJsonDocument::Compact);
}

} // namespace

/// Setting up a source with a service app, and what is folded away in the form.
class TestSourceWizardApp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newSourceCollects();
    void keyIsDropped();
    void saysWhatIsWrongWithTheKey();
    void missingScopeLeadsBack();
    void fromTokenToApp();
    void advanced();
    void look_data();
    void look();
};

void TestSourceWizardApp::newSourceCollects()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.type("name", u"Acme"_s);
    driver.paste("subdomain", organization->origin().toString());
    driver.find<QAbstractButton>("appChoice")->click();
    QVERIFY(!driver.find("token")->isVisible());
    driver.type("clientId", organization->serviceApp().id);
    QGuiApplication::clipboard()->setText(QString::fromLatin1(jwkOf(*organization)));
    driver.find<QAbstractButton>("pasteKey")->click();
    QVERIFY(!driver.find<KeyField>("key")->key().isEmpty());
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Passed);
    driver.click("sessionOnly");
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    driver.next();
    QTRY_VERIFY_WITH_TIMEOUT(!wizard.isVisible(), 20000);
    const auto sources = world.storedSources();
    QCOMPARE(sources.size(), std::size_t(1));
    QCOMPARE(int(sources.front().authentication), int(store::SourceConfig::Authentication::ServiceApp));
    QCOMPARE(sources.front().clientId, organization->serviceApp().id);
    QCOMPARE(world.keptToken(sources.front()), jwkOf(*organization));
    const auto served = std::int64_t(organization->log().size());
    QTRY_COMPARE_WITH_TIMEOUT(world.storedEvents(), served, 30000);

    // Editing keeps the key.
    SourceWizard edit(world.supervisor(), world.vault(), sources.front());
    WizardDriver editor(edit);
    QVERIFY(editor.open());
    QVERIFY(editor.find<QAbstractButton>("appChoice")->isEnabled());
    QCOMPARE(editor.edit("clientId")->text(), organization->serviceApp().id);
    QVERIFY(editor.runChecks());
    QCOMPARE(editor.outcome(), Outcome::Passed);
}

void TestSourceWizardApp::keyIsDropped()
{
    const QTemporaryDir folder;
    const QString name = folder.filePath(u"key.pem"_s);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(jose::Key::generate(jose::Key::Type::Rsa).privatePem());
    file.close();
    KeyField field;
    field.show();
    QSignalSpy changed(&field, &KeyField::changed);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(name)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&field, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&field, &drop);
    QVERIFY(changed.wait(30'000));
    QVERIFY(field.key().contains("BEGIN PRIVATE KEY"));
    QVERIFY(field.accessibleDescription().contains(u"RSA key"_s));
    QTest::keyClick(&field, Qt::Key_Delete);
    QVERIFY(field.key().isEmpty());
    field.takeFile(folder.filePath(u"missing.pem"_s));
    QVERIFY(changed.wait(30'000));
    QVERIFY(field.problem().contains(u"cannot be read"_s));
}

void TestSourceWizardApp::saysWhatIsWrongWithTheKey()
{
    SourceWorld world;
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.find<QAbstractButton>("appChoice")->click();
    driver.next();
    QCOMPARE(driver.messageKind("clientIdMessage"), Kind::Error);
    QCOMPARE(driver.messageKind("keyMessage"), Kind::Error);
    auto *field = driver.find<KeyField>("key");
    field->take(jose::Key::generate(jose::Key::Type::P256).publicPem());
    QCOMPARE(driver.messageKind("keyMessage"), Kind::Error);
    QVERIFY(driver.message("keyMessage").contains(u"public key"_s));
    field->take("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
    QVERIFY(driver.message("keyMessage").contains(u"encrypted"_s));
    field->take(jose::Key::generate(jose::Key::Type::P256).privatePem());
    QVERIFY(driver.messageKind("keyMessage") != Kind::Error);
    driver.type("clientId", u"two words"_s);
    driver.type("keyId", u"kid-1"_s);
    QCOMPARE(driver.messageKind("clientIdMessage"), Kind::Error);
}

void TestSourceWizardApp::missingScopeLeadsBack()
{
    SourceWorld world;
    auto options = SourceWorld::smallOrganization();
    options.clients = {{u"0oatests"_s, jose::Key::generate(jose::Key::Type::P256), {}, {u"okta.users.read"_s}}};
    const auto organization = SourceWorld::organization(options);
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.type("name", u"Acme"_s);
    driver.paste("subdomain", organization->origin().toString());
    driver.find<QAbstractButton>("appChoice")->click();
    driver.type("clientId", u"0oatests"_s);
    driver.find<KeyField>("key")->take(jwkOf(*organization));
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Failed);
    wizard.mend(SourceField::App, u"The service app lacks the scope okta.logs.read."_s);
    QCOMPARE(driver.message("keyMessage"), u"The service app lacks the scope okta.logs.read."_s);
    QCOMPARE(wizard.focusWidget()->objectName(), u"key"_s);
    QVERIFY(!driver.find<KeyField>("key")->key().isEmpty()); // what was entered is still there
}

void TestSourceWizardApp::fromTokenToApp()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    SourceWizard wizard(world.supervisor(), world.vault(), source);
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.find<QAbstractButton>("appChoice")->click();
    driver.type("clientId", organization->serviceApp().id);
    driver.next(); // the token that is kept is no key
    QCOMPARE(driver.messageKind("keyMessage"), Kind::Error);
    driver.find<KeyField>("key")->take(jwkOf(*organization));
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Passed);
}

void TestSourceWizardApp::advanced()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    SourceWizard wizard(world.supervisor(), world.vault(), source);
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    QVERIFY(!driver.find("proxy")->isVisible());
    driver.find<QToolButton>("advanced")->click();
    QTRY_VERIFY_WITH_TIMEOUT(driver.find("proxy")->isVisible(), 30'000);
    QVERIFY(!driver.find("proxyAddress")->isEnabled());
    auto *choice = driver.find<QComboBox>("proxy");
    choice->setCurrentIndex(2);
    QVERIFY(driver.find("proxyAddress")->isEnabled());
    driver.next();
    QCOMPARE(driver.messageKind("proxyMessage"), Kind::Error);
    driver.edit("proxyAddress")->setText(u"http://ada:secret@proxy.example.com:8080"_s);
    QVERIFY(driver.message("proxyMessage").contains(u"password"_s));
    choice->setCurrentIndex(1);
    driver.find<QSpinBox>("rateShare")->setValue(25);
    driver.find<QSpinBox>("reconcilePeriod")->setValue(0);
    driver.find<QCheckBox>("reconcileDaily")->setChecked(false);
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), Outcome::Passed);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    const auto stored = world.storedSources().front();
    QCOMPARE(stored.proxy, u"none"_s);
    QCOMPARE(stored.rateShare, 0.25);
    QCOMPARE(stored.reconcilePeriod, std::chrono::minutes(0));
    QVERIFY(!stored.reconcileDaily);
    // A form that is opened again shows that something is unusual.
    SourceWizard again(world.supervisor(), world.vault(), stored);
    WizardDriver second(again);
    QVERIFY(second.open());
    QVERIFY(second.find<QToolButton>("advanced")->isChecked());
    QCOMPARE(second.find<QSpinBox>("rateShare")->value(), 25);
}

void TestSourceWizardApp::look_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestSourceWizardApp::look()
{
    QFETCH(bool, dark);
    Appearance appearance(*qApp);
    appearance.setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    driver.type("name", u"Acme production"_s);
    driver.paste("subdomain", organization->origin().toString());
    QTRY_COMPARE_WITH_TIMEOUT(driver.messageKind("organizationMessage"), Kind::Good, 10000);
    QVERIFY(keepPicture(wizard, u"form-access-token"_s));
    driver.find<QAbstractButton>("appChoice")->click();
    driver.type("clientId", organization->serviceApp().id);
    QTRY_COMPARE_WITH_TIMEOUT(cutTexts(wizard), QStringList(), 30'000);
    QVERIFY(keepPicture(wizard, u"form-access-app-empty"_s));
    driver.find<KeyField>("key")->take(jwkOf(*organization));
    wizard.resize(wizard.width(), 1100);
    driver.find<QToolButton>("advanced")->click();
    driver.find<QComboBox>("proxy")->setCurrentIndex(2);
    QTRY_COMPARE_WITH_TIMEOUT(cutTexts(wizard), QStringList(), 30'000);
    QVERIFY(keepPicture(wizard, u"form-access-app-filled"_s));
}

QTEST_MAIN(TestSourceWizardApp)
#include "tst_source_wizard_app.moc"
