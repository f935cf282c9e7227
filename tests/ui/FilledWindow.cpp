// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "FilledWindow.h"

#include "ui/alerts/AlertModel.h"
#include "ui/alerts/AlertPane.h"
#include "ui/alerts/AlertView.h"
#include "ui/alerts/SuppressDialog.h"
#include "ui/alerts/SuppressionsDialog.h"
#include "ui/charts/ChartView.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/details/DifferenceDialog.h"
#include "ui/detections/DetectionModel.h"
#include "ui/detections/DetectionView.h"
#include "ui/detections/RulePane.h"
#include "ui/editor/BackTestPane.h"
#include "ui/editor/CheckPane.h"
#include "ui/editor/EventRuleDialog.h"
#include "ui/editor/NewRuleDialog.h"
#include "ui/editor/RuleEditor.h"
#include "ui/editor/VersionsPane.h"
#include "ui/entities/EntityPage.h"
#include "ui/entities/EntityView.h"
#include "ui/events/DetailsPane.h"
#include "ui/events/ZoneDialog.h"
#include "ui/profiles/ProfilePage.h"
#include "ui/profiles/ProfileView.h"
#include "ui/reports/CoverageModel.h"
#include "ui/reports/ReportModel.h"
#include "ui/reports/ReportsPage.h"
#include "ui/sources/RetentionDialog.h"
#include "ui/sources/SourceWizard.h"
#include "ui/sources/SourcesPage.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/transfer/ImportDialog.h"
#include "ui/transfer/ProblemList.h"
#include "ui/window/OpeningWindow.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>
#include <functional>

