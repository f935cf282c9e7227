// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "AlertSamples.h"
#include "ui/MainWindow.h"
#include "ui/desktop/Autostart.h"
#include "ui/desktop/DesktopNotifier.h"
#include "ui/desktop/PreferencesDialog.h"
#include "ui/desktop/TrayIcon.h"

#include <QAction>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using store::AlertSeverity;

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

} // namespace

/// What the application does outside its window.
class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsPreferences();
    void preferencesSayWhatIsWrong();
    void startsAtLogin();
    void tellsAlertsTogether();
    void tellsOnlyWhatIsWanted();
    void trayTellsHowThingsStand();
};

void TestDesktop::keepsPreferences()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
    Preferences preferences = Preferences::load(settings);
    QCOMPARE(preferences, Preferences());
    // Off by default, but for the notification of what is grave.
    QVERIFY(preferences.notify[4] && preferences.notify[3] && !preferences.notify[2]);
    QVERIFY(!preferences.sound && !preferences.closeToTray && preferences.routes[4].webhook.isEmpty());
    preferences.notify[0] = true;
    preferences.sound = true;
    preferences.closeToTray = true;
    preferences.routes[4] = {u"https://hooks.example.com/x?y=1"_s, u"/bin/true --alert \"a b\""_s};
    preferences.save(settings);
    QCOMPARE(Preferences::load(settings), preferences);
}

void TestDesktop::preferencesSayWhatIsWrong()
{
    auto *dialog = new PreferencesDialog({}, false, true);
    QSignalSpy chosen(dialog, &PreferencesDialog::chosen);
    dialog->show();
    auto *ok = find<QPushButton>(*dialog, "preferencesOk");
    auto *error = find<QLabel>(*dialog, "preferencesError");
    auto *webhook = find<QLineEdit>(*dialog, "webhook4");
    QVERIFY(ok->isEnabled() && !error->isVisible());
    for (const QString &bad : {u"hooks.example.com"_s, u"ftp://hooks.example.com"_s, u"http://hooks.example.com/x"_s,
             u"https://me:secret@hooks.example.com/x"_s, u"javascript:alert(1)"_s}) {
        webhook->setText(bad);
        QVERIFY2(!ok->isEnabled() && error->isVisible(), qPrintable(bad));
    }
    webhook->setText(u"http://127.0.0.1:8080/x"_s);
    QVERIFY(ok->isEnabled());
    auto *command = find<QLineEdit>(*dialog, "command3");
    command->setText(u"/no/such/program"_s);
    QVERIFY(!ok->isEnabled());
    QVERIFY(error->text().contains(u"/no/such/program"_s));
    QVERIFY(dialog->grab().save(u"screenshots/preferences-error.png"_s) || QDir().mkpath(u"screenshots"_s));
    command->setText(u"true"_s);
    QVERIFY(ok->isEnabled() && !error->isVisible());
    // A test goes to what is written there, chosen or not, and says what came of it.
    QVERIFY(find<QCheckBox>(*dialog, "notify4")->hasFocus() || !dialog->isActiveWindow());
    QSignalSpy test(dialog, &PreferencesDialog::testRequested);
    auto *send = find<QPushButton>(*dialog, "sendTest");
    QTest::mouseClick(send, Qt::LeftButton);
    QCOMPARE(test.size(), 1);
    const auto routes = test.front().front().value<notify::AlertForwarder::Routes>();
    QCOMPARE(routes[3].command, u"true"_s);
    dialog->showTested(u"true"_s, {});
    dialog->showTested(u"127.0.0.1"_s, u"the answer was HTTP 401"_s);
    QCOMPARE(
        find<QLabel>(*dialog, "testResult")->text(), u"Arrived at true.\nNot at 127.0.0.1: the answer was HTTP 401."_s);
    QVERIFY(dialog->grab().save(u"screenshots/preferences-test.png"_s) || QDir().mkpath(u"screenshots"_s));
    find<QCheckBox>(*dialog, "closeToTray")->setChecked(true);
    find<QCheckBox>(*dialog, "notify0")->setChecked(true);
    QTest::mouseClick(ok, Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    const auto preferences = chosen.front().front().value<Preferences>();
    QVERIFY(preferences.closeToTray && preferences.notify[0]);
    QCOMPARE(preferences.routes[3].command, u"true"_s);
    QCOMPARE(preferences.routes[4].webhook, u"http://127.0.0.1:8080/x"_s);
    // Where there is no tray, closing to it is not offered.
    PreferencesDialog none({}, false, false);
    QVERIFY(!find<QPushButton>(none, "sendTest")->isEnabled()); // there is nowhere to send it
    QVERIFY(!find<QCheckBox>(none, "closeToTray")->isEnabled());
}

void TestDesktop::startsAtLogin()
{
    QVERIFY(!autostart::isEnabled());
    QVERIFY(autostart::setEnabled(true, u"/opt/my programs/octo\"trail"_s));
    QVERIFY(autostart::isEnabled());
    QFile entry(autostart::file());
    QVERIFY(entry.open(QIODevice::ReadOnly));
    const QByteArray text = entry.readAll();
    QVERIFY2(text.contains("Exec=\"/opt/my programs/octo\\\\\"trail\" --minimized\n"), text.constData());
    QVERIFY(autostart::setEnabled(false, {}));
    QVERIFY(!autostart::isEnabled());
    QVERIFY(autostart::setEnabled(false, {}));
}

void TestDesktop::tellsAlertsTogether()
{
    CaseFile file;
    AlertSamples samples(file);
    DesktopNotifier notifier(samples.alerts());
    notifier.setGathering(300ms);
    QSignalSpy told(&notifier, &DesktopNotifier::told);
    QStringList shown;
    notifier.setFallback([&](const QString &title, const QString &text) { shown << title + u"|"_s + text; });
    samples.raise(u"Push bombing"_s, u"ann@example.com"_s, AlertSeverity::High);
    const auto id = samples.raise(u"Session stolen"_s, u"<b>bob</b>\u202e\nx"_s, AlertSeverity::Critical);
    QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), patience);
    QTest::qWait(400);
    DesktopNotifier::Message last;
    qint64 alerts = 0;
    for (const auto &arguments : told) {
        last = arguments.front().value<DesktopNotifier::Message>();
        ++alerts;
    }
    QVERIFY(alerts <= 2); // one, if the machine was quick
    QCOMPARE(last.alert, id);
    QCOMPARE(last.severity, AlertSeverity::Critical);
    QVERIFY(!last.text.contains(QChar(0x202e)));
    // There is no service in a test: it is told by other means.
    QTRY_COMPARE_WITH_TIMEOUT(shown.size(), static_cast<qsizetype>(alerts), patience);

    std::vector<store::Alert> many = samples.list();
    for (int i = 0; i < 5; ++i) {
        many.push_back(many.front());
    }
    const auto message = DesktopNotifier::messageFor(many);
    QVERIFY2(message.title.contains(u"7 new alerts"_s), qPrintable(message.title));
    QVERIFY(message.text.contains(u"and 4 more"_s));
}

