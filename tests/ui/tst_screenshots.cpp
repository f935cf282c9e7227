// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "simulator/Simulator.h"
#include "ui/MainWindow.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/style/Appearance.h"

#include <QDir>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <set>

using namespace octotrail;
using namespace octotrail::ui;

namespace {

/// Writes what the window shows into the folder screenshots of the build, where a person can look at it; README shows
/// events.png. False if there is nothing to see: a window of one colour.
bool keepPicture(QWidget &window, const QString &name)
{
    const QImage image = window.grab().toImage();
    std::set<QRgb> colours;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4) {
            colours.insert(image.pixel(x, y));
        }
    }
    constexpr std::size_t coloursOfAWindow = 50;
    return colours.size() > coloursOfAWindow && QDir().mkpath(QStringLiteral("screenshots"))
        && image.save(QStringLiteral("screenshots/") + name);
}

} // namespace

class Screenshots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void events()
    {
        Appearance appearance(*qApp);
        CaseFile file;
        simulator::Simulator::Options options;
        auto sim = simulator::Simulator::start(options);
        QVERIFY(sim);
        secrets::Vault vault;
        collect::Supervisor supervisor(file.store(), vault);
        MainWindow window(file.store(), supervisor, vault);
        window.offerAppearance(appearance);
        window.resize(1280, 800);
        window.show();
        window.events()->filterBar()->setFilter({});
        supervisor.start();
        store::SourceConfig config;
        config.name = QStringLiteral("Larkspur");
        config.origin = (*sim)->origin();
        config.users = config.devices = true;
        QSignalSpy caughtUp(&supervisor, &collect::Supervisor::caughtUp);
        supervisor.put(config, (*sim)->token().toUtf8(), secrets::Vault::Place::Session);
        QVERIFY(caughtUp.wait(60000));
        QTRY_VERIFY(window.events()->model().rowCount() > 1000);
        QTRY_COMPARE(window.events()->model().result().state(), EventResult::State::Complete);
        QTest::qWait(1000);
        QVERIFY(keepPicture(window, QStringLiteral("events.png")));
        appearance.setChoice(Appearance::Choice::Dark);
        window.showView(MainWindow::View::Profiles);
        QTest::qWait(500);
        QVERIFY(keepPicture(window, QStringLiteral("profiles.png")));
        window.showView(MainWindow::View::Sources);
        QTest::qWait(500);
        QVERIFY(keepPicture(window, QStringLiteral("sources.png")));
        window.showView(MainWindow::View::Events);
        window.events()->filterBar()->setFilter(
            QStringLiteral("outcome.result eq \"FAILURE\" or outcome.result eq \"DENY\" or severity ne \"INFO\""));
        QTRY_COMPARE(window.events()->model().result().state(), EventResult::State::Complete);
        window.events()->details()->setCurrentTab(1);
        QTest::qWait(500);
        QVERIFY(keepPicture(window, QStringLiteral("events-dark.png")));
    }
};

QTEST_MAIN(Screenshots)
#include "tst_screenshots.moc"