namespace octotrail::tests {

using namespace ui;
using namespace Qt::StringLiterals;
using View = MainWindow::View;

namespace {

constexpr int patience = 30'000;

bool comes(const std::function<bool()> &what)
{
    return QTest::qWaitFor(what, patience);
}

const QString ownRule = u"title: Failures\n"
                        "id: 5f0c43f5-5f5e-4d2d-8f2f-2f7a8a0f6c11\n"
                        "logsource: {product: okta, service: okta}\n"
                        "detection:\n"
                        "  selection:\n"
                        "    outcome.result: FAILURE\n"
                        "  condition: selection\n"
                        "level: low\n"
                        "tests:\n"
                        "  - name: A failure\n"
                        "    match: true\n"
                        "    events: [{outcome: {result: FAILURE}}]\n"_s;

} // namespace

/// What there is to see, in the order in which it is shown.
struct FilledWindow::Scenes
{
    using Windows = QList<std::pair<QString, std::function<bool(FilledWindow &)>>>;
    using Dialogs = QList<std::pair<QString, std::function<QWidget *(FilledWindow &)>>>;
    static const Windows &views();
    static const Dialogs &dialogs();
};

FilledWindow::FilledWindow() = default;
FilledWindow::~FilledWindow() = default;

bool FilledWindow::addSource(const QString &name, const QByteArray &token, collect::State wanted)
{
    store::SourceConfig source;
    source.uuid = source.name = name;
    source.origin = m_organization->origin();
    source.users = source.devices = true;
    const auto put = m_driver.supervisor().put(source, token, secrets::Vault::Place::Session);
    return comes([&] { return put.isFinished(); }) && put.result()
        && comes([&] { return m_driver.supervisor().status(put.result()->id).state == wanted; });
}

std::int64_t FilledWindow::storedEvents()
{
    const auto count = m_file.store()->count({});
    return comes([&] { return count.isFinished(); }) && count.result() ? *count.result() : -1;
}

bool FilledWindow::open()
{
    simulator::Simulator::Options options;
    options.users = 20;
    options.history = std::chrono::hours(2);
    options.live = false;
    auto organization = simulator::Simulator::start(options);
    if (!organization) {
        return false;
    }
    m_organization = *std::move(organization);
    const auto served = static_cast<std::int64_t>(m_organization->log().size());
    m_alerts.raiseMany();
    m_file.append(sampleEvents(200, 400));
    const std::int64_t before = storedEvents();
    window().setEngine(m_engine);
    m_driver.supervisor().start();
    return addSource(u"Larkspur"_s, m_organization->token().toUtf8(), collect::State::Healthy)
        && addSource(u"Larkspur preview"_s, "00wrong", collect::State::NeedsAttention)
        && comes([&] { return storedEvents() == before + served; })
        && comes([this] { return m_engine.status().isRunning && !m_engine.packs()->empty(); }) && m_driver.open();
}

QStringList FilledWindow::views()
{
    QStringList names;
    for (const auto &[name, show] : Scenes::views()) {
        names << name;
    }
    return names;
}

bool FilledWindow::show(const QString &view)
{
    const auto &all = Scenes::views();
    const auto found = std::ranges::find(all, view, &Scenes::Windows::value_type::first);
    m_driver.activate();
    const bool isShown = found != all.end() && found->second(*this);
    QCoreApplication::processEvents();
    return isShown;
}

QStringList FilledWindow::dialogs()
{
    QStringList names;
    for (const auto &[name, open] : Scenes::dialogs()) {
        names << name;
    }
    return names;
}

QWidget *FilledWindow::openDialog(const QString &name)
{
    const auto &all = Scenes::dialogs();
    const auto found = std::ranges::find(all, name, &Scenes::Dialogs::value_type::first);
    return found != all.end() && show(u"events"_s) ? found->second(*this) : nullptr;
}

bool FilledWindow::showAlert(int tab)
{
    AlertView *view = window().alerts();
    window().showView(View::Alerts);
    if (!comes([&] { return view->model()->hasLoaded() && view->pane()->details(); })) {
        return false;
    }
    view->pane()->setCurrentTab(tab);
    return true;
}

bool FilledWindow::showRule()
{
    DetectionView *view = window().detections();
    window().showView(View::Detections);
    if (view->isEditing()) {
        view->editor().actions().close->trigger();
    }
    if (!comes([&] { return view->model().rowCount() > 2; })) {
        return false;
    }
    view->tree()->setCurrentIndex(view->model().index(0, 0, view->model().index(0, 0)));
    view->pane().setSpan(0);
    view->pane().findChild<QPushButton *>()->click();
    return comes([&] { return view->pane().result().contains(u"fired"_s); });
}

bool FilledWindow::showEditor(int tab)
{
    DetectionView *view = window().detections();
    RuleEditor &editor = view->editor();
    window().showView(View::Detections);
    if (!view->isEditing()) {
        detect::RuleDraft draft;
        draft.yaml = ownRule;
        view->openEditor(draft, {}, false);
        editor.backTest()->setDays(0);
        editor.save();
    }
    editor.findChild<QTabWidget *>()->setCurrentIndex(tab);
    return comes([&] {
        return view->isEditing() && editor.state().startsWith(u"Saved"_s)
            && editor.checkPane()->summary().contains(u"can be used"_s)
            && editor.backTest()->list()->topLevelItemCount() > 0 && editor.versions()->list()->count() > 0;
    });
}

const FilledWindow::Scenes::Windows &FilledWindow::Scenes::views()
{
    static const Windows all{
        {u"events"_s,
            [](FilledWindow &f) {
                f.window().showView(View::Events);
                f.driver().click(2, EventColumn::Actor); // so that the details are there
                const DetailsPane *details = f.driver().events().details();
                return comes([&] {
                    return details->shownEvent() && details->shownEvent()->seq == f.driver().table().currentSeq();
                });
            }},
        {u"profiles"_s,
            [](FilledWindow &f) {
                f.window().showView(View::Profiles);
                return comes([&] { return f.window().profiles()->users()->showEventsAction()->isEnabled(); });
            }},
        {u"alert"_s, [](FilledWindow &f) { return f.showAlert(AlertPane::Overview); }},
        {u"events of an alert"_s, [](FilledWindow &f) { return f.showAlert(AlertPane::Events); }},
        {u"context of an alert"_s, [](FilledWindow &f) { return f.showAlert(AlertPane::Context); }},
        {u"notes on an alert"_s, [](FilledWindow &f) { return f.showAlert(AlertPane::Notes); }},
        {u"rules"_s, [](FilledWindow &f) { return f.showRule(); }},
        {u"check of a rule"_s, [](FilledWindow &f) { return f.showEditor(0); }},
        {u"back-test of a rule"_s, [](FilledWindow &f) { return f.showEditor(1); }},
        {u"versions of a rule"_s, [](FilledWindow &f) { return f.showEditor(2); }},
        {u"sources"_s,
            [](FilledWindow &f) {
                f.window().showView(View::Sources);
                return true;
            }},
        {u"source to be removed"_s,
            [](FilledWindow &f) {
                f.window().showView(View::Sources);
                f.window().sources()->findChild<QAbstractButton *>(u"remove"_s)->click();
                return true;
            }},
        {u"entity"_s,
            [](FilledWindow &f) {
                EntityView *view = f.window().entities();
                f.window().showView(View::Entities);
                view->timeRange()->setPreset(TimeRangeChoice::Preset::All);
                view->open(store::Entity::actor("ada@example.com"));
                return comes([&] { return view->page()->isVisible(); });
            }},
        {u"charts"_s,
            [](FilledWindow &f) {
                f.window().showView(View::Charts);
                return comes([&] { return f.window().charts()->isReady(); });
            }},
        {u"report on rules"_s,
            [](FilledWindow &f) {
                ReportsPage *page = f.window().reports();
                f.window().showView(View::Reports);
                page->setDays(365);
                page->show(ReportsPage::Report::Rules);
                return comes([&] { return page->model().rowCount() > 0; });
            }},
        {u"coverage"_s,
            [](FilledWindow &f) {
                ReportsPage *page = f.window().reports();
                f.window().showView(View::Reports);
                page->show(ReportsPage::Report::Coverage);
                return comes([&] { return page->coverage().columnCount() > 5; });
            }},
        {u"dashboard"_s,
            [](FilledWindow &f) {
                f.window().showView(View::Dashboard);
                return comes([&] { return f.window().dashboard()->isReady(); });
            }},
    };
    return all;
}

/// What the keys open over the table.
QWidget *FilledWindow::byKeys(const QString &keys)
{
    const QKeySequence sequence(keys);
    m_driver.table().setFocus();
    QTest::keyClick(&m_driver.table(), sequence[0].key(), sequence[0].keyboardModifiers());
    QWidget *found = nullptr;
    const bool isThere = comes([&] {
        QWidget *popup = QApplication::activePopupWidget();
        found = popup ? popup : QApplication::activeWindow();
        return found && found != &window();
    });
    // What it shows may have to be counted first.
    const auto *table = isThere ? found->findChild<QWidget *>(u"pivotTable"_s) : nullptr;
    return isThere && (!table || comes([&] { return table->isVisible(); })) ? found : nullptr;
}

QWidget *FilledWindow::opened(QWidget *dialog)
{
    if (!dialog) {
        return nullptr;
    }
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
    dialog->activateWindow();
    return QTest::qWaitForWindowActive(dialog, patience) ? dialog : nullptr;
}

/// A file with events, and with lines that are none.
QStringList FilledWindow::archive()
{
    QFile file(m_folder.filePath(u"larkspur-2026-11.ndjson"_s));
    if (!file.open(QIODevice::WriteOnly)) {
        return {};
    }
    for (const std::string &event : sampleEvents(0, 99)) {
        file.write(QByteArray::fromStdString(event) + "\nno event\n");
    }
    return {file.fileName()};
}

const FilledWindow::Scenes::Dialogs &FilledWindow::Scenes::dialogs()
{
    static const Dialogs all = [] {
        Dialogs made;
        for (const auto &[name, keys] : std::initializer_list<std::pair<const char *, const char *>>{
                 {"time", "Ctrl+Shift+T"}, {"save the search", "Ctrl+S"}, {"saved searches", "Ctrl+J"},
                 {"go to a time", "Ctrl+G"}, {"columns", "Ctrl+Shift+H"}, {"colour rules", "Ctrl+Shift+U"},
                 {"tags", "T"}, {"note", "N"}, {"export", "Ctrl+E"}, {"pivot", "Ctrl+Shift+P"},
                 {"SQL console", "Ctrl+Shift+Q"}, {"preferences", "Ctrl+,"}, {"filter language", "F1"}}) {
            made.emplaceBack(QString::fromLatin1(name),
                [keys = QString::fromLatin1(keys)](FilledWindow &f) { return f.byKeys(keys); });
        }
        return made << Dialogs{
                   {u"redacted export"_s,
                       [](FilledWindow &f) {
                           auto *dialog = new ExportDialog({u"401 events"_s, 401, 0}, {}, &f.window());
                           dialog->findChild<QCheckBox *>(u"redact"_s)->setChecked(true);
                           return f.opened(dialog);
                       }},
                   {u"import"_s,
                       [](FilledWindow &f) {
                           auto *dialog = new ImportDialog(f.archive(), {}, {}, &f.window());
                           QWidget *shown = f.opened(dialog);
                           const auto *problems = dialog->findChild<QTreeWidget *>(u"previewProblems"_s);
                           return comes([&] { return problems->topLevelItemCount() > 0; }) ? shown : nullptr;
                       }},
                   {u"problems of an import"_s,
                       [](FilledWindow &f) {
                           return f.opened(
                               new ProblemList({{u"a.ndjson"_s, 7, u"This is no JSON object."_s}}, 1, &f.window()));
                       }},
                   {u"retention"_s,
                       [](FilledWindow &f) {
                           auto *dialog = new RetentionDialog(f.m_file.store(), {}, &event::now, &f.window());
                           QWidget *shown = f.opened(dialog);
                           const auto *sources = dialog->findChild<QComboBox *>();
                           return comes([&] { return sources->count() > 0; }) ? shown : nullptr;
                       }},
                   {u"suppress"_s,
                       [](FilledWindow &f) {
                           const bool isShown = f.showAlert(AlertPane::Overview);
                           f.window().alerts()->actions().suppress->trigger();
                           return isShown ? f.opened(f.window().findChild<SuppressDialog *>()) : nullptr;
                       }},
                   {u"suppressions"_s,
                       [](FilledWindow &f) {
                           store::Suppression one;
                           one.filter = u"actor.alternateId eq \"ada@example.com\""_s;
                           one.reason = u"She travels."_s;
                           one.created = event::now();
                           f.m_alerts.alerts().putSuppression(one);
                           auto *dialog = new SuppressionsDialog(f.m_alerts.alerts(), {}, &f.window());
                           QWidget *shown = f.opened(dialog);
                           auto *table = dialog->findChild<QTableWidget *>();
                           const bool isRead = comes([&] { return table->rowCount() > 0; });
                           table->selectRow(0);
                           return isRead ? shown : nullptr;
                       }},
                   {u"new rule"_s,
                       [](FilledWindow &f) -> QWidget * {
                           f.window().showView(View::Detections);
                           f.window().detections()->actions().newRule->trigger();
                           auto *dialog = f.window().findChild<NewRuleDialog *>();
                           return dialog && comes([&] { return dialog->list()->count() > 0; }) ? f.opened(dialog)
                                                                                               : nullptr;
                       }},
                   {u"rule from an event"_s,
                       [](FilledWindow &f) {
                           f.driver().events().requestRule();
                           EventRuleDialog *dialog = nullptr;
                           comes([&] { return (dialog = f.window().findChild<EventRuleDialog *>()) != nullptr; });
                           return f.opened(dialog);
                       }},
                   {u"difference"_s,
                       [](FilledWindow &f) {
                           auto *dialog = new DifferenceDialog(f.m_file.store(), 3, 5, {}, &f.window());
                           QWidget *shown = f.opened(dialog);
                           return comes([&] { return dialog->model().rowCount() > 0; }) ? shown : nullptr;
                       }},
                   {u"time zones"_s,
                       [](FilledWindow &f) { return f.opened(new ZoneDialog("Europe/Berlin", &f.window())); }},
                   {u"source"_s,
                       [](FilledWindow &f) {
                           f.window().showView(View::Sources);
                           f.window().sources()->addSource();
                           return f.opened(f.window().findChild<SourceWizard *>());
                       }},
                   {u"file that cannot be opened"_s,
                       [](FilledWindow &f) {
                           auto *opening = new OpeningWindow(u"case.duckdb"_s);
                           opening->offerReturn(u"Larkspur"_s);
                           opening->showError(u"case.duckdb"_s, {event::ErrorKind::Corrupt, u"The file is damaged."_s});
                           return f.opened(opening);
                       }},
               };
    }();
    return all;
}

} // namespace octotrail::tests
