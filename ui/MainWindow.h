// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/RetentionKeeper.h"
#include "collect/SilenceWatch.h"
#include "collect/Supervisor.h"
#include "secrets/Vault.h"
#include "store/Alerts.h"
#include "store/Entity.h"
#include "store/Store.h"
#include "ui/models/TimeDisplay.h"
#include "ui/style/Tones.h"
#include "ui/transfer/TransferJob.h"

#include <QMainWindow>
#include <QPointer>
#include <functional>
#include <memory>

class QActionGroup;
class QStackedWidget;

namespace octotrail::detect {
class Engine;
}

namespace octotrail::ui {

class AlertView;
class Appearance;
class BannerArea;
class CaseActions;
class ChartView;
class DetectionView;
class DashboardView;
class Desktop;
class EntityView;
class EventView;
class PivotWindow;
class ProfileView;
class ReportsPage;
class Rail;
class SourcesPage;
class SqlConsoleWindow;
class StatusStrip;
class TransferArea;
class WelcomePage;
struct BarState;

/// The window on one store. Wires its parts together; what they do is theirs.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum class View { Events, Profiles, Alerts, Detections, Sources, Entities, Charts, Reports, Dashboard };

    MainWindow(std::shared_ptr<store::Store> store, collect::Supervisor &supervisor, secrets::Vault &vault,
        QWidget *parent = nullptr);
    ~MainWindow() override;

    EventView *events() const { return m_events; }
    ProfileView *profiles() const { return m_profiles; }
    AlertView *alerts() const { return m_alertView; }
    DetectionView *detections() const { return m_detections; }
    SourcesPage *sources() const { return m_sources; }
    EntityView *entities() const { return m_entities; }
    ChartView *charts() const { return m_charts; }
    ReportsPage *reports() const { return m_reports; }
    DashboardView *dashboard() const { return m_dashboard; }
    /// Whose rules and state the window shows; it outlives the window.
    void setEngine(detect::Engine &engine);
    TransferArea *transfers() const { return m_transfers; }

    /// Puts light and dark into the View menu. The choice is remembered.
    void offerAppearance(Appearance &appearance);
    void showView(View view);
    /// Shows the window in front of the others.
    void bringUp();
    /// Leaves the window in the tray, or where there is none, minimized.
    void showInBackground();
    /// Ends the application, also if closing the window would not.
    void quit();
    bool isWelcoming() const;
    /// A message at the top of the window, until it is closed or another comes under the same key.
    void showMessage(const QString &key, Tone tone, const QString &text);

    /// Whether the window's state is kept; on at first.
    void setRemembering(bool remembering) { m_remembering = remembering; }
    void saveState() const;
    void restoreState();

Q_SIGNALS:
    /// The simulated organization is wanted.
    void demoRequested();
    /// Another store is to be opened instead of this one.
    void openStoreRequested(const QString &file, bool readOnly);

protected:
    void closeEvent(QCloseEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeViews();
    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeSearchMenu();
    void makeEventMenu();
    void makeViewMenu();
    void makeAlertMenu();
    void offerWhereSeen();
    void makeDetectionMenu();
    void makeSourceMenu();
    void makeToolsMenu();
    void makeHelpMenu();
    void showSqlConsole();
    void showPivot();
    void connectParts();
    void connectRules();
    void connectAnalysis();
    void makeAnalyzeMenu();
    void showEvents(const BarState &state);
    void openEntity(const store::Entity &entity);
    void showOpenAlerts(const store::AlertCounts &counts);
    void showEventsOf(store::AlertId alert, const QString &title, const QString &filter);
    void setTimeDisplay(const TimeDisplay &time);
    /// Goes on at once, or when the user has said what becomes of a rule that is not saved.
    void leaveEditor(std::function<void()> then);
    void addSource();
    void exportEvents();
    void refuseChangesIfReadOnly();
    void updateWelcome();
    void showStatus(const collect::SourceStatus &status);
    void showOutcome(const QString &title, const TransferJob::Outcome &outcome);

    std::shared_ptr<store::Store> m_store;
    collect::Supervisor &m_supervisor;
    secrets::Vault &m_vault;
    store::Alerts m_alerts;
    collect::SilenceWatch m_silence;
    collect::RetentionKeeper m_retention;

    QStackedWidget *m_front; ///< the welcome page, or the window's work
    WelcomePage *m_welcome;
    Rail *m_rail;
    BannerArea *m_banners;
    QStackedWidget *m_views;
    EventView *m_events;
    ProfileView *m_profiles;
    AlertView *m_alertView;
    DetectionView *m_detections;
    SourcesPage *m_sources;
    EntityView *m_entities;
    ChartView *m_charts;
    ReportsPage *m_reports;
    DashboardView *m_dashboard;
    TransferArea *m_transfers;
    CaseActions *m_cases;
    Desktop *m_desktop;
    StatusStrip *m_status;
    QList<QAction *> m_viewActions;
    QAction *m_addSource = nullptr;
    QAction *m_import = nullptr;
    QAction *m_export = nullptr;
    QAction *m_retain = nullptr;
    QMenu *m_appearanceMenu = nullptr;
    QPointer<SqlConsoleWindow> m_sqlConsole;
    QPointer<PivotWindow> m_pivot;
    int m_problemLists = 0; ///< that there were
    bool m_remembering = true;
    bool m_quitting = false;
};

} // namespace octotrail::ui
