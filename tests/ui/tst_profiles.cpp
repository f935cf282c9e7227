// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "store/Profiles.h"
#include "ui/MainWindow.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FilterCompletion.h"
#include "ui/events/FilterEdit.h"
#include "ui/models/ProfileHistoryModel.h"
#include "ui/models/ProfileTableModel.h"
#include "ui/profiles/ProfileDetails.h"
#include "ui/profiles/ProfileLinks.h"
#include "ui/profiles/ProfilePage.h"
#include "ui/profiles/ProfileView.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/Banner.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using store::ProfileKind;

namespace {

constexpr int patience = 30'000; // the machine may be busy

std::string user(
    int number, const std::string &name, const std::string &department, const std::string &status = "ACTIVE")
{
    return R"({"id":"00u)" + std::to_string(number) + R"(","status":")" + status
        + R"(","created":"2025-01-01T08:00:00.000Z","lastLogin":"2026-11-20T08:00:00.000Z",)"
        + R"("lastUpdated":"2026-11-20T08:00:00.000Z","profile":{"login":"user)" + std::to_string(number)
        + R"(@acme.example","displayName":")" + name + R"(","department":")" + department
        + R"(","title":"Analyst","manager":"Mo Chief","favouriteColour":"teal"}})";
}

std::string device(int number, const std::string &owner)
{
    return R"({"id":"guo)" + std::to_string(number) + R"(","status":"ACTIVE","profile":{"displayName":"LKS-MAC-)"
        + std::to_string(number) + R"(","platform":"MACOS","model":"MacBook Pro","osVersion":"15.5","serialNumber":"S)"
        + std::to_string(number) + R"("},"_embedded":{"users":[{"managementStatus":"MANAGED","user":{"id":")" + owner
        + R"(","profile":{"login":"user@acme.example"}}}]}})";
}

std::string signIn(int n, const std::string &actor, const std::string &extra = {})
{
    return R"({"uuid":"e)" + std::to_string(n) + R"(","published":"2026-11-23T08:00:)" + std::to_string(10 + n)
        + R"(.000Z","eventType":"user.session.start","displayMessage":"User login to Okta","actor":{"id":")" + actor
        + R"(","type":"User","alternateId":"login-of-)" + actor + R"("})" + extra + "}";
}

QString textAt(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

/// The profiles as a person goes about them, and the ways between them and the events.
class TestProfiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init();
    void cleanup();
    void listsAndDescribes();
    void filtersAndTellsErrors();
    void narrowsFromACell();
    void tellsWhatChanged();
    void marksTheDeletedTwice();
    void leadsBetweenUsersAndDevices();
    void leadsToEventsAndBack();
    void columnsOfTheActor();
    void followsLiveEventsByProfile();
    void completesPaths();
    void emptyAndFailedStates();
    void columnChoiceIsRemembered();
    void looksRightInBothAppearances();

private:
    void put(ProfileKind kind, const std::vector<std::string> &profiles, std::int64_t listing = 0)
    {
        std::optional<store::ProfileProgress> progress;
        if (listing > 0) {
            progress.emplace();
            progress->listing = listing;
        }
        auto done = store::Profiles(*m_file->store()).put({m_file->source(), kind, profiles, progress, listing > 0});
        QVERIFY(QTest::qWaitFor([&] { return done.isFinished(); }, patience));
        QVERIFY(done.result());
    }
    ProfilePage &users() { return *m_window->profiles()->users(); }
    ProfilePage &devices() { return *m_window->profiles()->devices(); }
    void type(QWidget *widget, const QString &text)
    {
        auto *edit = qobject_cast<QLineEdit *>(widget);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClick(edit, Qt::Key_Delete);
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Escape); // the completion's list
        QTest::keyClick(edit, Qt::Key_Return);
    }

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<secrets::Vault> m_vault;
    std::unique_ptr<collect::Supervisor> m_supervisor;
    std::unique_ptr<MainWindow> m_window;
};

