// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "store/Alerts.h"
#include "ui/alerts/AlertView.h"
#include "ui/entities/EntityPage.h"
#include "ui/entities/EntityPicker.h"
#include "ui/entities/EntityView.h"
#include "ui/entities/HeatMap.h"
#include "ui/entities/SentenceButton.h"
#include "ui/entities/Unusual.h"
#include "ui/entities/ValueCard.h"
#include "ui/events/FacetRail.h"
#include "ui/profiles/ProfileView.h"
#include "ui/widgets/StatePage.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QCompleter>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTest>
#include <QTreeView>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::EntityAspect;

namespace {

constexpr int patience = 30'000; ///< milliseconds

/// Ada at work: sixty events on other days, then two from elsewhere.
std::vector<std::string> adasEvents()
{
    std::vector<std::string> events;
    const event::Timestamp now = event::now();
    const auto add = [&](event::Timestamp time, const std::string &country, const std::string &city,
                         const std::string &address, const std::string &app, const std::string &actor) {
        events.push_back(R"({"uuid":"ada-)" + std::to_string(events.size()) + R"(","published":")"
            + event::formatTimestamp(time)
            + R"(","eventType":"user.authentication.sso","severity":"INFO",)"
              R"("displayMessage":"User single sign on to app","actor":{"id":"00uada","type":"User","alternateId":")"
            + actor + R"(","displayName":"Ada"},"client":{"ipAddress":")" + address
            + R"(","userAgent":{"browser":"CHROME","os":"Windows 10"},"geographicalContext":{"city":")" + city
            + R"(","country":")" + country
            + R"("}},"securityContext":{"asNumber":3320,"asOrg":"net"},)"
              R"("outcome":{"result":"SUCCESS"},"target":[{"id":"0oa1","type":"AppInstance","alternateId":")"
            + app + R"(","displayName":")" + app
            + R"("},{"id":"00ubob","type":"User","alternateId":"bob@example.com",)"
              R"("displayName":"Bob"}],"debugContext":{"debugData":{"dtHash":"hash1"}}})");
    };
    // The hour of the visit is far from those of the work.
    const event::Timestamp visit = now - 3h;
    for (int day = 10; day < 70; ++day) {
        add(visit - std::chrono::days(day) - 8h, "Germany", "Berlin", "203.0.113.7", "Salesforce", "ada@example.com");
    }
    add(visit, "Brazil", "Recife", "198.51.100.9", "Workday", "ada@example.com");
    add(visit + 1s, "Brazil", "Recife", "198.51.100.9", "Workday", "ada@example.com");
    add(visit + 2s, "Germany", "Berlin", "203.0.113.7", "Salesforce", "ada@example.com");
    add(visit + 3s, "Germany", "Berlin", "203.0.113.7", "Salesforce", "eve@example.com");
    return events;
}

} // namespace

/// The pages of actors, addresses, devices and apps, used with mouse and keyboard.
class EntityViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void emptyAtFirst();
    void theMenuOfACellOpensWhomItNames();
    void theKeyOpensWhomTheCellNames();
    void tellsWhatIsUnusual();
    void valuesNarrowTheEvents();
    void hoursNarrowTheEvents();
    void valuesOpenOtherPages();
    void backAndForward();
    void timeRanges();
    void pickedByName();
    void someoneWithoutEvents();
    void profileAndAlerts();
    void fromFacetsAndAlerts();
    void newEventsCome();
    void everythingHasAName();
    void cleanupTestCase();

