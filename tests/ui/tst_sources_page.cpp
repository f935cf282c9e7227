// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceWorld.h"
#include "WizardDriver.h"
#include "ui/sources/FactsRow.h"
#include "ui/sources/Note.h"
#include "ui/sources/RelativeTime.h"
#include "ui/sources/SourceCard.h"
#include "ui/sources/SourcesPage.h"
#include "ui/sources/StateLook.h"

#include <QAbstractButton>
#include <QLabel>
#include <QPushButton>
#include <QSet>
#include <QSignalSpy>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using collect::State;

namespace {

constexpr int patience = 30000;

/// The facts of a card, in their order.
enum Fact { LastPoll, NewestEvent, NextTry, Events, Duplicates, Pages };

template <class T = QWidget>
T *find(const QWidget &parent, const char *name)
{
    auto *found = parent.findChild<T *>(QString::fromLatin1(name));
    if (!found) {
        qFatal("There is no %s.", name);
    }
    return found;
}

SourceCard *card(const SourcesPage &page, store::SourceId id)
{
    return page.findChild<SourceCard *>(u"source%1"_s.arg(id));
}

QString fact(const SourceCard *card, Fact fact)
{
    return find<FactsRow>(*card, "facts")->value(fact);
}

void click(const QWidget &parent, const char *name)
{
    QTest::mouseClick(find<QAbstractButton>(parent, name), Qt::LeftButton);
}

} // namespace

/// The page of sources, over real collecting threads.
class TestSourcesPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyAtFirst();
    void showsACollectingSource();
    void countsWhatIsStored();
    void pauseAndResume();
    void pollNow();
    void wrongTokenIsMendedInPlace();
    void removeAndKeepEvents();
    void removeWithEvents();
    void removalIsTakenBack();
    void archiveIsNotCollected();
    void addOpensTheForm();
    void credentialIsNamed();
    void foreignNamesStayPlain();
    void statesDifferWithoutColour();
    void timesFromNow();
};

void TestSourcesPage::emptyAtFirst()
{
    SourceWorld world;
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    QVERIFY(page.findChildren<SourceCard *>().isEmpty());
    QVERIFY(find(page, "add")->isVisible());
    QVERIFY(find<QLabel>(page, "empty")->isVisible());
}

void TestSourcesPage::showsACollectingSource()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.resize(1000, 700);
    page.show();
    const auto source = world.addSource(
        *organization, u"Acme"_s, organization->token().toUtf8(), [](store::SourceConfig &s) { s.users = true; });
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), 30'000);
    const SourceCard *acme = card(page, source.id);
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(*acme, "state")->text(), u"Healthy"_s, patience);
    QCOMPARE(find<QLabel>(*acme, "name")->text(), u"Acme"_s);
    const auto served = qint64(organization->log().size());
    QTRY_COMPARE_WITH_TIMEOUT(fact(acme, Events), QLocale().toString(served), patience);
    QCOMPARE(fact(acme, Duplicates), u"0"_s);
    QVERIFY(fact(acme, Pages).toInt() >= 1);
    QVERIFY(fact(acme, LastPoll) != u"–"_s);
    QVERIFY(fact(acme, NewestEvent) != u"–"_s);
    QVERIFY(fact(acme, NextTry).startsWith(u"in "_s));
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(*acme, "users")->text().endsWith(u"at the last refresh"_s), patience);
    const auto users = awaited(world.store().profiles(store::ProfileKind::User, {}, {}));
    QVERIFY(users);
    QVERIFY(find<QLabel>(*acme, "users")->text().contains(u" %1 "_s.arg(users->size())));
    QVERIFY(!find<QLabel>(*acme, "devices")->isVisible());
    QVERIFY(!find(*acme, "attention")->isVisible());
    QVERIFY(!find<QLabel>(page, "empty")->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(cutTexts(page), QStringList(), patience); // what has changed is laid out later
}

/// After a restart nothing has come yet, but there is what came before.
void TestSourcesPage::countsWhatIsStored()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    const auto served = qint64(organization->log().size());
    QTRY_COMPARE_WITH_TIMEOUT(world.storedEvents(), served, patience);
    world.restart(); // and the token is forgotten
    SourcesPage page(world.supervisor(), world.vault());
    page.setStore(world.sharedStore());
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), patience);
    const SourceCard *acme = card(page, source.id);
    QTRY_COMPARE_WITH_TIMEOUT(fact(acme, Events), QLocale().toString(served), patience);
    QVERIFY(fact(acme, NewestEvent) != u"\u2013"_s);
    QCOMPARE(fact(acme, Pages), u"0"_s);
}