void TestProfiles::init()
{
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_vault = std::make_unique<secrets::Vault>();
    m_supervisor = std::make_unique<collect::Supervisor>(m_file->store(), *m_vault);
    put(ProfileKind::User,
        {user(1, "Ada Byron", "Finance"), user(2, "Ben Cole", "Sales"),
            user(3, "Cleo Dale", "Finance", "DEPROVISIONED"), user(4, "Dan Ember", "Legal")},
        1);
    put(ProfileKind::User,
        {user(1, "Ada Byron", "Treasury"), user(2, "Ben Cole", "Sales"),
            user(3, "Cleo Dale", "Finance", "DEPROVISIONED")},
        2); // Dan is gone
    put(ProfileKind::Device, {device(1, "00u1"), device(2, "00u1"), device(3, "00u2")}, 1);
    m_file->append({signIn(1, "00u1", R"(,"device":{"id":"guo1"},"target":[{"id":"00u2","type":"User"}])"),
        signIn(2, "00u2"), signIn(3, "00uStranger")});
    m_window = std::make_unique<MainWindow>(m_file->store(), *m_supervisor, *m_vault);
    m_window->resize(1280, 800);
    m_window->restoreState();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    QTRY_COMPARE_WITH_TIMEOUT(users().model()->rowCount(), 4, patience);
    QTRY_COMPARE_WITH_TIMEOUT(devices().model()->rowCount(), 3, patience);
    // All time, once it is seen that there are none of the last days.
    QTRY_COMPARE_WITH_TIMEOUT(m_window->events()->model().rowCount(), 3, patience);
}

void TestProfiles::cleanup()
{
    m_window.reset();
    m_supervisor.reset();
    m_vault.reset();
    m_file.reset();
}

