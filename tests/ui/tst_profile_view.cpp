// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/models/ProfileTableModel.h"
#include "ui/profiles/ProfilePage.h"
#include "ui/profiles/ProfileView.h"
#include "ui/widgets/StatePage.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

std::string user(const std::string &name, const std::string &status = "ACTIVE")
{
    return R"({"id":"00u)" + name + R"(","status":")" + status
        + R"(","lastUpdated":"2026-11-20T10:00:00.000Z","profile":{"login":")" + name + R"(@example.com","firstName":")"
        + name + R"(","lastName":"Test","email":")" + name + R"(@example.com"}})";
}

} // namespace

/// The profiles, and how one gets to them and from them to events.
class ProfileViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void viewsHaveKeys();
    void profilesAreShownAndFiltered();
    void fromAProfileToItsEvents();
};

void ProfileViewTest::viewsHaveKeys()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.shortcut(Qt::Key_2, Qt::AltModifier);
    QTRY_VERIFY(driver.window().profiles()->isVisible());
    driver.shortcut(Qt::Key_L, Qt::ControlModifier);
    QVERIFY(driver.window().profiles()->users()->edit()->hasFocus());
    driver.shortcut(Qt::Key_1, Qt::AltModifier);
    QTRY_VERIFY(driver.events().isVisible());
    QVERIFY(driver.table().hasFocus());
}

void ProfileViewTest::profilesAreShownAndFiltered()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    file.putUsers({user("ada"), user("bob", "SUSPENDED"), user("cleo")});
    file.putDevices({R"({"id":"guo1","status":"ACTIVE","lastUpdated":"2026-11-20T10:00:00.000Z",)"
                     R"("profile":{"displayName":"Ada's MacBook","platform":"MACOS","serialNumber":"C02X"}})"});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.window().showView(MainWindow::View::Profiles);
    ProfilePage *users = driver.window().profiles()->users();
    QAbstractItemModelTester tester(users->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(users->model()->rowCount(), 3);
    QTRY_COMPARE(users->table()->currentIndex().row(), 0);
    QCOMPARE(users->model()->index(0, ProfileTableModel::Login).data().toString(), u"ada@example.com"_s);
    QTest::mouseClick(users->edit(), Qt::LeftButton);
    QTest::keyClicks(users->edit(), u"status eq \"SUSPENDED\""_s);
    if (QWidget *popup = QApplication::activePopupWidget()) {
        QTest::keyClick(popup, Qt::Key_Escape);
    }
    QTest::keyClick(users->edit(), Qt::Key_Return);
    QTRY_COMPARE(users->model()->rowCount(), 1);
    QCOMPARE(users->model()->index(0, ProfileTableModel::Status).data().toString(), u"SUSPENDED"_s);
    QTest::keySequence(users->edit(), QKeySequence::SelectAll);
    QTest::keyClicks(users->edit(), u"nobody"_s);
    QTest::keyClick(users->edit(), Qt::Key_Return);
    QTRY_COMPARE(users->model()->rowCount(), 0);
    QTRY_VERIFY(!users->table()->isVisible());
    auto *clear = users->findChild<StatePage *>()->findChild<QAbstractButton *>();
    QTRY_VERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QTRY_COMPARE(users->model()->rowCount(), 3);
    // A refresh brings others while the view is open.
    file.putUsers({user("dan")});
    QTRY_COMPARE(users->model()->rowCount(), 4);

    auto *tabs = driver.window().profiles()->findChild<QTabWidget *>();
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
    ProfilePage *devices = driver.window().profiles()->devices();
    QTRY_VERIFY(devices->isVisible());
    QTRY_COMPARE(devices->model()->rowCount(), 1);
    QCOMPARE(devices->model()->index(0, 0).data().toString(), u"Ada's MacBook"_s);
}

void ProfileViewTest::fromAProfileToItsEvents()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    file.putUsers({user("ada"), user("bob"), user("cleo")});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.window().showView(MainWindow::View::Profiles);
    ProfilePage *users = driver.window().profiles()->users();
    QTRY_COMPARE(users->model()->rowCount(), 3);
    QTRY_VERIFY(users->showEventsAction()->isEnabled());
    users->table()->setFocus();
    QTest::keyClick(users->table(), Qt::Key_Down);
    QTRY_VERIFY(users->showEventsAction()->isEnabled());
    QTest::keyClick(users->table(), Qt::Key_Return);
    QTRY_VERIFY(driver.events().isVisible());
    QCOMPARE(driver.edit().text(), u"actor.alternateId eq \"bob@example.com\""_s);
    QVERIFY(driver.finds(15));
}

QTEST_MAIN(ProfileViewTest)
#include "tst_profile_view.moc"