private:
    /// The events as at first, and the last seven days.
    void look()
    {
        m_driver->window().entities()->timeRange()->setPreset(TimeRangeChoice::Preset::LastWeek);
        m_driver->window().showView(MainWindow::View::Events);
        QVERIFY(m_driver->activate());
        m_driver->events().filterBar()->setFilter({});
        m_driver->events().filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
        QVERIFY(m_driver->apply({}));
        QVERIFY(m_driver->finds(64));
    }
    static bool counted(WindowDriver &driver, std::int64_t inRange)
    {
        return QTest::qWaitFor(
            [&] {
                const EntityReader &reader = driver.window().entities()->reader();
                return reader.state() == EntityReader::State::Ready && reader.data().inRange == inRange
                    && driver.window().entities()->page()->isVisible();
            },
            patience);
    }
    static SentenceButton *sentence(WindowDriver &driver, const QString &words)
    {
        const auto buttons = driver.window().entities()->page()->findChildren<SentenceButton *>();
        return *std::ranges::find_if(buttons, [&](auto *button) { return button->text().contains(words); });
    }
    static QString title(WindowDriver &driver) { return driver.find<QLabel>(u"entityTitle"_s)->text(); }
    static QModelIndex value(ValueCard *card, const QString &text)
    {
        for (int row = 0; row < card->model().rowCount(); ++row) {
            if (card->model().index(row, 0).data().toString() == text) {
                return card->model().index(row, 0);
            }
        }
        return {};
    }
    static void click(ValueCard *card, const QString &text, Qt::MouseButton button = Qt::LeftButton)
    {
        const QModelIndex index = value(card, text);
        QVERIFY(index.isValid());
        QTest::mouseClick(card->view()->viewport(), button, {}, card->view()->visualRect(index).center());
    }

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void EntityViewTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"tst_entity_view"_s);
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_file->append(adasEvents());
    m_driver = std::make_unique<WindowDriver>(*m_file);
    QVERIFY(m_driver->open());
}

void EntityViewTest::cleanupTestCase()
{
    m_driver.reset();
}

void EntityViewTest::emptyAtFirst()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.shortcut(Qt::Key_6, Qt::AltModifier);
    QTRY_VERIFY(driver.window().entities()->isVisible());
    QTRY_VERIFY(driver.window().entities()->picker()->edit()->hasFocus());
    QVERIFY(driver.window().entities()->statePage());
    QVERIFY(driver.window().entities()->statePage()->sentence().contains(u"Alt+Enter"_s));
    QVERIFY(!driver.window().entities()->actions().showEvents->isEnabled());
}

void EntityViewTest::theMenuOfACellOpensWhomItNames()
{
    WindowDriver &driver = *m_driver;
    look();
    QVERIFY(driver.chooseInCellMenu(1, EventColumn::Outcome, u"Open the actor ada@example.com"_s));
    QVERIFY(counted(driver, 3));
    QCOMPARE(title(driver), u"ada@example.com"_s);
    QVERIFY(driver.window().entities()->isVisible());
    QVERIFY(driver.find<QLabel>(u"entitySentence"_s)->text().contains(u"3 events in this time, of 63"_s));
}

