// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "Pictures.h"
#include "collect/Supervisor.h"
#include "detect/Engine.h"
#include "detect/OwnRules.h"
#include "secrets/Vault.h"
#include "simulator/Simulator.h"
#include "store/Alerts.h"
#include "ui/MainWindow.h"
#include "ui/alerts/AlertModel.h"
#include "ui/alerts/AlertView.h"
#include "ui/detections/DetectionModel.h"
#include "ui/detections/DetectionView.h"
#include "ui/editor/CheckPane.h"
#include "ui/editor/CodeEdit.h"
#include "ui/editor/EventRuleDialog.h"
#include "ui/editor/NewRuleDialog.h"
#include "ui/editor/RuleEditor.h"
#include "ui/editor/VersionsPane.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/Banner.h"
#include "ui/window/BannerArea.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>
#include <QUuid>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30000;

/// The window over a store with events, with an engine at work.
struct World
{
    World()
    {
        file.append(sampleEvents(0, 59));
        supervisor = std::make_unique<collect::Supervisor>(file.store(), vault);
        window = std::make_unique<MainWindow>(file.store(), *supervisor, vault);
        window->setRemembering(false);
        window->restoreState();
        window->resize(1280, 800);
        window->show();
        engine = std::make_unique<detect::Engine>(file.store());
        window->setEngine(*engine);
        window->events()->filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
        window->events()->actions().searchAgain->trigger();
        window->showView(MainWindow::View::Detections);
        // The packs are there.
        (void)QTest::qWaitFor([this] { return view().model().rowCount() >= 4; }, patience);
    }
    ~World() { window.reset(); }

    DetectionView &view() const { return *window->detections(); }
    RuleEditor &editor() const { return view().editor(); }
    DetectionModel &model() const { return view().model(); }

    int ruleCount() const
    {
        int count = 0;
        for (int row = 0; row < model().rowCount(); ++row) {
            const QModelIndex pack = model().index(row, 0);
            count += model().packAt(pack)->id == detect::ownPackId() ? model().rowCount(pack) : 0;
        }
        return count;
    }
    /// The rule in the list, by its title.
    bool choose(const QString &title) const
    {
        for (const detect::Pack &pack : *engine->packs()) {
            for (const detect::RulePtr &rule : pack.set.rules) {
                if (rule->title == title && rule->raises) {
                    return view().showRule(rule->id);
                }
            }
        }
        return false;
    }
    template <class T>
    T *dialog() const
    {
        T *found = nullptr;
        (void)QTest::qWaitFor(
            [&] {
                found = window->findChild<T *>();
                return found && found->isVisible();
            },
            patience);
        return found;
    }
    bool clickInBanner(const QString &text) const
    {
        return QTest::qWaitFor(
            [&] {
                for (auto *banner : window->findChildren<Banner *>()) {
                    for (auto *button : banner->findChildren<QPushButton *>()) {
                        if (button->isVisible() && button->text() == text) {
                            QTest::mouseClick(button, Qt::LeftButton);
                            return true;
                        }
                    }
                }
                return false;
            },
            patience);
    }
    bool saysInBanner(const QString &text) const
    {
        return QTest::qWaitFor(
            [&] {
                const auto banners = window->findChildren<Banner *>();
                return std::ranges::any_of(banners,
                    [&](const Banner *banner) { return banner->isVisible() && banner->text().contains(text); });
            },
            patience);
    }
    bool waitForCheck() const
    {
        return QTest::qWaitFor([&] { return editor().checkPane()->summary().contains(u"can be used"_s); }, patience);
    }
    bool isListed(const QString &title) const
    {
        return QTest::qWaitFor([&] { return choose(title); }, patience);
    }
    std::size_t alertsOf(const QString &title) const
    {
        const auto list = store::Alerts(file.store()).list({}).result();
        return list ? static_cast<std::size_t>(std::ranges::count_if(
                   list->alerts, [&](const store::Alert &alert) { return alert.ruleTitle == title; }))
                    : 0;
    }

    CaseFile file;
    secrets::Vault vault;
    std::unique_ptr<collect::Supervisor> supervisor;
    std::unique_ptr<detect::Engine> engine;
    std::unique_ptr<MainWindow> window;
};

