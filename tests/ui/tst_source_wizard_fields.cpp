// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceWorld.h"
#include "WizardDriver.h"
#include "tests/okta/HttpServer.h"
#include "ui/sources/ServerFilter.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using Kind = FieldMessage::Kind;
using okta::CheckStep;

/// What each field of the source-setup form accepts, and what it says otherwise.
class TestSourceWizardFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void pastedAddressFillsBothFields_data();
    void pastedAddressFillsBothFields();
    void typedAddressIsReadWhenLeft();
    void errorsWaitUntilTheFieldIsLeft();
    void nextShowsEveryError();
    void nameIsTakenOnce();
    void sameOrganizationIsTold();
    void customOriginIsAskedWhileTyped();
    void customOriginThatIsNotOkta();
    void plainHttpIsForLoopbackOnly();
    void tokenIsCleaned_data();
    void tokenIsCleaned();
    void tokenIsMaskedAgain();
    void aLogTypeIsNeeded();
    void startDateIsWithinWhatOktaKeeps();
    void serverFilter_data();
    void serverFilter();
    void mendGoesToTheRightField_data();
    void mendGoesToTheRightField();
    void fieldsHaveNamesForScreenReaders();

private:
    std::unique_ptr<SourceWorld> m_world;
    std::unique_ptr<SourceWizard> m_wizard;
    std::unique_ptr<WizardDriver> m_driver;
};

void TestSourceWizardFields::init()
{
    m_world = std::make_unique<SourceWorld>();
    m_wizard = std::make_unique<SourceWizard>(m_world->supervisor(), m_world->vault());
    m_driver = std::make_unique<WizardDriver>(*m_wizard);
    QVERIFY(m_driver->open());
}

void TestSourceWizardFields::cleanup()
{
    m_driver.reset();
    m_wizard.reset();
    m_world.reset();
}

void TestSourceWizardFields::pastedAddressFillsBothFields_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("subdomain");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("origin");
    const QString none;
    QTest::newRow("admin console") << u"https://acme-admin.okta.com/admin/dashboard"_s << u"acme"_s << u"okta.com"_s
                                   << none;
    QTest::newRow("API") << u"https://acme.okta.com/api/v1/logs"_s << u"acme"_s << u"okta.com"_s << none;
    QTest::newRow("host in another case") << u" ACME.OktaPreview.com\n"_s << u"acme"_s << u"oktapreview.com"_s << none;
    QTest::newRow("emea") << u"https://acme.okta-emea.com"_s << u"acme"_s << u"okta-emea.com"_s << none;
    QTest::newRow("mil") << u"acme.okta.mil/app/UserHome?x=1"_s << u"acme"_s << u"okta.mil"_s << none;
    QTest::newRow("custom domain") << u"https://login.example.com/app/x"_s << none << none
                                   << u"https://login.example.com"_s;
    QTest::newRow("loopback") << u"http://127.0.0.1:9/"_s << none << none << u"http://127.0.0.1:9"_s;
}

void TestSourceWizardFields::pastedAddressFillsBothFields()
{
    QFETCH(const QString, pasted);
    QFETCH(const QString, subdomain);
    QFETCH(const QString, domain);
    QFETCH(const QString, origin);
    m_driver->paste("subdomain", pasted);
    if (origin.isEmpty()) {
        QCOMPARE(m_driver->edit("subdomain")->text(), subdomain);
        QCOMPARE(m_driver->find<QComboBox>("domain")->currentText(), domain);
        QVERIFY(m_driver->find("subdomain")->isVisible());
        QVERIFY(!m_driver->edit("name")->text().isEmpty()); // a suggestion
    } else {
        QCOMPARE(m_driver->edit("origin")->text(), origin);
        QCOMPARE(m_driver->find<QComboBox>("domain")->currentText(), u"Custom domain…"_s);
        QVERIFY(m_driver->find("origin")->hasFocus());
        QVERIFY(!m_driver->find("subdomain")->isVisible());
    }
    QVERIFY(m_driver->messageKind("organizationMessage") != Kind::Error);
}

void TestSourceWizardFields::typedAddressIsReadWhenLeft()
{
    m_driver->type("subdomain", u"127.0.0.1:9"_s);
    QCOMPARE(m_driver->edit("subdomain")->text(), u"127.0.0.1:9"_s);
    m_driver->press(Qt::Key_Tab);
    QCOMPARE(m_driver->edit("origin")->text(), u"http://127.0.0.1:9"_s);
    QVERIFY(m_driver->find("origin")->isVisible());
}