void TestProfiles::listsAndDescribes()
{
    const QAbstractItemModelTester tester(users().model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_window->showView(MainWindow::View::Profiles);
    QCOMPARE(textAt(*users().model(), 0, ProfileTableModel::Name), u"Ada Byron"_s);
    QCOMPARE(textAt(*users().model(), 0, ProfileTableModel::First), u"Treasury"_s);
    QCOMPARE(textAt(*users().model(), 0, ProfileTableModel::Second), u"Analyst"_s);
    QCOMPARE(textAt(*users().model(), 0, ProfileTableModel::Third), u"Mo Chief"_s);
    QCOMPARE(textAt(*devices().model(), 0, ProfileTableModel::First), u"MACOS"_s);
    // Every field can be read, also those of which nobody has heard.
    const auto shows = [this](const QString &text) {
        const auto labels = users().details()->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text() == text; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(shows(u"teal"_s), patience);
    QVERIFY(shows(u"favouriteColour"_s) && shows(u"Treasury"_s) && shows(u"2026-11-20 08:00:00.000 UTC"_s));
    users().table()->setFocus();
    QTest::keyClick(users().table(), Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(shows(u"Ben Cole"_s), patience);
    for (const int column : {0, 3, 6}) {
        users().table()->sortByColumn(column, Qt::DescendingOrder);
        QTest::qWait(0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(users().model()->rowCount(), 4, patience);
}

void TestProfiles::filtersAndTellsErrors()
{
    m_window->showView(MainWindow::View::Profiles);
    type(users().edit(), u"profile.department eq \"Treasury\""_s);
    QTRY_COMPARE_WITH_TIMEOUT(users().model()->rowCount(), 1, patience);
    type(users().edit(), u"profile.department eq"_s);
    QVERIFY(users().edit()->hasError());
    QCOMPARE(users().model()->rowCount(), 1);
    type(users().edit(), u"nobody-is-called-so"_s);
    QTRY_COMPARE_WITH_TIMEOUT(users().model()->rowCount(), 0, patience);
    QVERIFY(!users().table()->isVisible());
    type(users().edit(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(users().model()->rowCount(), 4, patience);
}

void TestProfiles::narrowsFromACell()
{
    m_window->showView(MainWindow::View::Profiles);
    users().table()->setCurrentIndex(users().model()->index(1, ProfileTableModel::First));
    Q_EMIT users().table()->customContextMenuRequested(
        users().table()->visualRect(users().table()->currentIndex()).center());
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    const auto actions = menu->actions();
    const auto filter = std::ranges::find_if(
        actions, [](const QAction *action) { return action->text() == u"Filter to this value"_s; });
    QVERIFY(filter != actions.end());
    (*filter)->trigger();
    menu->close();
    QTRY_COMPARE_WITH_TIMEOUT(users().model()->rowCount(), 1, patience);
    QCOMPARE(users().edit()->text(), u"profile.department eq \"Sales\""_s);
}

void TestProfiles::tellsWhatChanged()
{
    m_window->showView(MainWindow::View::Profiles);
    auto *model = qobject_cast<ProfileHistoryModel *>(users().details()->history()->model());
    QVERIFY(model);
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 2, patience);
    QCOMPARE(textAt(*model, 0, ProfileHistoryModel::What), u"department"_s);
    QCOMPARE(textAt(*model, 0, ProfileHistoryModel::Before), u"Finance"_s);
    QCOMPARE(textAt(*model, 0, ProfileHistoryModel::After), u"Treasury"_s);
    QCOMPARE(textAt(*model, 1, ProfileHistoryModel::What), u"First received"_s);
    QVERIFY(model->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"from Finance to Treasury"_s));
    // A change that comes while the window is open is shown, and the place is kept.
    put(ProfileKind::User, {user(1, "Ada Byron", "Board")});
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 3, patience);
    QCOMPARE(users().table()->currentIndex().row(), 0);
}

void TestProfiles::marksTheDeletedTwice()
{
    const ProfileTableModel &model = *users().model();
    const int row = model.rowOf(u"00u4"_s);
    QVERIFY(row >= 0);
    const QModelIndex status = model.index(row, ProfileTableModel::Status);
    QCOMPARE(status.data().toString(), u"ACTIVE, deleted"_s); // a word
    QVERIFY(!status.data(Qt::DecorationRole).isNull()); // and an icon, beside the colour
    QVERIFY(model.index(row, 0).data(Qt::FontRole).value<QFont>().strikeOut());
    QVERIFY(model.index(row, 0).data(Qt::AccessibleTextRole).toString().contains(u"deleted"_s));
    const QModelIndex left = model.index(model.rowOf(u"00u3"_s), ProfileTableModel::Status);
    QCOMPARE(left.data().toString(), u"DEPROVISIONED"_s);
    QVERIFY(!left.data(Qt::DecorationRole).isNull());
}

void TestProfiles::leadsBetweenUsersAndDevices()
{
    m_window->showView(MainWindow::View::Profiles);
    QListWidget *list = users().details()->related();
    QTRY_COMPARE_WITH_TIMEOUT(list->count(), 2, patience);
    users().details()->tabs()->setCurrentWidget(list);
    list->setFocus();
    list->setCurrentRow(1);
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(devices().isVisible(), patience);
    const auto current = [](const ProfilePage &page) {
        const store::Profile *profile = page.model()->profile(page.table()->currentIndex().row());
        return profile ? profile->id : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(current(devices()), u"guo2"_s, patience);
    QListWidget *owners = devices().details()->related();
    QTRY_VERIFY_WITH_TIMEOUT(owners->count() == 1 && owners->item(0)->text().contains(u"Ada Byron"_s), patience);
    users().edit()->setText(u"profile.department eq \"Sales\""_s);
    Q_EMIT users().edit()->applied();
    QTRY_COMPARE_WITH_TIMEOUT(users().model()->rowCount(), 1, patience);
    // The filter that would hide her is cleared.
    devices().details()->tabs()->setCurrentWidget(owners);
    owners->setCurrentRow(0);
    QTest::keyClick(owners, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(current(users()), u"00u1"_s, patience);
    QTRY_VERIFY_WITH_TIMEOUT(users().isVisible(), patience);
}

void TestProfiles::leadsToEventsAndBack()
{
    EventView &events = *m_window->events();
    QTRY_COMPARE_WITH_TIMEOUT(events.model().rowCount(), 3, patience);
    const auto row = events.model().rowOf(1);
    QVERIFY(row);
    events.table()->setFocus();
    events.table()->setCurrentIndex(events.model().index(*row, 0));
    // The pane links all of whom the event speaks.
    auto *links = events.details()->findChild<ProfileLinks *>();
    QVERIFY(links);
    QTRY_COMPARE_WITH_TIMEOUT(links->buttons().size(), 3, patience);
    QVERIFY(
        links->buttons()[0]->text().contains(u"Ada Byron"_s) && links->buttons()[0]->text().contains(u"Treasury"_s));
    QVERIFY(links->buttons()[1]->text().startsWith(u"Target"_s));
    QTest::mouseClick(links->buttons()[2], Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(devices().isVisible(), patience);
    // By key, to the actor.
    m_window->showView(MainWindow::View::Events);
    events.table()->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(users().isVisible(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(users().table()->currentIndex().row(), users().model()->rowOf(u"00u1"_s), patience);
    // And back to the events of a user, whose login is what they are found by.
    users().showId(u"00u2"_s);
    QTRY_COMPARE_WITH_TIMEOUT(users().table()->currentIndex().row(), users().model()->rowOf(u"00u2"_s), patience);
    QTRY_VERIFY_WITH_TIMEOUT(users().showEventsAction()->isEnabled(), patience);
    users().showEventsAction()->trigger();
    QVERIFY(events.isVisible());
    QCOMPARE(events.filterBar()->filter(), u"actor.alternateId eq \"user2@acme.example\""_s);
    // Of whom the store has no profile, it says so.
    events.filterBar()->setFilter({});
    QTRY_COMPARE_WITH_TIMEOUT(events.model().rowCount(), 3, patience);
    events.table()->setCurrentIndex(events.model().index(*events.model().rowOf(3), 0));
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier);
    const auto told = [this] {
        const auto labels = m_window->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [](const QLabel *label) { return label->text().contains(u"00uStranger"_s); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(told(), patience);
    QVERIFY(events.isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(links->buttons().isEmpty(), patience);
}

void TestProfiles::columnsOfTheActor()
{
    EventView &events = *m_window->events();
    const QAbstractItemModelTester tester(&events.model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE_WITH_TIMEOUT(events.model().rowCount(), 3, patience);
    QHeaderView *header = events.table()->horizontalHeader();
    QVERIFY(header->isSectionHidden(firstProfileColumn));
    for (int column = firstProfileColumn; column < eventColumnCount; ++column) {
        events.table()->columnActions()[column]->trigger();
        QVERIFY(!header->isSectionHidden(column));
    }
    const auto shown = [&](EventColumn column, store::Seq seq) {
        return textAt(events.model(), events.model().rowOf(seq).value_or(0), static_cast<int>(column));
    };
    QTRY_COMPARE_WITH_TIMEOUT(shown(EventColumn::ActorDepartment, 1), u"Treasury"_s, patience);
    QCOMPARE(shown(EventColumn::ActorTitle, 1), u"Analyst"_s);
    QCOMPARE(shown(EventColumn::ActorManager, 1), u"Mo Chief"_s);
    QCOMPARE(shown(EventColumn::ActorStatus, 1), u"ACTIVE"_s);
    QCOMPARE(shown(EventColumn::ActorDepartment, 3), QString());
    // What changes is shown; a click on the header, which cannot sort, leaves the order alone.
    put(ProfileKind::User, {user(1, "Ada Byron", "Board")});
    QTRY_COMPARE_WITH_TIMEOUT(shown(EventColumn::ActorDepartment, 1), u"Board"_s, patience);
    Q_EMIT header->sectionClicked(firstProfileColumn);
    QCOMPARE(header->sortIndicatorSection(), static_cast<int>(EventColumn::Time));
    // And can be filtered to.
    events.table()->setCurrentIndex(events.model().index(*events.model().rowOf(1), firstProfileColumn));
    events.actions().filterToValue->trigger();
    QCOMPARE(events.filterBar()->filter(), u"actor.profile.department eq \"Board\""_s);
    QTRY_COMPARE_WITH_TIMEOUT(events.model().rowCount(), 1, patience);
}

void TestProfiles::followsLiveEventsByProfile()
{
    EventView &events = *m_window->events();
    events.filterBar()->setFilter(u"actor.profile.department eq \"Sales\""_s);
    QTRY_COMPARE_WITH_TIMEOUT(events.model().rowCount(), 1, patience);
    m_file->append({signIn(4, "00u2"), signIn(5, "00u1")});
    QTRY_COMPARE_WITH_TIMEOUT(events.model().rowCount(), 2, patience);
    // Somebody who moves: their next events match, too.
    put(ProfileKind::User, {user(1, "Ada Byron", "Sales")});
    m_file->append({signIn(6, "00u1")});
    QTRY_VERIFY_WITH_TIMEOUT(events.model().rowOf(6), patience);
}

void TestProfiles::completesPaths()
{
    const auto offered = [](const QString &text) { return completeFilter(text, text.size()).candidates; };
    QVERIFY(offered(u"actor.profile.dep"_s).contains(u"actor.profile.department"_s));
    QVERIFY(offered(u"target.profile.ti"_s).contains(u"target.profile.title"_s));
    QVERIFY(offered(u"device.profile.pl"_s).contains(u"device.profile.platform"_s));
    QVERIFY(offered(u"actor.profile.status eq "_s).contains(u"\"SUSPENDED\""_s));
}

void TestProfiles::emptyAndFailedStates()
{
    CaseFile empty;
    ProfilePage page(empty.store(), ProfileKind::Device);
    page.resize(800, 500);
    page.show();
    const auto says = [&page](const QString &words) {
        const auto labels = page.findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(words); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(u"No devices yet"_s), patience);
    QVERIFY(says(u"Identity Engine"_s));
    QVERIFY(!page.details()->isVisible());
    QVERIFY(!page.table()->accessibleName().isEmpty());
    QVERIFY(!page.details()->accessibleName().isEmpty());
}

void TestProfiles::columnChoiceIsRemembered()
{
    users().columnActions()[ProfileTableModel::Login]->trigger();
    QVERIFY(users().table()->isColumnHidden(ProfileTableModel::Login));
    m_window->events()->table()->columnActions()[firstProfileColumn]->trigger();
    m_window->saveState();
    m_window = std::make_unique<MainWindow>(m_file->store(), *m_supervisor, *m_vault);
    m_window->restoreState();
    QVERIFY(users().table()->isColumnHidden(ProfileTableModel::Login));
    QVERIFY(!users().columnActions()[ProfileTableModel::Login]->isChecked());
    QVERIFY(!m_window->events()->table()->isColumnHidden(firstProfileColumn));
    QVERIFY(m_window->events()->table()->isColumnHidden(firstProfileColumn + 1));
}

void TestProfiles::looksRightInBothAppearances()
{
    Appearance appearance(*qApp);
    m_window->offerAppearance(appearance);
    QDir().mkpath(u"screenshots"_s);
    for (const bool dark : {false, true}) {
        appearance.setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
        const QString suffix = dark ? u"-dark.png"_s : u"-light.png"_s;
        m_window->showView(MainWindow::View::Profiles);
        users().showId(dark ? u"00u4"_s : u"00u1"_s);
        users().details()->tabs()->setCurrentIndex(dark ? 1 : 0);
        QTest::qWait(400);
        QVERIFY(m_window->grab().save(u"screenshots/profile-users"_s + suffix));
        m_window->showView(MainWindow::View::Events);
        m_window->events()->table()->setCurrentIndex(
            m_window->events()->model().index(*m_window->events()->model().rowOf(1), 0));
        QTest::qWait(400);
        QVERIFY(m_window->grab().save(u"screenshots/profile-links"_s + suffix));
    }
}

QTEST_MAIN(TestProfiles)
#include "tst_profiles.moc"
