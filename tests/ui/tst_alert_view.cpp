// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "AlertSamples.h"
#include "Pictures.h"
#include "ui/MainWindow.h"
#include "ui/alerts/AlertLook.h"
#include "ui/alerts/AlertPane.h"
#include "ui/alerts/AlertTable.h"
#include "ui/alerts/AlertView.h"
#include "ui/alerts/SuppressDialog.h"
#include "ui/alerts/SuppressionsDialog.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/StatePage.h"
#include "ui/window/BannerArea.h"
#include "ui/window/Rail.h"
#include "ui/window/RailButton.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTableWidget>
#include <QTest>
#include <QTreeView>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using store::AlertSeverity;
using store::AlertState;

namespace {

constexpr int patience = 30'000;

template <class T>
T *find(QWidget &parent, const char *name)
{
    auto *found = parent.findChild<T *>(QString::fromLatin1(name));
    if (!found) {
        qFatal("There is no %s.", name);
    }
    return found;
}

/// The window over a store with alerts, at its Alerts view.
class World
{
public:
    explicit World(bool withAlerts = true)
        : samples(file)
    {
        if (withAlerts) {
            samples.raiseMany();
        }
        supervisor = std::make_unique<collect::Supervisor>(file.store(), vault);
        window = std::make_unique<MainWindow>(file.store(), *supervisor, vault);
        window->setRemembering(false);
        window->restoreState();
        window->resize(1280, 800);
        window->show();
        supervisor->start();
        window->showView(MainWindow::View::Alerts);
        (void)QTest::qWaitFor([this] { return view().model()->hasLoaded(); }, patience);
        if (withAlerts) {
            (void)QTest::qWaitFor([this] { return view().pane()->details().has_value(); }, patience);
        }
    }
    AlertView &view() const { return *window->alerts(); }
    int rows() const { return view().model()->rowCount(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(view().table(), key, modifiers);
    }
    void choose(int row) const
    {
        view().table()->selectionModel()->setCurrentIndex(
            view().model()->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    Banner *banner() const { return window->alerts()->findChild<Banner *>(); }
    std::size_t count(AlertState state)
    {
        store::AlertQuery query;
        query.states = {state};
        return samples.list(query).size();
    }

    CaseFile file;
    AlertSamples samples;
    secrets::Vault vault;
    std::unique_ptr<collect::Supervisor> supervisor;
    std::unique_ptr<MainWindow> window;
};

} // namespace

/// The Alerts view, used as a person does.
class TestAlertView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void menusOfferWhatIsSeen();
    void saysThatThereIsNothing();
    void showsAlertsAndDetails();
    void filtersAndGroups();
    void tellsSeveralActors();
    void changesStatesByKeyboardAndUndoes();
    void assignsAndNotes();
    void goesToTheEventsAndBack();
    void suppresses();
    void exportsAndCopies();
    void badgeFollows();
    void remembersHowItWasLeft();
    void looksRight();
};

void TestAlertView::menusOfferWhatIsSeen()
{
    const World world;
    const auto isOffered = [&](const QString &menuTitle, const QAction *action) {
        const auto titles = world.window->menuBar()->actions();
        const auto title = std::ranges::find(titles, menuTitle, &QAction::text);
        if (title == titles.end() || !(*title)->menu()->actions().contains(action)) {
            // What is not there is not offered either, but that is no answer.
            QTest::qFail(qPrintable(menuTitle + u" does not have "_s + action->text()), __FILE__, __LINE__);
            return false;
        }
        (*title)->menu()->popup({});
        const bool isEnabled = action->isEnabled();
        (*title)->menu()->close();
        return isEnabled;
    };
    const auto &alerts = world.view().actions();
    const auto &events = world.window->events()->actions();
    world.window->events()->filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
    events.searchAgain->trigger();
    QTRY_VERIFY(alerts.acknowledge->isEnabled());
    QVERIFY(isOffered(u"&Alerts"_s, alerts.acknowledge));
    for (const QAction *action : {events.copy, events.copyCsv, events.copyJson, events.excludeValue}) {
        QVERIFY2(!isOffered(u"&Edit"_s, action), qPrintable(action->text()));
    }
    QVERIFY(!isOffered(u"&View"_s, events.actorProfile));
    QVERIFY(isOffered(u"&Edit"_s, events.focusFilter));
    world.window->showView(MainWindow::View::Events);
    QVERIFY(!isOffered(u"&Alerts"_s, alerts.acknowledge));
    QVERIFY(!isOffered(u"&Alerts"_s, alerts.remove));
    QVERIFY(isOffered(u"&Alerts"_s, alerts.exportAlerts));
    QTRY_VERIFY(world.window->events()->table()->currentIndex().isValid());
    QVERIFY(isOffered(u"&Edit"_s, events.copy));
    // Nothing of it stays.
    QVERIFY(alerts.acknowledge->isEnabled());
    QVERIFY(!alerts.reopen->isEnabled());
}

void TestAlertView::saysThatThereIsNothing()
{
    World world(false);
    auto *empty = find<StatePage>(world.view(), "noAlerts");
    QTRY_VERIFY_WITH_TIMEOUT(empty->isVisibleTo(&world.view()), patience);
    QCOMPARE(empty->title(), u"No alerts yet"_s);
    QVERIFY(!world.view().pane()->isVisibleTo(&world.view()));
    // The first one appears by itself.
    world.samples.raise(u"Push bombing"_s, u"ann@example.com"_s, AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(world.view().table()->isVisibleTo(&world.view()), patience);
    // All done is something else than nothing yet.
    world.press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(empty->title(), u"Nothing to do"_s, patience);
}

void TestAlertView::showsAlertsAndDetails()
{
    World world;
    QCOMPARE(world.rows(), 10);
    QCOMPARE(find<QLabel>(world.view(), "alertCount")->text(), u"10 alerts"_s);
    world.view().showAlert(world.samples.list({}).back().id);
    const QModelIndex spray = world.view().table()->currentIndex();
    QCOMPARE(world.view().model()->alert(spray)->ruleTitle, u"Password spray"_s);
    AlertPane &pane = *world.view().pane();
    QTRY_COMPARE_WITH_TIMEOUT(pane.details()->alert.ruleTitle, u"Password spray"_s, patience);
    QCOMPARE(find<QLabel>(pane, "alertTitle")->text(), u"Password spray: system@example.com"_s);
    QCOMPARE(find<QLabel>(pane, "alertSeverity")->text(), u"High"_s);
    const QString overview = find<QPlainTextEdit>(pane, "alertOverview")->toPlainText();
    QVERIFY(overview.contains(u"<b>Password spray</b>"_s)); // as it is written
    QVERIFY(overview.contains(u"2. Reset the sessions."_s));
    QVERIFY(overview.contains(u"Credential Access, T1110.003"_s));
    QVERIFY(overview.contains(u"https://attack.mitre.org"_s));
    pane.setCurrentTab(AlertPane::Events);
    auto *events = find<QTableView>(pane, "alertEvents");
    QTRY_COMPARE_WITH_TIMEOUT(events->model()->rowCount(), 24, patience);
    // With the keyboard to the next one.
    world.view().table()->setFocus();
    world.press(Qt::Key_Up);
    QTRY_VERIFY_WITH_TIMEOUT(pane.details() && pane.details()->alert.ruleTitle != u"Password spray"_s, patience);
}

void TestAlertView::filtersAndGroups()
{
    World world;
    find<QComboBox>(world.view(), "alertSeverities")->setCurrentIndex(3);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 5, patience);
    auto *text = find<QLineEdit>(world.view(), "alertText");
    QTest::keyClick(world.window.get(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(text, u"maya"_s);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 2, patience);
    QTest::keyClicks(text, u" nothing"_s);
    auto *empty = find<StatePage>(world.view(), "noAlerts");
    QTRY_COMPARE_WITH_TIMEOUT(empty->title(), u"Nothing matches"_s, patience);
    QTest::mouseClick(empty->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 10, patience);
    find<QComboBox>(world.view(), "alertGrouping")->setCurrentIndex(2);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 6, patience);
    // What is done to a group is done to all in it.
    QTreeView &table = *world.view().table();
    int row = 0;
    while (table.model()->rowCount(table.model()->index(row, 0)) != 3) {
        ++row;
        QVERIFY(row < world.rows());
    }
    QVERIFY(table.isExpanded(table.model()->index(row, 0)));
    table.setCurrentIndex(table.model()->index(row, 0));
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(*world.view().pane(), "alertHint")->isVisible(), patience);
    // The group's heading reaches over the empty cells beside it, up to the count.
    const QModelIndex heading = table.model()->index(row, 0);
    const QRect headingRect = static_cast<AlertTable &>(table).headingRect(heading);
    QVERIFY(headingRect.right() > table.visualRect(heading.siblingAtColumn(AlertModel::Actor)).center().x());
    QVERIFY(headingRect.right() < table.visualRect(heading.siblingAtColumn(AlertModel::Matches)).left());
    table.setCurrentIndex(table.model()->index(row, 0));
    QTRY_VERIFY_WITH_TIMEOUT(world.view().actions().acknowledge->isEnabled(), patience);
    world.press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(world.count(AlertState::Acknowledged), 3U, patience);
}

void TestAlertView::tellsSeveralActors()
{
    store::Alert alert;
    QCOMPARE(actorsText(alert), QString());
    alert.actor = u"maya@example.com"_s;
    alert.actorCount = 1;
    alert.actors = {{alert.actor, 1}};
    QCOMPARE(actorsText(alert), alert.actor);
    alert.actorCount = 1204;
    alert.actors = {{alert.actor, 2000}, {u"omar@example.com"_s, 1}, {u"ann@example.com"_s, 1}};
    QCOMPARE(actorsText(alert), u"maya@example.com +%1"_s.arg(QLocale().toString(1203)));
    QCOMPARE(actorsInFull(alert, 2),
        u"maya@example.com: %1 events\nomar@example.com: 1 event\nand %2 more"_s.arg(
            QLocale().toString(2000), QLocale().toString(1202)));
}

void TestAlertView::changesStatesByKeyboardAndUndoes()
{
    World world;
    world.view().table()->setFocus();
    world.press(Qt::Key_A, Qt::ControlModifier);
    world.press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(world.count(AlertState::Resolved), 10U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 0, patience);
    QTRY_VERIFY_WITH_TIMEOUT(world.banner()->isVisibleTo(&world.view()), patience);
    QCOMPARE(world.banner()->text(), u"10 alerts are resolved."_s);
    QTest::mouseClick(world.banner()->findChild<QPushButton *>(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 10, patience);
    QCOMPARE(world.count(AlertState::Open), 10U);
    QTRY_VERIFY_WITH_TIMEOUT(!world.banner()->isVisibleTo(&world.view()), patience);
    // Deleting, and taking it back.
    world.choose(0);
    world.press(Qt::Key_Delete);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 9, patience);
    QTRY_VERIFY_WITH_TIMEOUT(world.view().actions().undo->isEnabled(), patience);
    world.press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 10, patience);
    // A false positive, and open again.
    world.choose(0);
    world.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE_WITH_TIMEOUT(world.count(AlertState::FalsePositive), 1U, patience);
    find<QComboBox>(world.view(), "alertStates")->setCurrentIndex(4);
    QTRY_COMPARE_WITH_TIMEOUT(world.rows(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(world.view().actions().reopen->isEnabled(), patience);
    world.view().actions().reopen->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(world.count(AlertState::Open), 10U, patience);
}

void TestAlertView::assignsAndNotes()
{
    World world;
    world.view().actions().assign->trigger();
    auto *dialog = world.view().findChild<QInputDialog *>();
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"Ada Byron"_s);
    QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(
        world.view().model()->alert(world.view().table()->currentIndex())->assignee, u"Ada Byron"_s, patience);
    world.window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(world.window.get(), patience));
    world.view().table()->setFocus();
    world.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    auto *note = find<QLineEdit>(*world.view().pane(), "noteEdit");
    QVERIFY(note->isVisibleTo(world.view().pane()));
    QTest::keyClicks(note, u"It was her <i>phone</i>."_s);
    QTest::keyClick(note, Qt::Key_Return);
    auto *notes = find<QPlainTextEdit>(*world.view().pane(), "alertNotes");
    QTRY_VERIFY_WITH_TIMEOUT(notes->toPlainText().contains(u"It was her <i>phone</i>."_s), patience);
    QVERIFY(notes->toPlainText().contains(u"Assigned to Ada Byron"_s));
    QVERIFY(note->text().isEmpty());
}