void TestSourceWizardFields::errorsWaitUntilTheFieldIsLeft()
{
    m_driver->type("subdomain", u"acme inc"_s);
    QCOMPARE(m_driver->messageKind("organizationMessage"), Kind::Hint);
    m_driver->press(Qt::Key_Tab);
    QCOMPARE(m_driver->messageKind("organizationMessage"), Kind::Error);
    QVERIFY(m_driver->message("organizationMessage").contains(u"acme inc"_s));
    // Once said, it goes as soon as it is mended.
    m_driver->press(Qt::Key_Backtab);
    m_driver->press(Qt::Key_End);
    for (int i = 0; i < 4; ++i) {
        m_driver->press(Qt::Key_Backspace);
    }
    QCOMPARE(m_driver->edit("subdomain")->text(), u"acme"_s);
    QVERIFY(m_driver->messageKind("organizationMessage") != Kind::Error);
}

void TestSourceWizardFields::nextShowsEveryError()
{
    m_driver->next();
    QCOMPARE(m_driver->messageKind("nameMessage"), Kind::Error);
    QCOMPARE(m_driver->messageKind("organizationMessage"), Kind::Error);
    QCOMPARE(m_driver->messageKind("tokenMessage"), Kind::Error);
    QVERIFY(m_driver->find("name")->hasFocus());
    QCOMPARE(m_driver->find("name")->accessibleDescription(), m_driver->message("nameMessage"));
    m_driver->type("name", u"A"_s);
    QCOMPARE(m_driver->messageKind("nameMessage"), Kind::Hint);
    m_driver->next();
    QVERIFY(m_driver->find("subdomain")->hasFocus());
}

void TestSourceWizardFields::nameIsTakenOnce()
{
    const auto organization = SourceWorld::organization();
    m_world->addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    m_driver->type("name", u" aCME "_s);
    m_driver->press(Qt::Key_Tab);
    QCOMPARE(m_driver->messageKind("nameMessage"), Kind::Error);
}

void TestSourceWizardFields::sameOrganizationIsTold()
{
    const auto organization = SourceWorld::organization();
    m_world->addSource(*organization, u"First"_s, organization->token().toUtf8());
    m_driver->fillConnection(u"Second"_s, organization->origin().toString(), organization->token());
    QTRY_COMPARE_WITH_TIMEOUT(m_driver->messageKind("organizationMessage"), Kind::Warning, 10000);
    QVERIFY(m_driver->message("organizationMessage").contains(u"First"_s));
    m_driver->next();
    QCOMPARE(m_driver->heading(), u"Choose what to collect"_s);
}

void TestSourceWizardFields::customOriginIsAskedWhileTyped()
{
    const auto organization = SourceWorld::organization();
    auto *domain = m_driver->find<QComboBox>("domain");
    domain->setFocus();
    m_driver->press(Qt::Key_End);
    QVERIFY(m_driver->find("origin")->isVisible());
    m_driver->type("origin", organization->origin().toString());
    QTRY_COMPARE_WITH_TIMEOUT(m_driver->messageKind("organizationMessage"), Kind::Good, 10000);
    QVERIFY(m_driver->message("organizationMessage").contains(u"Identity Engine"_s));
    QVERIFY(m_driver->find("origin")->hasFocus()); // it has not been left
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), 0);
}

void TestSourceWizardFields::customOriginThatIsNotOkta()
{
    HttpServer server([](const HttpRequest &) { return reply(404, "<html>Nothing here</html>"); });
    m_driver->fillConnection(u"Not Okta"_s, server.origin().toString(), u"00aTokenThatMustNotGoThere"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_driver->messageKind("organizationMessage"), Kind::Error, 10000);
    m_driver->next();
    QCOMPARE(m_driver->heading(), u"Connect an Okta organization"_s);
    QVERIFY(m_driver->find("origin")->hasFocus());
    QVERIFY(!server.requests().isEmpty());
    for (const HttpRequest &request : server.requests()) {
        QCOMPARE(request.path, QByteArray("/.well-known/okta-organization"));
        QVERIFY(!request.headers.contains("authorization"));
    }
}

