// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainWindow.h"

#include "ui/alerts/AlertLook.h"
#include "ui/alerts/AlertView.h"
#include "ui/cases/CaseActions.h"
#include "ui/charts/ChartView.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/desktop/Desktop.h"
#include "ui/detections/DetectionView.h"
#include "ui/editor/RuleEditor.h"
#include "ui/entities/EntityView.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/profiles/ProfileView.h"
#include "ui/reports/ReportsPage.h"
#include "ui/sources/SourcesPage.h"
#include "ui/sources/WelcomePage.h"
#include "ui/sql/PivotWindow.h"
#include "ui/sql/SqlConsoleWindow.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/FocusOrder.h"
#include "ui/widgets/PlainText.h"
#include "ui/window/BannerArea.h"
#include "ui/window/FirstPlace.h"
#include "ui/window/Rail.h"
#include "ui/window/StatusStrip.h"
#include "ui/window/TransferArea.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int stateVersion = 1;

QStringList localFiles(const QMimeData *data)
{
    QStringList files;
    for (const QUrl &url : data->urls()) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile()) {
            files << url.toLocalFile();
        }
    }
    return files;
}

} // namespace

MainWindow::MainWindow(
    std::shared_ptr<store::Store> store, collect::Supervisor &supervisor, secrets::Vault &vault, QWidget *parent)
    : QMainWindow(parent)
    , m_store(std::move(store))
    , m_supervisor(supervisor)
    , m_vault(vault)
    , m_alerts(m_store)
    , m_silence(m_store, m_supervisor)
    , m_retention(m_store, this)
    , m_front(new QStackedWidget(this))
    , m_welcome(new WelcomePage(this))
    , m_rail(new Rail(this))
    , m_banners(new BannerArea(this))
    , m_views(new QStackedWidget(this))
    , m_events(new EventView(m_store, this))
    , m_profiles(new ProfileView(m_store, this))
    , m_alertView(new AlertView(m_store, m_alerts, this))
    , m_detections(new DetectionView(m_store, this))
    , m_sources(new SourcesPage(m_supervisor, m_vault, this))
    , m_entities(new EntityView(m_store, m_alerts, this))
    , m_charts(new ChartView(m_store, m_events->model().result(), this))
    , m_reports(new ReportsPage(m_store, m_alerts, this))
    , m_dashboard(new DashboardView(m_store, this))
    , m_transfers(new TransferArea(m_store, this))
    , m_cases(new CaseActions(m_store, *m_transfers, this))
    , m_desktop(new Desktop(m_supervisor, m_alerts, this))
    , m_status(new StatusStrip(m_store, m_supervisor, this))
{
    setObjectName(u"mainWindow"_s);
    const QString name = singleLine(QFileInfo(m_store->file()).completeBaseName(), 100);
    setWindowTitle(
        m_cases->isReadOnly() ? tr("%1 (read-only) \u2013 Octotrail").arg(name) : tr("%1 \u2013 Octotrail").arg(name));
    setAcceptDrops(true);
    FirstPlace::give(*this);
    makeViews();
    makeMenus();
    connectParts();
    refuseChangesIfReadOnly();
    showView(View::Events);
    updateWelcome();
}

MainWindow::~MainWindow()
{
    // Before what they work on.
    delete m_pivot;
    delete m_sqlConsole;
    delete m_alertView;
    delete m_entities;
    delete m_charts;
    delete m_reports;
    delete m_sources;
    delete m_desktop;
}

void MainWindow::makeViews()
{
    m_viewActions << m_rail->addView(u"events", tr("&Events"), QKeySequence(u"Alt+1"_s))
                  << m_rail->addView(u"profiles", tr("&Profiles"), QKeySequence(u"Alt+2"_s))
                  << m_rail->addView(u"alerts", tr("&Alerts"), QKeySequence(u"Alt+3"_s))
                  << m_rail->addView(u"detections", tr("&Detections"), QKeySequence(u"Alt+4"_s))
                  << m_rail->addView(u"sources", tr("&Sources"), QKeySequence(u"Alt+5"_s))
                  << m_rail->addView(u"entities", tr("E&ntities"), QKeySequence(u"Alt+6"_s))
                  << m_rail->addView(u"charts", tr("&Charts"), QKeySequence(u"Alt+7"_s))
                  << m_rail->addView(u"reports", tr("&Reports"), QKeySequence(u"Alt+8"_s))
                  << m_rail->addView(u"dashboard", tr("Dash&board"), QKeySequence(u"Alt+9"_s));
    m_views->addWidget(m_events);
    m_views->addWidget(m_profiles);
    m_views->addWidget(m_alertView);
    m_views->addWidget(m_detections);
    m_views->addWidget(m_sources);
    m_views->addWidget(m_entities);
    m_views->addWidget(m_charts);
    m_views->addWidget(m_reports);
    m_views->addWidget(m_dashboard);

    auto *work = new QWidget(this);
    auto *column = new QVBoxLayout;
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_banners);
    column->addWidget(m_views, 1);
    auto *row = new QHBoxLayout(work);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);

    m_front->addWidget(work);
    m_front->addWidget(m_welcome);
    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_front, 1);
    layout->addWidget(m_transfers);
    setCentralWidget(central);

    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins({});
    statusBar()->addWidget(m_status, 1);
}

