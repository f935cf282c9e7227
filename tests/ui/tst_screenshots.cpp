// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "Pictures.h"
#include "simulator/Simulator.h"
#include "ui/MainWindow.h"
#include "ui/charts/ChartView.h"
#include "ui/charts/MapWidget.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/entities/EntityPage.h"
#include "ui/entities/EntityView.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FacetRail.h"
#include "ui/events/FilterBar.h"
#include "ui/events/FilterEdit.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/events/TimelinePane.h"
#include "ui/profiles/ProfilePage.h"
#include "ui/profiles/ProfileView.h"
#include "ui/style/Appearance.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/transfer/ImportDialog.h"
#include "ui/transfer/ImportPreviewPane.h"
#include "ui/window/HelpDialog.h"

#include <QFile>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <map>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Pictures of the views in light and dark; README shows events.png. Those of alerts, rules, reports and the source
/// wizard are taken by the tests of these.
class Screenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void events_data() { appearances(); }
    void events();
    void filterError_data() { appearances(); }
    void filterError();
    void nothingMatches_data() { appearances(); }
    void nothingMatches();
    void zoomed_data() { appearances(); }
    void zoomed();
    void detailsBeside_data() { appearances(); }
    void detailsBeside();
    void profiles_data() { appearances(); }
    void profiles();
    void entities_data() { appearances(); }
    void entities();
    void charts_data() { appearances(); }
    void charts();
    void dashboard_data() { appearances(); }
    void dashboard();
    void sources_data() { appearances(); }
    void sources();
    void dialogs_data() { appearances(); }
    void dialogs();
    void narrow_data() { appearances(); }
    void narrow();
    void cleanupTestCase();

private:
    static void appearances();
    void use();
    bool settled(int least = 0) const;

    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<simulator::Simulator> m_simulator;
    secrets::Vault m_vault;
    std::unique_ptr<collect::Supervisor> m_supervisor;
    std::unique_ptr<MainWindow> m_window;
};

void Screenshots::appearances()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void Screenshots::use()
{
    QFETCH(const bool, dark);
    m_appearance->setChoice(dark ? Appearance::Choice::Dark : Appearance::Choice::Light);
}