void EntityViewTest::theKeyOpensWhomTheCellNames()
{
    WindowDriver &driver = *m_driver;
    look();
    for (const auto &[column, name, count] : {std::tuple{EventColumn::ClientIp, u"198.51.100.9"_s, 2},
             {EventColumn::Targets, u"Workday"_s, 2}, {EventColumn::Time, u"ada@example.com"_s, 3}}) {
        driver.shortcut(Qt::Key_1, Qt::AltModifier);
        driver.click(2, column);
        driver.shortcut(Qt::Key_Return, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(title(driver), name, patience);
        QVERIFY(counted(driver, count));
    }
}

void EntityViewTest::tellsWhatIsUnusual()
{
    WindowDriver &driver = *m_driver;
    look();
    driver.window().entities()->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    EntityPage *page = driver.window().entities()->page();
    const QStringList sentences = page->sentences();
    const auto told = [&](const QString &words) { return !sentences.filter(words).isEmpty(); };
    QVERIFY2(told(u"From Brazil, a country not seen before: 2 events from"_s), qPrintable(sentences.join(u'\n')));
    QVERIFY(told(u"In Workday, an app not seen before"_s) && !told(u"Germany"_s) && !told(u"CHROME"_s));
    QVERIFY2(told(u"of 60 events before in these hours none"_s), qPrintable(sentences.join(u'\n')));
    QVERIFY(told(u"Compared with the 60 events before"_s));
    const QModelIndex brazil = value(page->card(EntityAspect::Location), u"Recife, Brazil"_s);
    QVERIFY(brazil.data(ValueModel::IsNewRole).toBool());
    QCOMPARE(brazil.data(Qt::AccessibleTextRole).toString(), u"Recife, Brazil, 2 events, not seen before"_s);
    // A sentence leads to the events that it speaks of.
    SentenceButton *country = sentence(driver, u"Brazil"_s);
    country->setFocus();
    QTest::keyClick(country, Qt::Key_Return);
    QVERIFY(driver.finds(2));
    QCOMPARE(driver.edit().text(),
        u"actor.alternateId eq \"ada@example.com\" and client.geographicalContext.country eq \"Brazil\""_s);
}

void EntityViewTest::valuesNarrowTheEvents()
{
    WindowDriver &driver = *m_driver;
    look();
    EntityPage *page = driver.window().entities()->page();
    for (const auto &[aspect, text, count] : {std::tuple{EntityAspect::Location, u"Recife, Brazil"_s, 2},
             {EntityAspect::Network, u"net (AS3320)"_s, 3}, {EntityAspect::Agent, u"CHROME on Windows 10"_s, 3},
             {EntityAspect::App, u"Workday"_s, 2}, {EntityAspect::Device, u"hash1"_s, 3}}) {
        driver.window().entities()->open(store::Entity::actor("ada@example.com"));
        QVERIFY(counted(driver, 3));
        QAbstractItemModelTester tester(&page->card(aspect)->model());
        page->ensureWidgetVisible(page->card(aspect));
        click(page->card(aspect), text);
        QVERIFY(driver.events().isVisible());
        QVERIFY2(driver.finds(count), qPrintable(driver.edit().text() + driver.resultCount()));
    }
    // The events before are one step back.
    driver.shortcut(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(driver.finds(2));
    // With the keyboard.
    driver.window().entities()->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    QTreeView *view = page->card(EntityAspect::Location)->view();
    driver.activate();
    view->setFocus();
    view->setCurrentIndex(value(page->card(EntityAspect::Location), u"Recife, Brazil"_s));
    QTest::keyClick(view, Qt::Key_Return);
    QVERIFY(driver.finds(2));
}

void EntityViewTest::hoursNarrowTheEvents()
{
    WindowDriver &driver = *m_driver;
    look();
    driver.window().entities()->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    HeatMap *map = driver.window().entities()->page()->heatMap();
    const store::WeekHours &hours = driver.window().entities()->reader().data().hours;
    int count = 0;
    for (int day = 0; day < 7; ++day) {
        for (int hour = 0; hour < 24; ++hour) {
            const auto here = hours.at(static_cast<std::size_t>(day)).at(static_cast<std::size_t>(hour));
            if (here > 0 && count == 0) {
                count = static_cast<int>(here);
                QVERIFY(map->cellText(day, hour).contains(u"Unusual at this hour"_s));
                driver.window().entities()->page()->ensureWidgetVisible(map);
                QTest::mouseClick(map, Qt::LeftButton, {}, map->cellRect(day, hour).center());
            }
        }
    }
    QVERIFY(count > 0);
    QVERIFY2(driver.finds(count), qPrintable(driver.edit().text() + driver.resultCount()));
    // An hour without events asks for nothing; the keys go from hour to hour.
    map->setFocus();
    QTest::keyClick(map, Qt::Key_Home);
    QTest::keyClick(map, Qt::Key_Up);
    QCOMPARE(map->currentHour(), 0);
    QTest::keyClick(map, Qt::Key_Right);
    QCOMPARE(map->currentHour(), 1);
    QVERIFY(map->accessibleDescription().contains(u"01:00\u201302:00"_s));
}

void EntityViewTest::valuesOpenOtherPages()
{
    WindowDriver &driver = *m_driver;
    look();
    driver.window().entities()->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    EntityPage *page = driver.window().entities()->page();
    ValueCard *addresses = page->card(EntityAspect::Address);
    page->ensureWidgetVisible(addresses);
    QTreeView *view = addresses->view();
    const QPoint place = view->visualRect(value(addresses, u"203.0.113.7"_s)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, view->viewport()->mapToGlobal(place));
    QApplication::sendEvent(view->viewport(), &event);
    QTRY_VERIFY_WITH_TIMEOUT(openMenuEntries().contains(u"Open the address 203.0.113.7"_s), patience);
    QVERIFY(chooseFromOpenMenu(u"Open the address 203.0.113.7"_s));
    QVERIFY(counted(driver, 2));
    QCOMPARE(title(driver), u"203.0.113.7"_s);
    QVERIFY(value(page->card(EntityAspect::Actor), u"eve@example.com"_s).isValid());
    page->ensureWidgetVisible(page->card(EntityAspect::App));
    click(page->card(EntityAspect::App), u"Salesforce"_s, Qt::MiddleButton);
    QTRY_COMPARE_WITH_TIMEOUT(title(driver), u"Salesforce"_s, patience);
    QVERIFY(counted(driver, 2));
}

void EntityViewTest::backAndForward()
{
    WindowDriver &driver = *m_driver;
    look();
    EntityView *view = driver.window().entities();
    view->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    view->open(store::Entity::address("203.0.113.7"));
    QVERIFY(counted(driver, 2));
    QVERIFY(view->actions().back->isEnabled());
    QVERIFY(!view->actions().forward->isEnabled());
    driver.activate();
    view->picker()->edit()->setFocus();
    QTest::keyClick(view->picker()->edit(), Qt::Key_Left, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(title(driver), u"ada@example.com"_s, patience);
    QVERIFY(counted(driver, 3));
    view->actions().forward->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(title(driver), u"203.0.113.7"_s, patience);
    QVERIFY(counted(driver, 2));
}

void EntityViewTest::timeRanges()
{
    WindowDriver &driver = *m_driver;
    look();
    EntityView *view = driver.window().entities();
    view->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    QVERIFY(driver.chooseTimeRange(u"All time"_s, view->timeRange()));
    QVERIFY(counted(driver, 63));
    // All time has nothing before it: its last tenth has.
    QVERIFY(sentence(driver, u"From Brazil, a country not seen before"_s));
    QVERIFY(view->page()->sentences().last().startsWith(u"Compared with the 60 events before "_s));
    QVERIFY(value(view->page()->card(EntityAspect::App), u"Workday"_s).data(ValueModel::IsNewRole).toBool());
    // A stretch of the timeline.
    TimelineView *timeline = view->page()->timeline();
    QTRY_VERIFY_WITH_TIMEOUT(timeline->data().bins > 0 && timeline->data().total == 63, patience);
    driver.activate();
    timeline->setFocus();
    QTest::keyClick(timeline, Qt::Key_End);
    QTest::keyClick(timeline, Qt::Key_Return);
    QTRY_COMPARE(view->timeRange()->preset(), TimeRangeChoice::Preset::Custom);
    view->actions().back->trigger();
    QVERIFY(counted(driver, 63));
    QCOMPARE(view->timeRange()->preset(), TimeRangeChoice::Preset::All);
    sentence(driver, u"Workday"_s)->click();
    QVERIFY(driver.finds(2));
    QVERIFY(driver.edit().text().contains(u"published ge \""_s));
    view->actions().showEvents->trigger();
    QVERIFY(driver.finds(63));
}

void EntityViewTest::pickedByName()
{
    WindowDriver &driver = *m_driver;
    look();
    driver.shortcut(Qt::Key_K, Qt::ControlModifier);
    EntityPicker *picker = driver.window().entities()->picker();
    QTRY_VERIFY(picker->edit()->hasFocus());
    QTest::keyClicks(picker->edit(), u"198.51.100.9"_s);
    QCOMPARE(picker->kind()->currentText(), u"IP address"_s);
    QTest::keyClick(picker->edit(), Qt::Key_Return);
    QVERIFY(counted(driver, 2));
    QCOMPARE(title(driver), u"198.51.100.9"_s);
    picker->kind()->setCurrentIndex(static_cast<int>(store::EntityKind::App));
    driver.shortcut(Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(picker->edit()->hasFocus());
    QTest::keyClicks(picker->edit(), u"work"_s);
    QAbstractItemView *popup = picker->edit()->completer()->popup();
    QTRY_VERIFY_WITH_TIMEOUT(popup->isVisible() && popup->model()->rowCount() == 1, patience);
    QCOMPARE(popup->model()->index(0, 0).data().toString(), u"Workday"_s);
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(title(driver), u"Workday"_s, patience);
    QVERIFY(counted(driver, 2));
}

void EntityViewTest::someoneWithoutEvents()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.window().entities()->open(store::Entity::actor("nobody\u202e<b>@example.com"));
    QTRY_VERIFY_WITH_TIMEOUT(
        driver.window().entities()->statePage() && driver.window().entities()->statePage()->title() == u"No events"_s,
        patience);
    QVERIFY(!title(driver).contains(QChar(0x202e)));
}

void EntityViewTest::profileAndAlerts()
{
    CaseFile file;
    const store::Seq first = file.append(adasEvents());
    file.putUsers({R"({"id":"00uada","status":"ACTIVE","profile":{"login":"ada@example.com","firstName":"Ada",)"
                   R"("lastName":"Lovelace","department":"Finance","title":"Analyst"}})"});
    store::Alerts alerts(file.store());
    store::Finding finding;
    finding.ruleId = u"rule"_s;
    finding.ruleTitle = finding.title = u"Visit from afar"_s;
    finding.dedupKey = u"any"_s;
    finding.severity = store::AlertSeverity::High;
    finding.seqs = {first + 60};
    finding.uuids = {"ada-60"};
    finding.first = finding.last = event::now() - 3h;
    auto committed = alerts.commit({{finding}, first + 63, u"test"_s});
    committed.waitForFinished();
    QVERIFY(committed.result());
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.window().entities()->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    EntityPage *page = driver.window().entities()->page();
    const auto button = [page](const QString &words) -> SentenceButton * {
        for (SentenceButton *one : page->findChildren<SentenceButton *>()) {
            if (one->isVisibleTo(page) && one->text().contains(words)) {
                return one;
            }
        }
        return nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(button(u"Visit from afar"_s) && button(u"Ada Lovelace"_s), patience);
    QVERIFY(button(u"Visit from afar"_s)->text().startsWith(u"High"_s));
    QTest::mouseClick(button(u"Visit from afar"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().alerts()->isVisible(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().alerts()->currentAlert() != 0, patience);
    driver.shortcut(Qt::Key_6, Qt::AltModifier);
    QTest::mouseClick(button(u"Ada Lovelace"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().profiles()->isVisible(), patience);
    // And back from the alert to the page.
    driver.shortcut(Qt::Key_3, Qt::AltModifier);
    driver.window().entities()->open(store::Entity::address("203.0.113.7"));
    QVERIFY(counted(driver, 2));
    driver.shortcut(Qt::Key_3, Qt::AltModifier);
    QTRY_VERIFY(driver.window().alerts()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().alerts()->actions().openActor->isEnabled(), patience);
    driver.window().alerts()->actions().openActor->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(title(driver), u"ada@example.com"_s, patience);
}

void EntityViewTest::fromFacetsAndAlerts()
{
    WindowDriver &driver = *m_driver;
    look();
    FacetModel &model = driver.events().facets()->model();
    const auto actor = [&]() -> QModelIndex {
        const QModelIndex field = model.index(static_cast<int>(model.paths().indexOf(u"actor.alternateId"_s)), 0);
        return model.index(0, 0, field);
    };
    QTRY_COMPARE_WITH_TIMEOUT(actor().data().toString(), u"ada@example.com"_s, patience);
    driver.activate();
    driver.events().facets()->view()->setFocus();
    driver.events().facets()->view()->setCurrentIndex(actor());
    QTest::keyClick(driver.events().facets()->view(), Qt::Key_Return, Qt::AltModifier);
    QTRY_COMPARE_WITH_TIMEOUT(title(driver), u"ada@example.com"_s, patience);
    QVERIFY(driver.window().entities()->isVisible());
}

void EntityViewTest::newEventsCome()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.window().entities()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
    driver.window().entities()->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 2));
    file.append(sampleEvents(10, 16));
    QVERIFY(counted(driver, 3));
}

void EntityViewTest::everythingHasAName()
{
    WindowDriver &driver = *m_driver;
    look();
    driver.window().entities()->open(store::Entity::actor("ada@example.com"));
    QVERIFY(counted(driver, 3));
    for (QWidget *widget : driver.window().entities()->findChildren<QWidget *>()) {
        if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled()) {
            auto *button = qobject_cast<QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())
                    || widget->parentWidget()->inherits("QAbstractSpinBox"),
                qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        }
    }
}

QTEST_MAIN(EntityViewTest)
#include "tst_entity_view.moc"