bool writeFile(const QString &name, const QByteArray &text)
{
    QFile file(name);
    return QDir().mkpath(QFileInfo(name).path()) && file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray ruleText(const QByteArray &title, const QByteArray &id)
{
    return "title: " + title + "\nid: " + id
        + "\nlogsource: {product: okta, service: okta}\ndetection: {s: {eventType: user.session.end}, condition: s}\n";
}

} // namespace

/// The analyst's own rules, from the first letter to the alert.
class TestOwnRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_appearance = std::make_unique<Appearance>(*qApp);
        m_appearance->setChoice(Appearance::Choice::Light);
    }

    void fromTemplateToAlertAndBack()
    {
        World world;
        world.view().actions().newRule->trigger();
        auto *dialog = world.dialog<NewRuleDialog>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->list()->count() >= 10, patience);
        QVERIFY(tests::keepPictures(*dialog, u"new-rule"_s, *m_appearance));
        QListWidgetItem *wanted
            = dialog->list()->findItems(u"Suspicious Behavior Reported"_s, Qt::MatchExactly).value(0);
        QVERIFY(wanted);
        dialog->list()->setCurrentItem(wanted);
        QTest::keyClick(dialog->list(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing(), patience);
        QVERIFY(world.waitForCheck());
        QVERIFY(tests::keepPictures(*world.window, u"detections-editor"_s, *m_appearance));
        world.editor().actions().save->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(world.editor().state().startsWith(u"Saved"_s), patience);
        world.editor().actions().close->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(world.ruleCount(), 1, patience);
        // It watches new events.
        world.file.append(
            {R"({"uuid":"new-1","published":"2026-11-23T09:30:00.000Z","eventType":"user.account.report_suspicious_activity_by_enduser","actor":{"alternateId":"dana@example.com"}})"});
        QTRY_COMPARE_WITH_TIMEOUT(world.alertsOf(u"Suspicious Behavior Reported"_s), std::size_t(1), patience);
        QVERIFY(tests::keepPictures(*world.window, u"detections"_s, *m_appearance));
        QVERIFY(world.isListed(u"Suspicious Behavior Reported"_s)); // to its alerts and back, whatever is sought
        world.view().actions().showAlerts->trigger();
        AlertView &alerts = *world.window->findChild<AlertView *>();
        QVERIFY(alerts.isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(alerts.model()->rowCount(), 1, patience);
        world.view().findChild<QLineEdit *>()->setText(u"nothing of the kind"_s);
        alerts.actions().openRule->trigger();
        QVERIFY(world.view().isVisible());
        const detect::RulePtr opened = world.model().ruleAt(world.view().tree()->currentIndex());
        QVERIFY(opened && opened->title == u"Suspicious Behavior Reported"_s);
        world.view().openRule(u"no-such-rule"_s);
        QVERIFY(world.saysInBanner(u"There is no rule no-such-rule"_s));
        // It is deleted, and comes back.
        QVERIFY(world.isListed(u"Suspicious Behavior Reported"_s));
        QVERIFY(world.view().actions().remove->isEnabled());
        world.view().actions().remove->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(world.ruleCount(), 0, patience);
        QVERIFY(world.clickInBanner(u"Undo"_s));
        QTRY_COMPARE_WITH_TIMEOUT(world.ruleCount(), 1, patience);
        // It is opened again, as it was saved.
        QVERIFY(world.isListed(u"Suspicious Behavior Reported"_s));
        world.view().actions().edit->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing(), patience);
        QCOMPARE(world.editor().origin().kind, RuleOrigin::Kind::Case);
        QCOMPARE(world.editor().state(), u"Saved"_s);
    }

    void aBundledRuleIsCopied()
    {
        World world;
        const QModelIndex pack = world.model().index(0, 0);
        const QModelIndex first = world.model().index(0, 0, pack);
        const QString title = world.model().ruleAt(first)->title;
        world.view().tree()->setCurrentIndex(first);
        QVERIFY(!world.view().actions().edit->isEnabled());
        QVERIFY(!world.view().actions().remove->isEnabled());
        world.view().actions().copy->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing(), patience);
        QCOMPARE(world.editor().draft().title(), title + u" (copy)"_s);
        QVERIFY(world.waitForCheck());
        QVERIFY(world.editor().isModified()); // leaving it would lose it
        world.editor().save();
        QTRY_VERIFY_WITH_TIMEOUT(!world.editor().isModified(), patience);
        world.editor().actions().close->trigger();
        QVERIFY(world.isListed(title + u" (copy)"_s));
    }

    void aFilterBecomesARule()
    {
        World world;
        world.window->showView(MainWindow::View::Events);
        world.window->events()->filterBar()->setFilter(
            QString::fromUtf8(R"(outcome.result eq "FAILURE" and actor.alternateId co "a")"));
        QAction *fromFilter = nullptr;
        for (QAction *action : world.window->findChildren<QAction *>()) {
            fromFilter = action->shortcut() == QKeySequence(u"Ctrl+Alt+R"_s) ? action : fromFilter;
        }
        QVERIFY(fromFilter);
        fromFilter->trigger();
        QVERIFY(world.view().isEditing() && world.view().isVisible());
        QVERIFY(world.waitForCheck());
        QVERIFY(world.editor().draft().yaml.contains(u"outcome.result: FAILURE"_s));
        // What Sigma cannot say is told.
        QVERIFY(world.editor().isModified());
        world.window->events()->filterBar()->setFilter(
            QString::fromUtf8(R"(target[type eq "User" and alternateId co "x"])"));
        fromFilter->trigger();
        QVERIFY(world.saysInBanner(u"one and the same target"_s));
    }

    void anEventBecomesARule()
    {
        World world;
        world.window->showView(MainWindow::View::Events);
        EventView *events = world.window->events();
        QTRY_VERIFY_WITH_TIMEOUT(events->model().rowCount() == 60, patience);
        events->table()->setCurrentIndex(events->model().index(3, 0));
        events->requestRule();
        auto *dialog = world.dialog<EventRuleDialog>();
        QVERIFY(dialog);
        QCOMPARE(dialog->list()->topLevelItem(0)->checkState(0), Qt::Checked);
        QVERIFY(tests::keepPictures(*dialog, u"rule-from-event"_s, *m_appearance));
        for (auto *button : dialog->findChildren<QPushButton *>()) {
            if (button->text().contains(u"Make"_s)) {
                QTest::mouseClick(button, Qt::LeftButton);
                break;
            }
        }
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing() && world.view().isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(
            world.editor().checkPane()->summary().contains(u"All of its tests pass: 1"_s), patience);
    }

    void unsavedRulesKeepTheWindowOpen()
    {
        World world;
        world.view().newRuleFromFilter(QString::fromUtf8(R"(severity eq "WARN")"));
        QVERIFY(world.view().isEditing());
        QVERIFY(!world.window->close());
        QVERIFY(world.window->isVisible());
        QVERIFY(world.clickInBanner(u"Discard"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!world.window->isVisible(), patience);
    }

    void foldersAreAddedAndFollowed()
    {
        const QTemporaryDir folder;
        const QString rule = folder.filePath(u"rules/mine.yml"_s);
        QVERIFY(writeFile(rule, ruleText("Mine", "a1a1a1a1-0000-4000-8000-000000000001")));
        World world;
        world.view().addRuleFolder(folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(world.view().actions().removeFolder->isEnabled(), patience); // it is chosen
        QVERIFY(world.isListed(u"Mine"_s));
        QVERIFY(writeFile(rule, ruleText("Mine, changed", "a1a1a1a1-0000-4000-8000-000000000001")));
        QVERIFY(world.isListed(u"Mine, changed"_s));
        // Its file is edited where it is.
        world.view().actions().edit->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing(), patience);
        QCOMPARE(world.editor().origin().kind, RuleOrigin::Kind::File);
        world.editor().yaml()->goTo(1, 21);
        QTest::keyClicks(world.editor().yaml()->input(), u" again"_s);
        QVERIFY(world.editor().isModified());
        world.editor().save();
        QTRY_VERIFY_WITH_TIMEOUT(!world.editor().isModified(), patience);
        // What it was can be had again.
        QTRY_COMPARE_WITH_TIMEOUT(world.editor().versions()->list()->count(), 2, patience);
        world.editor().actions().close->trigger();
        QVERIFY(world.isListed(u"Mine, changed again"_s));
        world.view().actions().removeFolder->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!world.choose(u"Mine, changed again"_s), patience);
        QVERIFY(world.clickInBanner(u"Undo"_s));
        QVERIFY(world.isListed(u"Mine, changed again"_s));
    }

    void aRuleWithAnErrorIsKeptAndFound()
    {
        World world;
        world.view().newRuleFromFilter(u"eventType eq \"user.session.start\""_s);
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing(), patience);
        world.editor().yaml()->replaceText(
            u"title: Half written\ndetection:\n  sel: {eventType: x}\n  condition: sel and\n"_s);
        QVERIFY(QTest::qWaitFor(
            [&] { return world.editor().checkPane()->summary().contains(u"cannot be used"_s); }, patience));
        world.editor().save();
        QTRY_COMPARE_WITH_TIMEOUT(world.editor().state(), u"Saved, but does not run"_s, patience);
        QVERIFY(world.saysInBanner(u"has an error and does not run"_s));
        world.editor().actions().close->trigger();
        // It stands in the list, is chosen there, says why, and is opened again.
        const auto current = [&] { return world.model().brokenAt(world.view().tree()->currentIndex()); };
        QTRY_VERIFY_WITH_TIMEOUT(current(), patience);
        QCOMPARE(current()->title, u"Half written"_s);
        QVERIFY(!(world.model().flags(world.view().tree()->currentIndex()) & Qt::ItemIsUserCheckable));
        QVERIFY(current()->reasons.join(u' ').startsWith(u"Line "_s));
        QVERIFY(!world.view().actions().copy->isEnabled());
        // It can be deleted and brought back.
        world.view().actions().remove->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(world.ruleCount(), 0, patience);
        QVERIFY(world.clickInBanner(u"Undo"_s));
        QTRY_VERIFY_WITH_TIMEOUT(current(), patience);
        world.view().actions().edit->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing(), patience);
        world.editor().yaml()->replaceText(world.editor().yaml()->text().replace(u"sel and"_s, u"sel"_s));
        QVERIFY(world.waitForCheck());
        world.editor().save();
        QTRY_VERIFY_WITH_TIMEOUT(world.editor().state().startsWith(u"Saved at"_s), patience);
        world.editor().actions().close->trigger();
        QVERIFY(world.isListed(u"Half written"_s));
    }

    void pythonIsAskedAboutFirst()
    {
        const QTemporaryDir folder;
        QVERIFY(writeFile(folder.filePath(u"rules/r.yml"_s),
            "AnalysisType: rule\nRuleID: My.Rule\nDisplayName: My rule\nFilename: r.py\nEnabled: true\n"
            "LogTypes: [Okta.SystemLog]\nSeverity: Low\n"));
        QVERIFY(writeFile(folder.filePath(u"rules/r.py"_s), "def rule(event):\n    return False\n"));
        World world;
        world.view().addRuleFolder(folder.path());
        QVERIFY(world.saysInBanner(u"rules in Python"_s));
        QVERIFY(!world.choose(u"My rule"_s));
        QVERIFY(tests::keepPicture(*world.window, u"detections-python-folder"_s));
        QVERIFY(world.clickInBanner(u"Add the folder"_s));
        QVERIFY(world.isListed(u"My rule"_s));
    }

    /// From an organization's log over HTTP to the alert, by rules in Python: one of a folder, and one of the editor.
    void pythonWatchesWhatIsCollected()
    {
        const QTemporaryDir folder;
        QVERIFY(writeFile(folder.filePath(u"rules/r.yml"_s),
            "AnalysisType: rule\nRuleID: My.Folder.Rule\nDisplayName: From the folder\nFilename: r.py\nEnabled: true\n"
            "LogTypes: [Okta.SystemLog]\nSeverity: Low\n"));
        QVERIFY(writeFile(folder.filePath(u"rules/r.py"_s),
            "def rule(event):\n    return event.get('eventType') == 'user.session.start'\n\n\n"
            "def title(event):\n    return 'Session of ' + event.deep_get('actor', 'alternateId', default='?')\n"));
        World world;
        world.view().addRuleFolder(folder.path());
        QVERIFY(world.clickInBanner(u"Add the folder"_s));
        QVERIFY(world.isListed(u"From the folder"_s));
        world.view().actions().edit->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(world.view().isEditing(), patience);
        QVERIFY(world.waitForCheck());
        world.editor().actions().close->trigger();
        detect::RuleDraft draft;
        draft.format = detect::Rule::Format::Panther;
        draft.yaml = u"AnalysisType: rule\nRuleID: My.Own.Rule\nDisplayName: From the editor\nFilename: own.py\n"
                     u"Enabled: true\nLogTypes: [Okta.SystemLog]\nSeverity: High\n"_s;
        draft.python = u"def rule(event):\n    return event.get('eventType').startswith('user.')\n"_s;
        world.editor().edit(draft, {});
        QVERIFY(world.waitForCheck());
        world.editor().save();
        QTRY_VERIFY_WITH_TIMEOUT(world.editor().state().startsWith(u"Saved"_s), patience);
        QVERIFY(world.isListed(u"From the editor"_s));

        simulator::Simulator::Options options;
        options.users = 20;
        options.history = std::chrono::hours(2);
        options.live = true;
        options.speed = 20;
        options.eventsPerMinute = 120;
        const auto organization = simulator::Simulator::start(options);
        QVERIFY(organization.has_value());
        store::SourceConfig source;
        source.uuid = QUuid::createUuid().toString(QUuid::WithoutBraces);
        source.name = u"Simulated"_s;
        source.origin = (*organization)->origin();
        const auto put
            = world.supervisor->put(source, (*organization)->token().toUtf8(), secrets::Vault::Place::Session);
        QTRY_VERIFY_WITH_TIMEOUT(put.isFinished(), patience);
        QVERIFY(put.result().has_value());
        QTRY_VERIFY_WITH_TIMEOUT(world.alertsOf(u"From the folder"_s) > 0, patience);
        QTRY_VERIFY_WITH_TIMEOUT(world.alertsOf(u"From the editor"_s) > 0, patience);
        world.window->showView(MainWindow::View::Alerts);
        const AlertModel &alerts = *world.window->alerts()->model();
        const auto shown = [&](const QString &title) {
            return QTest::qWaitFor(
                [&] {
                    return !alerts
                                .match(alerts.index(0, AlertModel::Title), Qt::DisplayRole, title, 1,
                                    Qt::MatchStartsWith | Qt::MatchCaseSensitive)
                                .isEmpty();
                },
                patience);
        };
        QVERIFY(shown(u"Session of "_s));
        QVERIFY(shown(u"From the editor"_s));
        QVERIFY(tests::keepPicture(*world.window, u"alerts-of-python"_s));
    }

    void rulesComeAndGoAsFiles()
    {
        const QTemporaryDir folder;
        const QByteArray id = "a1a1a1a1-0000-4000-8000-000000000002";
        QVERIFY(writeFile(folder.filePath(u"one.yml"_s), ruleText("Imported", id)));
        World world;
        world.view().importFiles({folder.filePath(u"one.yml"_s), folder.filePath(u"none.yml"_s)});
        QVERIFY(world.saysInBanner(u"Imported rules: 1"_s));
        QVERIFY(world.isListed(u"Imported"_s));
        // The same rule again takes the place of the first.
        QVERIFY(writeFile(folder.filePath(u"one.yml"_s), ruleText("Imported twice", id)));
        world.view().importFiles({folder.filePath(u"one.yml"_s)});
        QVERIFY(world.isListed(u"Imported twice"_s));
        QVERIFY(world.saysInBanner(u"1 took the place"_s));
        QCOMPARE(world.ruleCount(), 1);
        // Two files with one rule are one.
        QVERIFY(writeFile(folder.filePath(u"two.yml"_s), ruleText("Imported thrice", id)));
        world.view().importFiles({folder.filePath(u"one.yml"_s), folder.filePath(u"two.yml"_s)});
        QVERIFY(world.isListed(u"Imported thrice"_s));
        QCOMPARE(world.ruleCount(), 1);
        // That of a pack counts, and that is told.
        QModelIndex pack = world.model().index(0, 0);
        while (!world.model().packAt(pack)->isBundled) {
            pack = pack.siblingAtRow(pack.row() + 1);
            QVERIFY(pack.isValid());
        }
        const detect::RulePtr bundled = world.model().ruleAt(world.model().index(0, 0, pack));
        QVERIFY(writeFile(folder.filePath(u"three.yml"_s), ruleText("Imported double", bundled->id.toUtf8())));
        world.view().importFiles({folder.filePath(u"three.yml"_s)});
        QVERIFY(world.saysInBanner(u"A pack has a rule with the same id, which counts instead: Imported double"_s));
    }

private:
    std::unique_ptr<Appearance> m_appearance;
};

QTEST_MAIN(TestOwnRules)
#include "tst_own_rules.moc"