void TestSourceWizardFields::plainHttpIsForLoopbackOnly()
{
    m_driver->find<QComboBox>("domain")->setFocus();
    m_driver->press(Qt::Key_End);
    m_driver->type("origin", u"login"_s);
    m_driver->press(Qt::Key_Tab);
    QCOMPARE(m_driver->messageKind("organizationMessage"), Kind::Error);
    m_driver->type("origin", u"ftp://login.example.invalid"_s);
    m_driver->press(Qt::Key_Tab);
    QCOMPARE(m_driver->messageKind("organizationMessage"), Kind::Error);
    // Whoever types http means this host, and is asked over HTTPS.
    m_driver->type("origin", u"http://login.example.invalid"_s);
    m_driver->press(Qt::Key_Tab);
    QCOMPARE(m_driver->edit("origin")->text(), u"https://login.example.invalid"_s);
}

void TestSourceWizardFields::tokenIsCleaned_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<bool>("good");
    QTest::newRow("spaces around") << u"  00abc-DEF_1 \t"_s << u"00abc-DEF_1"_s << true;
    QTest::newRow("line end") << u"00abc\r\n"_s << u"00abc"_s << true;
    QTest::newRow("scheme") << u"SSWS 00abc"_s << u"00abc"_s << true;
    QTest::newRow("space inside") << u"00abc 00def"_s << u"00abc 00def"_s << false;
    QTest::newRow("not ASCII") << u"00äbc"_s << u"00äbc"_s << false;
    QTest::newRow("nothing") << u"   "_s << QString() << false;
}

void TestSourceWizardFields::tokenIsCleaned()
{
    QFETCH(const QString, pasted);
    QFETCH(const QString, kept);
    QFETCH(const bool, good);
    m_driver->paste("token", pasted);
    QCOMPARE(m_driver->edit("token")->text(), kept);
    QVERIFY(m_driver->messageKind("tokenMessage") != Kind::Error);
    m_driver->press(Qt::Key_Tab);
    QCOMPARE(m_driver->messageKind("tokenMessage") == Kind::Error, !good);
}

void TestSourceWizardFields::tokenIsMaskedAgain()
{
    QCOMPARE(m_driver->edit("token")->echoMode(), QLineEdit::Password);
    m_driver->click("reveal");
    QCOMPARE(m_driver->edit("token")->echoMode(), QLineEdit::Normal);
    m_driver->click("reveal");
    QCOMPARE(m_driver->edit("token")->echoMode(), QLineEdit::Password);
}

void TestSourceWizardFields::aLogTypeIsNeeded()
{
    m_driver->fillConnection(u"Acme"_s, u"http://127.0.0.1:9"_s, u"00a"_s);
    m_driver->next();
    m_driver->click("Okta.SystemLog");
    m_driver->next();
    QCOMPARE(m_driver->messageKind("logTypesMessage"), Kind::Error);
    QVERIFY(m_driver->find("logTypesMessage")->isVisible());
    m_driver->click("Okta.SystemLog");
    QVERIFY(!m_driver->find("logTypesMessage")->isVisible());
    m_driver->next();
    QCOMPARE(m_driver->heading(), u"Know who and what is behind an event"_s);
}

void TestSourceWizardFields::startDateIsWithinWhatOktaKeeps()
{
    m_driver->fillConnection(u"Acme"_s, u"http://127.0.0.1:9"_s, u"00a"_s);
    m_driver->next();
    auto *date = m_driver->find<QDateEdit>("date");
    QVERIFY(!date->isVisible());
    auto *start = m_driver->find<QComboBox>("start");
    start->setFocus();
    m_driver->press(Qt::Key_End);
    QCOMPARE(start->currentText(), u"A date"_s);
    QVERIFY(date->isVisible());
    const QDate today = QDateTime::currentDateTimeUtc().date();
    date->setDate(today.addDays(-400));
    QVERIFY(date->date() >= today.addDays(-91));
    date->setDate(today.addDays(2));
    QVERIFY(date->date() <= today.addDays(1));
}