void TestDesktop::tellsOnlyWhatIsWanted()
{
    CaseFile file;
    AlertSamples samples(file);
    DesktopNotifier notifier(samples.alerts());
    notifier.setGathering(10ms);
    QSignalSpy told(&notifier, &DesktopNotifier::told);
    samples.raise(u"A"_s, u"ann@example.com"_s, AlertSeverity::Medium);
    QTest::qWait(200);
    QVERIFY(told.isEmpty());
    Preferences preferences;
    preferences.notify[2] = true;
    notifier.setPreferences(preferences);
    samples.raise(u"B"_s, u"ann@example.com"_s, AlertSeverity::Medium);
    QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, patience);
}

void TestDesktop::trayTellsHowThingsStand()
{
    CaseFile file;
    secrets::Vault vault;
    collect::Supervisor supervisor(file.store(), vault);
    TrayIcon tray(supervisor);
    QCOMPARE(tray.state(), TrayIcon::State::Quiet);
    store::AlertCounts counts;
    counts.of[0][static_cast<std::size_t>(AlertSeverity::Low)] = 2;
    tray.setOpenAlerts(counts);
    QCOMPARE(tray.state(), TrayIcon::State::Quiet);
    QVERIFY(tray.summary().contains(u"2 open alerts"_s));
    counts.of[0][static_cast<std::size_t>(AlertSeverity::High)] = 1;
    tray.setOpenAlerts(counts);
    QCOMPARE(tray.state(), TrayIcon::State::Alerts);
    tray.setOpenAlerts({});
    // A source without a token needs attention.
    supervisor.start();
    store::SourceConfig source;
    source.name = u"Acme"_s;
    source.origin = QUrl(u"https://acme.okta.com"_s);
    supervisor.put(source, {}, secrets::Vault::Place::Session);
    QTRY_COMPARE_WITH_TIMEOUT(tray.state(), TrayIcon::State::Trouble, patience);
    QVERIFY(tray.summary().contains(u"Acme"_s));
    QSignalSpy quit(&tray, &TrayIcon::quitRequested);
    QSignalSpy open(&tray, &TrayIcon::openRequested);
    const QList<QAction *> actions = tray.menu()->actions();
    QCOMPARE(actions.size(), 5); // with two separators
    actions[0]->trigger();
    actions[4]->trigger();
    QCOMPARE(open.size(), 1);
    QCOMPARE(quit.size(), 1);
    // Pausing goes for all, and turns into resuming.
    actions[2]->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(tray.state(), TrayIcon::State::Paused, patience);
    QVERIFY(actions[2]->text().contains(u"Resume"_s));
    actions[2]->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(tray.state() != TrayIcon::State::Paused, patience);
}

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