void MainWindow::connectParts()
{
    m_sources->setSilenceWatch(&m_silence);
    m_sources->setStore(m_store);
    m_retention.setClock([this] { return m_supervisor.serverNow(); });
    connect(&m_retention, &collect::RetentionKeeper::failed, this, [this](const QString &sentence) {
        if (m_cases->isReadOnly()) {
            return; // it is not for us to remove anything
        }
        showMessage(u"retention"_s, Tone::Warning, tr("Old events could not be removed. %1").arg(sentence));
    });
    connect(&m_retention, &collect::RetentionKeeper::purged, this,
        [this](const store::PurgeReport &report, const QString &source) {
            showMessage(u"retention-%1"_s.arg(report.source), Tone::Accent,
                tr("Retention of %1: %2").arg(singleLine(source, 60), report.sentence()));
        });
    connect(m_rail, &Rail::viewChosen, this, [this](int view) { showView(static_cast<View>(view)); });
    connect(m_status, &StatusStrip::sourceChosen, this, [this] { showView(View::Sources); });
    connect(m_events, &EventView::totalChanged, this, [this](qint64 total) {
        m_status->setTotal(total);
        updateWelcome();
    });
    connect(m_events, &EventView::timeDisplayChanged, this, &MainWindow::setTimeDisplay);
    connect(m_alertView, &AlertView::openChanged, this, &MainWindow::showOpenAlerts);
    connect(m_alertView, &AlertView::eventsRequested, this, &MainWindow::showEventsOf);
    connect(m_events, &EventView::problemOccurred, this,
        [this](const QString &sentence) { showMessage(u"events"_s, Tone::Warning, sentence); });
    connect(m_events, &EventView::noteArose, this,
        [this](const QString &sentence) { showMessage(u"events"_s, Tone::Accent, sentence); });
    connect(m_profiles, &ProfileView::eventsRequested, this, [this](const QString &comparison) {
        showView(View::Events);
        m_events->narrow(comparison);
    });
    connect(m_events, &EventView::profileRequested, m_profiles, &ProfileView::showProfile);
    connect(m_profiles, &ProfileView::profileShown, this, [this] { showView(View::Profiles); });
    connect(m_profiles, &ProfileView::notFound, this,
        [this](const QString &sentence) { showMessage(u"profiles"_s, Tone::Warning, sentence); });
    connectRules();
    connect(m_welcome, &WelcomePage::connectRequested, this, &MainWindow::addSource);
    connect(m_welcome, &WelcomePage::demoRequested, this, &MainWindow::demoRequested);
    connect(m_welcome, &WelcomePage::openArchiveRequested, m_import, &QAction::trigger);
    connect(m_sources, &SourcesPage::sourceSaved, this, &MainWindow::updateWelcome);
    connect(m_desktop, &Desktop::openRequested, this, &MainWindow::bringUp);
    connect(m_desktop, &Desktop::quitRequested, this, &MainWindow::quit);
    connect(m_desktop, &Desktop::alertRequested, this, [this](store::AlertId alert) {
        bringUp();
        showView(View::Alerts);
        m_alertView->showAlert(alert);
    });
    connect(m_desktop, &Desktop::problemOccurred, this,
        [this](const QString &sentence) { showMessage(u"desktop"_s, Tone::Warning, sentence); });
    connect(m_transfers, &TransferArea::finished, this, &MainWindow::showOutcome);
    connect(&m_supervisor, &collect::Supervisor::sourcesChanged, this, &MainWindow::updateWelcome);
    connect(&m_supervisor, &collect::Supervisor::statusChanged, this, &MainWindow::showStatus);
    connectAnalysis();
    if (!m_cases->isReadOnly()) {
        m_events->addStartAction(m_addSource);
        m_events->addStartAction(m_import);
    }
}

void MainWindow::setTimeDisplay(const TimeDisplay &time)
{
    m_events->setTimeDisplay(time);
    m_profiles->setTimeDisplay(time);
    m_alertView->setTimeDisplay(time);
    m_entities->setTimeDisplay(time);
    m_charts->setTimeDisplay(time);
    m_detections->setTimeDisplay(time);
    m_reports->setTimeDisplay(time);
    m_dashboard->setTimeDisplay(time);
    if (m_pivot) {
        m_pivot->setTimeDisplay(time);
    }
}

void MainWindow::showOpenAlerts(const store::AlertCounts &counts)
{
    const auto highest = counts.highest();
    m_rail->setBadge(static_cast<int>(View::Alerts), counts.open(), highest ? alertLook(*highest).tone : Tone::Muted);
    m_desktop->tray().setOpenAlerts(counts);
}

void MainWindow::setEngine(detect::Engine &engine)
{
    m_detections->setEngine(&engine);
    m_reports->setEngine(&engine);
}

