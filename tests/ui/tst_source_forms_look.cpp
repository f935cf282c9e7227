// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pictures.h"
#include "SourceWorld.h"
#include "WizardDriver.h"
#include "ui/sources/Note.h"
#include "ui/sources/SourcesPage.h"
#include "ui/sources/ToneLabel.h"
#include "ui/sources/WelcomePage.h"
#include "ui/style/Appearance.h"
#include "ui/style/Metrics.h"

#include <QApplication>
#include <QCheckBox>
#include <QPushButton>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

/// Visible tone labels whose text stands out too little from what is under it.
QStringList faintTexts(const QWidget &window)
{
    QStringList faint;
    for (const ToneLabel *label : window.findChildren<ToneLabel *>()) {
        if (!label->isVisible() || !label->isEnabled() || label->text().isEmpty()) {
            continue;
        }
        QColor under = label->palette().color(QPalette::Window);
        for (const QWidget *parent = label->parentWidget(); parent; parent = parent->parentWidget()) {
            if (const auto *note = qobject_cast<const Note *>(parent)) {
                under = toneBackground(note->tone(), note->palette());
                break;
            }
        }
        const QColor text = label->palette().color(QPalette::Active, QPalette::WindowText);
        if (contrastRatio(text, under) < 4.5) {
            faint.append(label->text());
        }
    }
    return faint;
}

} // namespace

/// The forms as they are seen: whole texts, readable colours, one left edge, in light and dark, wide and narrow.
class TestSourceFormsLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wizard_data();
    void wizard();
    void failedChecks_data() { wizard_data(); }
    void failedChecks();
    void pages_data() { wizard_data(); }
    void pages();

private:
    void look(QWidget &window, const QString &name);

    std::unique_ptr<Appearance> m_appearance;
};

void TestSourceFormsLook::initTestCase()
{
    m_appearance = std::make_unique<Appearance>(*qApp);
}

void TestSourceFormsLook::wizard_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestSourceFormsLook::look(QWidget &window, const QString &name)
{
    const QSize usual = window.size();
    for (const QSize size : {usual, window.minimumSize().expandedTo({480, 384})}) {
        window.resize(size);
        QTest::qWait(0);
        QTRY_COMPARE_WITH_TIMEOUT(cutTexts(window), QStringList(), 30'000);
        QVERIFY(keepPicture(window, u"form-"_s + name + (size == usual ? QString() : u"-small"_s)));
    }
    window.resize(usual);
    QCOMPARE(faintTexts(window), QStringList());
}

void TestSourceFormsLook::wizard()
{
    QFETCH(const bool, dark);
    m_appearance->setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourceWizard wizard(world.supervisor(), world.vault());
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    look(wizard, u"1-connection"_s);
    driver.next();
    look(wizard, u"1-connection-errors"_s);

    // The fields stand at one left edge, on the grid.
    const int left = driver.find("name")->mapTo(&wizard, QPoint()).x();
    for (const char *name : {"subdomain", "token", "nameMessage", "heading"}) {
        QCOMPARE(driver.find(name)->mapTo(&wizard, QPoint()).x(), left);
    }
    QCOMPARE(left % metrics::Unit, 0);
    QCOMPARE(driver.find("name")->height(), driver.find("domain")->height());
    QCOMPARE(driver.find("token")->height(), driver.find("reveal")->height());

    driver.fillConnection(u"Acme production"_s, organization->origin().toString(), organization->token());
    QTRY_COMPARE_WITH_TIMEOUT(driver.messageKind("organizationMessage"), FieldMessage::Kind::Good, 10000);
    look(wizard, u"1-connection-filled"_s);
    driver.next();
    look(wizard, u"2-logs"_s);
    driver.type("filter", u"published gt \"2026-01-01T00:00:00Z\""_s);
    driver.click("Okta.SystemLog");
    driver.next();
    look(wizard, u"2-logs-errors"_s);
    driver.click("Okta.SystemLog");
    driver.edit("filter")->clear();
    driver.next();
    driver.click("usersBox");
    driver.click("devicesBox");
    look(wizard, u"3-profiles"_s);
    driver.next();
    QVERIFY(keepPicture(wizard, u"form-4-setup-running"_s));
    QTRY_COMPARE_WITH_TIMEOUT(driver.outcome(), SetupStep::Outcome::Passed, 20000);
    look(wizard, u"4-setup-passed"_s);
    driver.click("sessionOnly");
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(driver.heading(), u"Everything looks good"_s, 20000);
    look(wizard, u"5-success"_s);
    QCOMPARE(driver.find("alertOnSilence")->mapTo(&wizard, QPoint()).x(), left);
}

void TestSourceFormsLook::failedChecks()
{
    QFETCH(const bool, dark);
    m_appearance->setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
    SourceWorld world;
    auto options = SourceWorld::smallOrganization();
    options.classic = true;
    const auto organization = SourceWorld::organization(options);
    const auto source = world.addSource(*organization,
        u"Globex preview, with a name so long that nobody has ever wanted to read it whole"_s,
        organization->token().toUtf8(), [](store::SourceConfig &s) {
            s.users = true;
            s.devices = true;
            s.identityEngine = false;
        });
    SourceWizard wizard(world.supervisor(), world.vault(), source);
    WizardDriver driver(wizard);
    QVERIFY(driver.open());
    QTRY_COMPARE_WITH_TIMEOUT(driver.messageKind("organizationMessage"), FieldMessage::Kind::Good, 10000);
    look(wizard, u"1-edit"_s);
    driver.paste("token", u"00wrong"_s);
    QVERIFY(driver.runChecks());
    look(wizard, u"4-setup-failed"_s);
    wizard.mend(SourceField::Token,
        u"Okta does not accept the API token: it is mistyped, revoked or expired. Make a new one in the Admin Console "
        "under Security > API > Tokens, and enter it here."_s);
    look(wizard, u"1-edit-mend"_s);
    driver.paste("token", organization->token());
    QVERIFY(driver.runChecks());
    QCOMPARE(driver.outcome(), SetupStep::Outcome::Warned);
    look(wizard, u"4-setup-warned"_s);
}

void TestSourceFormsLook::pages()
{
    QFETCH(const bool, dark);
    m_appearance->setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
    WelcomePage welcome;
    welcome.resize(1000, 700);
    welcome.show();
    look(welcome, u"welcome"_s);

    SourceWorld world;
    const auto organization = SourceWorld::organization();
    const auto good = world.addSource(*organization, u"Acme production"_s, organization->token().toUtf8(),
        [](store::SourceConfig &s) { s.users = s.devices = true; });
    const auto bad = world.addSource(*organization, u"Globex"_s, "00wrong");
    SourcesPage page(world.supervisor(), world.vault());
    page.resize(1000, 640);
    page.show();
    QTRY_COMPARE_WITH_TIMEOUT(world.supervisor().status(good.id).state, collect::State::Healthy, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(world.supervisor().status(bad.id).state, collect::State::NeedsAttention, 20000);
    look(page, u"sources"_s);
    page.findChild<QWidget *>(u"source%1"_s.arg(good.id))->findChild<QAbstractButton *>(u"remove"_s)->click();
    look(page, u"sources-remove"_s);
}

QTEST_MAIN(TestSourceFormsLook)
#include "tst_source_forms_look.moc"