void TestSourceWizardFields::serverFilter_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("problem"); ///< a word of the sentence; empty if the filter is good
    QTest::newRow("none") << u"  "_s << QString();
    QTest::newRow("one") << u"eventType eq \"user.session.start\""_s << QString();
    QTest::newRow("several") << u"not (outcome.result eq \"SUCCESS\" or severity eq \"DEBUG\") and actor.id pr"_s
                             << QString();
    QTest::newRow("debugData") << u"debugContext.debugData.risk co \"HIGH\""_s << QString();
    QTest::newRow("open end") << u"eventType eq"_s << u"Column"_s;
    QTest::newRow("words") << u"failed sign-ins"_s << u"Column"_s;
    QTest::newRow("published") << u"published gt \"2026-01-01T00:00:00Z\""_s << u"published"_s;
    QTest::newRow("published, deep") << u"not (severity eq \"WARN\" or (PUBLISHED pr))"_s << u"published"_s;
    QTest::newRow("in") << u"severity in (\"WARN\", \"ERROR\")"_s << u"operator in"_s;
    QTest::newRow("re") << u"actor.alternateId re \"^a\""_s << u"operator re"_s;
    QTest::newRow("cidr") << u"client.ipAddress cidr \"10.0.0.0/8\""_s << u"operator cidr"_s;
    QTest::newRow("element") << u"target[type eq \"User\"]"_s << u"[ ]"_s;
    QTest::newRow("url") << u"debugContext.debugData.url co \"x\""_s << u"co"_s;
    QTest::newRow("changeDetails") << u"target.changeDetails.from pr"_s << u"changeDetails"_s;
}

void TestSourceWizardFields::serverFilter()
{
    QFETCH(const QString, filter);
    QFETCH(const QString, problem);
    const auto status = checkServerFilter(filter);
    QCOMPARE(status.has_value(), problem.isEmpty());
    QVERIFY2(problem.isEmpty() || status.error().sentence.contains(problem),
        qPrintable(status ? QString() : status.error().sentence));
}

void TestSourceWizardFields::mendGoesToTheRightField_data()
{
    QTest::addColumn<CheckStep::Id>("id");
    QTest::addColumn<event::ErrorKind>("kind");
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("field"); ///< -1: none
    using Id = CheckStep::Id;
    using event::ErrorKind;
    const auto row
        = [](const char *name, Id id, ErrorKind kind, std::optional<SourceField> field, const QString &filter = {}) {
              QTest::newRow(name) << id << kind << filter << (field ? int(*field) : -1);
          };
    row("no such host", Id::Organization, ErrorKind::Network, SourceField::Organization);
    row("TLS", Id::Organization, ErrorKind::Tls, SourceField::Organization);
    row("not Okta", Id::Organization, ErrorKind::NotFound, SourceField::Organization);
    row("slow", Id::Organization, ErrorKind::Timeout, std::nullopt);
    row("wrong token", Id::SystemLog, ErrorKind::Unauthorized, SourceField::Token);
    row("role", Id::SystemLog, ErrorKind::Forbidden, SourceField::Token);
    row("filter", Id::SystemLog, ErrorKind::InvalidInput, SourceField::Filter, u"a eq \"b\""_s);
    row("limit", Id::SystemLog, ErrorKind::RateLimited, std::nullopt);
    row("role for users", Id::Users, ErrorKind::Forbidden, SourceField::Token);
    row("users odd", Id::Users, ErrorKind::Protocol, SourceField::Users);
    row("no devices", Id::Devices, ErrorKind::Unavailable, SourceField::Devices);
    row("role for devices", Id::Devices, ErrorKind::Forbidden, SourceField::Devices);
}

void TestSourceWizardFields::mendGoesToTheRightField()
{
    QFETCH(const CheckStep::Id, id);
    QFETCH(const event::ErrorKind, kind);
    QFETCH(const QString, filter);
    QFETCH(const int, field);
    store::SourceConfig source;
    source.filter = filter;
    CheckStep step{id, u"title"_s, CheckStep::State::Failed, u"sentence"_s, kind};
    const auto mend = fieldToMend(step, source);
    QCOMPARE(mend ? int(*mend) : -1, field);
    step.state = CheckStep::State::Passed;
    QVERIFY(!fieldToMend(step, source));
}

void TestSourceWizardFields::fieldsHaveNamesForScreenReaders()
{
    m_driver->fillConnection(u"Acme"_s, u"http://127.0.0.1:9"_s, u"00a"_s);
    for (int step = 0; step < 4; ++step) {
        for (QWidget *widget : m_wizard->findChildren<QWidget *>()) {
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy()) {
                const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
            }
        }
        for (const QLabel *label : m_wizard->findChildren<QLabel *>()) {
            QVERIFY2(label->textFormat() == Qt::PlainText || label->buddy() || label->text().isEmpty()
                    || !Qt::mightBeRichText(label->text()),
                qPrintable(label->text()));
        }
        if (step < 3) {
            m_driver->next();
        }
    }
}

QTEST_MAIN(TestSourceWizardFields)
#include "tst_source_wizard_fields.moc"