void MainWindow::showView(View view)
{
    QWidget *page = m_views->widget(static_cast<int>(view));
    // A stack gives the focus to any control of a page that never had it; the page knows better.
    const bool isNew = !page->focusWidget();
    m_rail->setCurrent(static_cast<int>(view));
    m_views->setCurrentWidget(page);
    if (isNew || !page->isAncestorOf(QApplication::focusWidget())) {
        page->setFocus(Qt::OtherFocusReason);
    }
}

bool MainWindow::isWelcoming() const
{
    return m_front->currentWidget() == m_welcome;
}

void MainWindow::updateWelcome()
{
    // Where nothing can be connected or imported, nobody is invited to.
    const bool nothing = !m_cases->isReadOnly() && m_events->total().value_or(1) == 0
        && m_supervisor.sources().isEmpty() && !m_transfers->isBusy();
    m_front->setCurrentIndex(nothing ? 1 : 0);
}

void MainWindow::addSource()
{
    m_sources->addSource();
}

void MainWindow::showMessage(const QString &key, Tone tone, const QString &text)
{
    m_banners->show(key, tone, text);
}

void MainWindow::showStatus(const collect::SourceStatus &status)
{
    const QString key = u"source-%1"_s.arg(status.source);
    if (status.state != collect::State::NeedsAttention) {
        m_banners->remove(key);
        return;
    }
    QString name;
    for (const store::SourceConfig &source : m_supervisor.sources()) {
        if (source.id == status.source) {
            name = singleLine(source.name, 60);
        }
    }
    auto *mend = new QAction(tr("Change the source\u2026"), this);
    connect(mend, &QAction::triggered, this, [this, id = status.source] {
        showView(View::Sources);
        m_sources->editSource(id);
    });
    m_banners->show(key, Tone::Bad, tr("%1: %2").arg(name, status.sentence), {mend});
}

void MainWindow::saveState() const
{
    if (!m_remembering) {
        return;
    }
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    settings.setValue("window/state", QMainWindow::saveState(stateVersion));
    settings.setValue("window/view", m_views->currentIndex());
    settings.setValue("window/zone", m_events->filterBar()->timeDisplay().id());
    m_events->saveState(settings);
    m_profiles->saveState(settings);
    m_detections->saveState(settings);
    m_alertView->saveState(settings);
    m_entities->saveState(settings);
    m_charts->saveState(settings);
    m_reports->saveState(settings);
    m_dashboard->saveState(settings);
}

void MainWindow::restoreState()
{
    if (!m_remembering) {
        m_events->filterBar()->setFilter({});
        return;
    }
    QSettings settings;
    restoreGeometry(FirstPlace::remembered());
    QMainWindow::restoreState(settings.value("window/state").toByteArray(), stateVersion);
    m_desktop->setPreferences(Preferences::load(settings));
    // Older versions knew two zones.
    const bool utc = settings.value("window/utc", true).toBool();
    setTimeDisplay(TimeDisplay::fromId(settings.value("window/zone", utc ? u"UTC"_s : u"local"_s).toString()));
    m_profiles->restoreState(settings);
    m_detections->restoreState(settings);
    m_alertView->restoreState(settings);
    m_entities->restoreState(settings);
    m_charts->restoreState(settings);
    m_reports->restoreState(settings);
    m_dashboard->restoreState(settings);
    m_events->restoreState(settings);
    const int view = settings.value("window/view", 0).toInt();
    showView(static_cast<View>(view >= 0 && view < m_views->count() ? view : 0));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveState();
    if (!m_quitting && m_desktop->keepsRunning()) {
        event->ignore();
        QGuiApplication::setQuitOnLastWindowClosed(false);
        hide();
        m_desktop->tellThatItRuns();
        return;
    }
    if (m_detections->isEditing() && m_detections->editor().isModified()) {
        event->ignore();
        bringUp();
        leaveEditor([this, isQuitting = std::exchange(m_quitting, false)] {
            if (isQuitting) {
                quit();
            } else {
                close();
            }
        });
        return;
    }
    QMainWindow::closeEvent(event);
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return moveFocus(*this, next) || QMainWindow::focusNextPrevChild(next);
}

void MainWindow::bringUp()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    QGuiApplication::setQuitOnLastWindowClosed(true);
    show();
    raise();
    activateWindow();
}

void MainWindow::showInBackground()
{
    if (m_desktop->tray().isThere()) {
        QGuiApplication::setQuitOnLastWindowClosed(false);
    } else {
        showMinimized();
    }
}

void MainWindow::quit()
{
    m_quitting = true;
    if (close()) {
        QApplication::quit();
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!localFiles(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QStringList files = localFiles(event->mimeData());
    if (!files.isEmpty()) {
        event->acceptProposedAction();
        if (m_cases->isReadOnly()) {
            showMessage(u"case"_s, Tone::Warning, tr("The case is open for reading only: nothing can be imported."));
        } else {
            m_transfers->importFiles(files);
        }
    }
}

} // namespace octotrail::ui