void TestAlertView::goesToTheEventsAndBack()
{
    World world;
    FilterBar *bar = world.window->events()->filterBar();
    bar->timeRange()->setPreset(TimeRangeChoice::Preset::LastHour);
    bar->setFilter(u"actor.type eq \"User\""_s);
    world.view().showAlert(world.samples.list({}).back().id);
    QTRY_VERIFY_WITH_TIMEOUT(world.view().actions().showEvents->isEnabled(), patience);
    const store::AlertId id = world.view().currentAlert();
    world.press(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(world.window->events()->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(world.window->events()->model().rowCount(), 24, patience);
    auto *back = world.window->findChild<BannerArea *>()->banner(u"alert"_s);
    QVERIFY(back && back->text().contains(u"Password spray"_s));
    QTest::mouseClick(back->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(world.view().isVisible());
    QCOMPARE(world.view().currentAlert(), id);
    QCOMPARE(bar->filter(), u"actor.type eq \"User\""_s);
    QCOMPARE(bar->timeRange()->preset(), TimeRangeChoice::Preset::LastHour);
    QVERIFY(!world.window->findChild<BannerArea *>()->banner(u"alert"_s));
}

void TestAlertView::suppresses()
{
    Appearance appearance(*qApp);
    World world;
    world.view().actions().suppress->trigger();
    auto *dialog = world.view().findChild<SuppressDialog *>();
    QVERIFY(dialog);
    auto *filter = find<QLineEdit>(*dialog, "suppressFilter");
    auto *store = find<QPushButton>(*dialog, "suppress");
    QVERIFY(filter->text().startsWith(u"actor.alternateId eq \""_s));
    QVERIFY(store->isEnabled());
    const QString good = filter->text();
    filter->setText(u"actor.alternateId eq"_s);
    QVERIFY(!store->isEnabled());
    QVERIFY(find<QLabel>(*dialog, "suppressError")->isVisibleTo(dialog));
    filter->setText(good);
    QVERIFY(store->isEnabled());
    QVERIFY(tests::keepPictures(*dialog, u"suppress"_s, appearance));
    find<QLineEdit>(*dialog, "suppressReason")->setText(u"She travels."_s);
    QTest::mouseClick(store, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(world.banner()->isVisibleTo(&world.view()), patience);
    QVERIFY(world.banner()->text().startsWith(u"Suppressed until"_s));

    world.view().actions().suppressions->trigger();
    auto *list = world.view().findChild<SuppressionsDialog *>();
    QVERIFY(list);
    auto *table = find<QTableWidget>(*list, "suppressions");
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 1, patience);
    QCOMPARE(table->item(0, 1)->text(), good);
    QVERIFY(tests::keepPictures(*list, u"suppressions"_s, appearance));
    table->selectRow(0);
    QTest::mouseClick(find<QPushButton>(*list, "endSuppression"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 0, patience);
    // One that was not meant is taken back.
    world.view().actions().suppress->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(world.view().findChild<SuppressDialog *>(), patience);
    QTest::mouseClick(find<QPushButton>(*world.view().findChild<SuppressDialog *>(), "suppress"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(world.view().actions().undo->isEnabled(), patience);
    world.view().actions().undo->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 0, patience);
}

void TestAlertView::exportsAndCopies()
{
    World world;
    const QTemporaryDir folder;
    const QString csv = folder.filePath(u"alerts.csv"_s);
    world.view().exportTo(csv);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(csv), patience);
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QCOMPARE(lines.size(), 12); // a header, ten, and nothing after the last line's end
    QVERIFY(lines.front().startsWith("id,severity,state,title"));
    const QString json = folder.filePath(u"alerts.json"_s);
    world.view().exportTo(json);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(json), patience);
    QFile whole(json);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const auto elements = event::splitArray(whole.readAll().toStdString());
    QVERIFY(elements);
    QCOMPARE(elements->size(), 10U);
    QTRY_VERIFY_WITH_TIMEOUT(world.banner()->text().contains(u"alerts.json"_s), patience);
    QVERIFY(!world.banner()->findChild<QPushButton *>()->isVisibleTo(world.banner())); // there is nothing to undo
    world.view().exportTo(u"/proc/none/alerts.csv"_s);
    QTRY_VERIFY_WITH_TIMEOUT(world.banner()->text().contains(u"/proc/none"_s), patience);

    world.view().table()->setFocus();
    world.press(Qt::Key_A, Qt::ControlModifier);
    world.view().actions().copy->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n').size(), 10);
}

void TestAlertView::badgeFollows()
{
    World world;
    auto *rail = world.window->findChild<Rail *>();
    const auto badge = [rail] { return rail->findChildren<RailButton *>().at(2)->badge(); };
    QTRY_COMPARE_WITH_TIMEOUT(badge(), u"10"_s, patience);
    world.view().actions().acknowledge->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(badge(), u"9"_s, patience);
    world.view().table()->selectAll();
    world.view().actions().resolve->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(badge(), QString(), patience);
    // Keys of the rail.
    QTest::keyClick(world.window.get(), Qt::Key_4, Qt::AltModifier);
    QVERIFY(!world.view().isVisible());
    QTest::keyClick(world.window.get(), Qt::Key_3, Qt::AltModifier);
    QVERIFY(world.view().isVisible());
}

void TestAlertView::remembersHowItWasLeft()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
    World world;
    find<QComboBox>(world.view(), "alertSeverities")->setCurrentIndex(2);
    find<QComboBox>(world.view(), "alertGrouping")->setCurrentIndex(1);
    world.view().pane()->setCurrentTab(AlertPane::Notes);
    world.view().saveState(settings);
    World other;
    other.view().restoreState(settings);
    QCOMPARE(find<QComboBox>(other.view(), "alertSeverities")->currentIndex(), 2);
    QCOMPARE(find<QComboBox>(other.view(), "alertGrouping")->currentIndex(), 1);
    QCOMPARE(other.view().pane()->currentTab(), static_cast<int>(AlertPane::Notes));
    QTRY_VERIFY_WITH_TIMEOUT(other.view().model()->grouping() == AlertModel::Grouping::Rule, patience);
}

void TestAlertView::looksRight()
{
    Appearance appearance(*qApp);
    World world;
    world.window->offerAppearance(appearance);
    appearance.setChoice(Appearance::Choice::Light);
    const auto alerts = world.samples.list({});
    world.samples.alerts().setState({alerts[1].id, alerts[2].id}, AlertState::Acknowledged);
    world.samples.alerts().setAssignee({alerts[1].id}, u"Ada Byron"_s);
    world.view().showAlert(alerts.back().id);
    QTRY_COMPARE_WITH_TIMEOUT(world.view().pane()->details()->alert.id, alerts.back().id, patience);
    QTest::qWait(500);
    QVERIFY(tests::keepPicture(*world.window, u"alerts"_s));
    appearance.setChoice(Appearance::Choice::Dark);
    world.view().pane()->setCurrentTab(AlertPane::Events);
    find<QComboBox>(world.view(), "alertGrouping")->setCurrentIndex(2);
    QTest::qWait(700);
    QVERIFY(tests::keepPicture(*world.window, u"alerts"_s));
}

QTEST_MAIN(TestAlertView)
#include "tst_alert_view.moc"