bool Screenshots::settled(int least) const
{
    EventView &view = *m_window->events();
    return QTest::qWaitFor(
               [&] {
                   return view.model().result().state() == EventResult::State::Complete
                       && view.model().rowCount() >= least
                       && view.timeline()->model().state() == TimelineModel::State::Ready
                       && view.facets()->model().state() == FacetModel::State::Ready
                       && view.timeline()->model().data().total == view.model().rowCount();
               },
               60'000)
        && QTest::qWaitFor(
            [&] {
                return view.model().rowCount() == 0
                    || (!view.model().index(0, 0).data(EventTableModel::IsLoadingRole).toBool()
                        && view.details()->shownEvent()
                        && view.details()->shownEvent()->seq == view.table()->currentSeq());
            },
            30'000);
}

void Screenshots::initTestCase()
{
    m_appearance = std::make_unique<Appearance>(*qApp);
    m_file = std::make_unique<CaseFile>();
    auto sim = simulator::Simulator::start({});
    QVERIFY(sim);
    m_simulator = std::move(*sim);
    m_supervisor = std::make_unique<collect::Supervisor>(m_file->store(), m_vault);
    m_window = std::make_unique<MainWindow>(m_file->store(), *m_supervisor, m_vault);
    m_window->offerAppearance(*m_appearance);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->events()->filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::LastDay);
    m_window->events()->filterBar()->setFilter({});
    m_supervisor->start();
    store::SourceConfig config;
    config.name = u"Larkspur"_s;
    config.origin = m_simulator->origin();
    config.users = config.devices = true;
    QSignalSpy caughtUp(m_supervisor.get(), &collect::Supervisor::caughtUp);
    m_supervisor->put(config, m_simulator->token().toUtf8(), secrets::Vault::Place::Session);
    QVERIFY(caughtUp.wait(60'000));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->events()->model().rowCount() > 1000, 60'000);
    QVERIFY(settled(1000));
}

void Screenshots::cleanupTestCase()
{
    m_window.reset();
    m_supervisor.reset();
}

void Screenshots::events()
{
    use();
    m_window->showView(MainWindow::View::Events);
    m_window->events()->details()->setCurrentTab(0);
    QVERIFY(settled(1000));
    QVERIFY(keepPicture(*m_window, u"events"_s));
    m_window->events()->filterBar()->setFilter(
        u"outcome.result eq \"FAILURE\" or outcome.result eq \"DENY\" or severity ne \"INFO\""_s);
    QVERIFY(settled(1));
    m_window->events()->details()->setCurrentTab(1);
    QVERIFY(keepPicture(*m_window, u"events-json"_s));
    m_window->events()->details()->setCurrentTab(2);
    QVERIFY(keepPicture(*m_window, u"events-raw"_s));
    m_window->events()->details()->setCurrentTab(0);
    m_window->events()->filterBar()->setFilter({});
}

void Screenshots::filterError()
{
    use();
    m_window->events()->filterBar()->setFilter(u"outcome.result eq \"FAILURE\" and actor.alternateId xx \"a\""_s);
    QVERIFY(keepPicture(*m_window, u"filter-error"_s));
    m_window->events()->filterBar()->setFilter({});
    QVERIFY(settled(1000));
}

void Screenshots::nothingMatches()
{
    use();
    m_window->events()->filterBar()->setFilter(u"no such words"_s);
    QVERIFY(settled());
    QVERIFY(keepPicture(*m_window, u"nothing-matches"_s));
    m_window->events()->filterBar()->setFilter({});
    QVERIFY(settled(1000));
}

void Screenshots::zoomed()
{
    use();
    TimelineView *view = m_window->events()->timeline()->view();
    const event::TimeRange range{
        view->data().startOf(view->data().bins / 3), view->data().startOf(view->data().bins / 2)};
    m_window->events()->zoomTo(range);
    QVERIFY(settled(1));
    // As gaps and alerts will be shown.
    view->setUncovered({{view->data().startOf(4), view->data().startOf(9)}});
    view->setMarks({{view->data().startOf(20), Tone::Bad, u"Password spray"_s}});
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Home);
    for (int i = 0; i < 30; ++i) {
        QTest::keyClick(view, Qt::Key_Right);
    }
    for (int i = 0; i < 6; ++i) {
        QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    }
    QVERIFY(keepPicture(*m_window, u"zoomed"_s));
    view->setUncovered({});
    view->setMarks({});
    view->clearSelection();
    m_window->events()->undoZoom();
    m_window->events()->table()->setFocus();
    QVERIFY(settled(1000));
}

void Screenshots::detailsBeside()
{
    use();
    m_window->events()->setDetailsBelow(false);
    QVERIFY(settled(1000));
    QVERIFY(keepPicture(*m_window, u"details-beside"_s));
    m_window->events()->setDetailsBelow(true);
}

void Screenshots::profiles()
{
    use();
    m_window->showView(MainWindow::View::Profiles);
    ProfilePage *users = m_window->profiles()->users();
    QTRY_VERIFY(users->showEventsAction()->isEnabled());
    QVERIFY(keepPicture(*m_window, u"users"_s));
    auto *tabs = m_window->profiles()->findChild<QTabWidget *>();
    tabs->setCurrentIndex(1);
    QTRY_VERIFY(m_window->profiles()->devices()->showEventsAction()->isEnabled());
    QVERIFY(keepPicture(*m_window, u"devices"_s));
    tabs->setCurrentIndex(0);
}

void Screenshots::entities()
{
    use();
    EntityView *view = m_window->entities();
    m_window->showView(MainWindow::View::Entities);
    // Whoever did most, by what the table shows.
    std::map<QString, int> actors;
    for (int row = 0; row < std::min(200, m_window->events()->model().rowCount()); ++row) {
        const QString actor = m_window->events()
                                  ->model()
                                  .index(row, static_cast<int>(EventColumn::Actor))
                                  .data(EventTableModel::RawValueRole)
                                  .toString();
        actors[actor]
            += actor.endsWith(u".example.com"_s) || actor.endsWith(u"@larkspur.com"_s) || actor.contains(u'@') ? 1 : 0;
    }
    const auto busiest = std::ranges::max_element(actors, {}, [](const auto &one) { return one.second; });
    QVERIFY(busiest != actors.end());
    view->timeRange()->setCustomRange({event::now() - std::chrono::hours(16), event::now()});
    view->open(store::Entity::actor(busiest->first.toStdString()));
    const auto shown
        = [&] { return view->reader().state() == EntityReader::State::Ready && view->reader().timeline().bins > 0; };
    QTRY_VERIFY_WITH_TIMEOUT(shown(), 30'000);
    QVERIFY(keepPicture(*m_window, u"entity"_s));
    view->page()->verticalScrollBar()->setValue(view->page()->verticalScrollBar()->maximum());
    QVERIFY(keepPicture(*m_window, u"entity-more"_s));
    view->page()->verticalScrollBar()->setValue(0);
    view->open(store::Entity::address("203.0.113.254")); // nobody has it: attackers are anywhere in 192.0.2.0/24
    QTRY_VERIFY_WITH_TIMEOUT(view->statePage(), 30'000);
    QVERIFY(keepPicture(*m_window, u"entity-none"_s));
}

void Screenshots::charts()
{
    use();
    ChartView *view = m_window->charts();
    m_window->showView(MainWindow::View::Charts);
    const auto shown = [&] { return view->isReady() && view->content().spec == view->spec(); };
    QTRY_VERIFY_WITH_TIMEOUT(shown(), 30'000);
    QVERIFY(keepPicture(*m_window, u"chart-bars"_s));
    view->setSpec({ChartKind::Time, u"outcome.result"_s, {}, 12});
    QTRY_VERIFY_WITH_TIMEOUT(shown(), 30'000);
    QVERIFY(keepPicture(*m_window, u"chart-time"_s));
    view->setSpec({ChartKind::Bars, u"eventType"_s, u"client.geographicalContext.country"_s, 20});
    QTRY_VERIFY_WITH_TIMEOUT(shown(), 30'000);
    QVERIFY(keepPicture(*m_window, u"chart-categories"_s));
    view->setSpec({ChartKind::Map, {}, {}, 12});
    QTRY_VERIFY_WITH_TIMEOUT(shown(), 30'000);
    view->map()->showAll();
    QVERIFY(keepPicture(*m_window, u"map"_s));
    view->map()->zoomBy(6, view->map()->clusters().front().center);
    QVERIFY(keepPicture(*m_window, u"map-zoomed"_s));
    QVERIFY(view->savePicture(u"screenshots/map-picture.png"_s));
    view->setSpec({ChartKind::Bars, u"actor.alternateId"_s, u"outcome.result"_s, 12});
}

void Screenshots::dashboard()
{
    use();
    DashboardView *view = m_window->dashboard();
    view->timeRange()->setCustomRange({event::now() - std::chrono::hours(18), event::now()});
    m_window->showView(MainWindow::View::Dashboard);
    QTRY_VERIFY_WITH_TIMEOUT(view->isReady(), 60'000);
    QVERIFY(keepPicture(*m_window, u"dashboard"_s));
}

void Screenshots::sources()
{
    use();
    m_window->showView(MainWindow::View::Sources);
    QVERIFY(keepPicture(*m_window, u"sources"_s));
    m_window->showView(MainWindow::View::Events);
}

void Screenshots::dialogs()
{
    use();
    ExportDialog exporting({u"1,204 events that match the filter"_s, 1204, 3}, {});
    exporting.setAttribute(Qt::WA_DeleteOnClose, false);
    exporting.show();
    QVERIFY(keepPicture(exporting, u"export"_s));
    const QTemporaryDir folder;
    QStringList archives;
    for (const char *name : {"larkspur-2026-11.ndjson", "larkspur-2026-10.ndjson"}) {
        archives << folder.filePath(QString::fromLatin1(name));
        QFile archive(archives.last());
        QVERIFY(archive.open(QIODevice::WriteOnly));
        for (const std::string &event : sampleEvents(0, 1203)) {
            archive.write(QByteArray::fromStdString(event) + '\n');
        }
    }
    ImportDialog importing(archives, {}, {});
    importing.setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy previewed(importing.findChild<ImportPreviewPane *>(), &ImportPreviewPane::finished);
    importing.show();
    QVERIFY(!previewed.isEmpty() || previewed.wait(60'000));
    QVERIFY(keepPicture(importing, u"import"_s));
    HelpDialog::showFilterLanguage(m_window.get());
    auto *help = m_window->findChild<HelpDialog *>();
    QVERIFY(help);
    QVERIFY(keepPicture(*help, u"help"_s));
    delete help;
}

void Screenshots::narrow()
{
    use();
    m_window->resize(900, 640);
    QVERIFY(settled(1000));
    QVERIFY(keepPicture(*m_window, u"events-small"_s));
    m_window->resize(1280, 800);
}

QTEST_MAIN(Screenshots)
#include "tst_screenshots.moc"