void TestSourcesPage::pauseAndResume()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), 30'000);
    const SourceCard *acme = card(page, source.id);
    auto *state = find<QLabel>(*acme, "state");
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), u"Healthy"_s, patience);
    click(*acme, "pause");
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), u"Paused"_s, patience);
    QTRY_COMPARE_WITH_TIMEOUT(find<QAbstractButton>(*acme, "pause")->text(), u"Resume"_s, 30'000);
    QVERIFY(!find(*acme, "poll")->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(world.storedSources().front().paused, patience);
    click(*acme, "pause");
    QTRY_COMPARE_WITH_TIMEOUT(state->text(), u"Healthy"_s, patience);
    QCOMPARE(find<QAbstractButton>(*acme, "pause")->text(), u"Pause"_s);
    QVERIFY(find(*acme, "poll")->isEnabled());
}

void TestSourcesPage::pollNow()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), 30'000);
    const SourceCard *acme = card(page, source.id);
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(*acme, "state")->text(), u"Healthy"_s, patience);
    const qint64 before = organization->requestCount(u"/api/v1/logs"_s);
    click(*acme, "poll");
    QTRY_VERIFY_WITH_TIMEOUT(organization->requestCount(u"/api/v1/logs"_s) > before, patience);
}

void TestSourcesPage::wrongTokenIsMendedInPlace()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    const auto source = world.addSource(*organization, u"Acme"_s, "00wrong");
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), 30'000);
    const SourceCard *acme = card(page, source.id);
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(*acme, "state")->text(), u"Needs attention"_s, patience);
    QVERIFY(find(*acme, "attention")->isVisible());
    QVERIFY(find<Note>(*acme, "attention")->text().contains(u"token"_s));
    QVERIFY(acme->accessibleName().contains(u"Needs attention"_s));

    click(*acme, "mend");
    auto *wizard = page.findChild<SourceWizard *>();
    QVERIFY(wizard);
    WizardDriver driver(*wizard);
    QVERIFY(driver.open());
    QCOMPARE(wizard->focusWidget()->objectName(), u"token"_s);
    QCOMPARE(driver.messageKind("tokenMessage"), FieldMessage::Kind::Error);
    driver.paste("token", organization->token());
    QVERIFY(driver.runChecks());
    driver.click("sessionOnly");
    QSignalSpy saved(&page, &SourcesPage::sourceSaved);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(saved.size(), 1, patience);
    driver.next();
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>(*acme, "state")->text(), u"Healthy"_s, patience);
    QVERIFY(!find(*acme, "attention")->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!page.findChild<SourceWizard *>(), 30'000);
}

void TestSourcesPage::removeAndKeepEvents()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), 30'000);
    const auto served = std::int64_t(organization->log().size());
    QTRY_COMPARE_WITH_TIMEOUT(world.storedEvents(), served, patience);
    click(*card(page, source.id), "remove");
    QVERIFY(find(*card(page, source.id), "removal")->isVisible());
    click(*card(page, source.id), "keepEvents");
    QTRY_VERIFY_WITH_TIMEOUT(
        world.supervisor().sources().isEmpty() || !world.supervisor().sources().front().collects, patience);
    QCOMPARE(world.storedEvents(), served);
    QVERIFY(world.keptToken(source).isEmpty());
}

void TestSourcesPage::removeWithEvents()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(world.storedEvents(), std::int64_t(organization->log().size()), patience);
    click(*card(page, source.id), "remove");
    click(*card(page, source.id), "removeEvents");
    QTRY_VERIFY_WITH_TIMEOUT(page.findChildren<SourceCard *>().isEmpty(), patience);
    QCOMPARE(world.storedEvents(), 0);
    QVERIFY(world.storedSources().empty());
    QVERIFY(find<QLabel>(page, "empty")->isVisible());
}

void TestSourcesPage::removalIsTakenBack()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    QTRY_VERIFY_WITH_TIMEOUT(card(page, source.id), 30'000);
    const SourceCard *acme = card(page, source.id);
    click(*acme, "remove");
    // A hasty Enter or Escape removes nothing.
    QTest::keyClick(page.focusWidget(), Qt::Key_Return);
    QVERIFY(!find(*acme, "removal")->isVisible());
    QVERIFY(find(*acme, "remove")->hasFocus());
    click(*acme, "remove");
    QTest::keyClick(page.focusWidget(), Qt::Key_Escape);
    QVERIFY(!find(*acme, "removal")->isVisible());
    QCOMPARE(world.supervisor().sources().size(), 1);
}

