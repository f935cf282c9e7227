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

#include <QSignalSpy>
#include <QTest>
using namespace octotrail;
using namespace octotrail::ui;

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
        window.grab().save(QStringLiteral("/tmp/events-light.png"));
        appearance.setChoice(Appearance::Choice::Dark);
        window.showView(MainWindow::View::Profiles);
        QTest::qWait(500);
        window.grab().save(QStringLiteral("/tmp/events-profiles.png"));
        window.showView(MainWindow::View::Sources);
        QTest::qWait(500);
        window.grab().save(QStringLiteral("/tmp/events-sources.png"));
        window.showView(MainWindow::View::Events);
        window.events()->filterBar()->setFilter(
            QStringLiteral("outcome.result eq \"FAILURE\" or outcome.result eq \"DENY\" or severity ne \"INFO\""));
        QTRY_COMPARE(window.events()->model().result().state(), EventResult::State::Complete);
        window.events()->details()->setCurrentTab(1);
        QTest::qWait(500);
        window.grab().save(QStringLiteral("/tmp/events-dark.png"));
    }
};

QTEST_MAIN(Screenshots)
#include "tst_screenshots.moc"