void TestSourcesPage::archiveIsNotCollected()
{
    SourceWorld world;
    store::SourceConfig archive;
    archive.name = u"Incident 2026-04"_s;
    archive.uuid = u"archive"_s;
    archive.collects = false;
    const auto stored = awaited(world.store().putSource(archive));
    QVERIFY(stored);
    world.restart();
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    QTRY_VERIFY_WITH_TIMEOUT(card(page, stored->id), 30'000);
    const SourceCard *incident = card(page, stored->id);
    QCOMPARE(find<QLabel>(*incident, "state")->text(), u"Archive"_s);
    QVERIFY(!find(*incident, "facts")->isVisible());
    QVERIFY(!find(*incident, "poll")->isVisible());
    QVERIFY(!find(*incident, "pause")->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(find(*incident, "remove")->isVisible(), 30'000);
}

void TestSourcesPage::addOpensTheForm()
{
    SourceWorld world;
    SourcesPage page(world.supervisor(), world.vault());
    page.show();
    click(page, "add");
    auto *wizard = page.findChild<SourceWizard *>();
    QVERIFY(wizard);
    QVERIFY(wizard->isVisible());
    QCOMPARE(wizard->windowModality(), Qt::WindowModal);
    page.addSource();
    QCOMPARE(page.findChildren<SourceWizard *>().size(), 1);
    wizard->reject();
    QTRY_VERIFY_WITH_TIMEOUT(!page.findChild<SourceWizard *>(), 30'000);
}

void TestSourcesPage::credentialIsNamed()
{
    SourceCard card;
    store::SourceConfig source;
    source.id = 1;
    source.name = u"Acme"_s;
    collect::SourceStatus status;
    status.source = 1;
    status.state = State::NeedsAttention;
    status.kind = event::ErrorKind::Unauthorized;
    card.setSource(source);
    card.setStatus(status);
    QCOMPARE(find<QLabel>(card, "credential")->text(), u"API token"_s);
    QCOMPARE(find<QPushButton>(card, "mend")->text(), u"Change the API token"_s);
    status.owner = u"Ada Lovelace (ada@acme.com), Read-only Administrator"_s;
    card.setStatus(status);
    QCOMPARE(find<QLabel>(card, "credential")->text(), u"API token of "_s + status.owner);
    source.authentication = store::SourceConfig::Authentication::ServiceApp;
    source.clientId = u"0oa1b2c3"_s;
    card.setSource(source);
    QCOMPARE(find<QLabel>(card, "credential")->text(), u"Service app 0oa1b2c3"_s);
    QCOMPARE(find<QPushButton>(card, "mend")->text(), u"Change the service app"_s);
    source.collects = false;
    card.setSource(source);
    QVERIFY(find(card, "credential")->isHidden());
}

void TestSourcesPage::foreignNamesStayPlain()
{
    SourceCard card;
    store::SourceConfig source;
    source.id = 1;
    source.name = u"<b>bold</b> \u202eevil\nsecond line"_s;
    card.setSource(source);
    collect::SourceStatus status;
    status.source = 1;
    status.state = State::Retrying;
    status.sentence = u"<img src='file:///etc/passwd'>"_s;
    card.setStatus(status);
    const auto *name = find<QLabel>(card, "name");
    QCOMPARE(name->textFormat(), Qt::PlainText);
    QVERIFY(name->text().startsWith(u"<b>bold</b>"_s));
    QVERIFY(!name->text().contains(QChar(0x202e)));
    QVERIFY(!name->text().contains(u'\n'));
    QCOMPARE(find<QLabel>(card, "sentence")->textFormat(), Qt::PlainText);
    QCOMPARE(find<QLabel>(card, "sentence")->text(), status.sentence);
}

void TestSourcesPage::statesDifferWithoutColour()
{
    QSet<QString> icons{archiveLook().icon.toString()};
    QSet<QString> words{archiveLook().word};
    for (const State state : {State::Idle, State::Healthy, State::CatchingUp, State::WaitingForLimit, State::Retrying,
             State::NeedsAttention, State::Paused}) {
        const StateLook look = stateLook(state);
        icons.insert(look.icon.toString());
        words.insert(look.word);
    }
    QCOMPARE(icons.size(), 8);
    QCOMPARE(words.size(), 8);
}

void TestSourcesPage::timesFromNow()
{
    using namespace std::chrono_literals;
    const event::Timestamp now = *event::parseTimestamp("2026-11-23T12:00:00Z");
    const TimeDisplay utc;
    QCOMPARE(relativeTime(now, now, utc), u"just now"_s);
    QCOMPARE(relativeTime(now - 12s, now, utc), u"12 s ago"_s);
    QCOMPARE(relativeTime(now + 40s, now, utc), u"in 40 s"_s);
    QCOMPARE(relativeTime(now - 90s, now, utc), u"1 min ago"_s);
    QCOMPARE(relativeTime(now - 5h, now, utc), u"5 h ago"_s);
    QCOMPARE(relativeTime(now - 26h, now, utc), u"2026-11-22 10:00"_s);
}

QTEST_MAIN(TestSourcesPage)
#include "tst_sources_page.moc"
