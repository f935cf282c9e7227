// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pictures.h"
#include "tests/detect/EngineWorld.h"

#include "detect/panther/PantherDetector.h"
#include "ui/detections/DetectionModel.h"
#include "ui/detections/DetectionView.h"
#include "ui/detections/RulePane.h"
#include "ui/style/Appearance.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>

using namespace octotrail;
using namespace octotrail::ui;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60000;

} // namespace

class TestDetectionView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_appearance = std::make_unique<Appearance>(*qApp);
        m_appearance->setChoice(Appearance::Choice::Light);
    }

    void theModel()
    {
        DetectionModel model;
        const QAbstractItemModelTester tester(&model);
        detect::Pack other = enginePack();
        other.id = u"other"_s;
        other.title = u"Other <b>pack</b>"_s;
        other.isBundled = true;
        model.setPacks(std::make_shared<const std::vector<detect::Pack>>(std::vector{enginePack(), other}));
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex pack = model.index(0, 0);
        QCOMPARE(model.rowCount(pack), 3); // base rules raise nothing
        QCOMPARE(model.index(0, DetectionModel::Name, pack).data().toString(), u"Many failures"_s);
        QCOMPARE(model.index(0, DetectionModel::Severity, pack).data().toString(), u"High"_s);
        QCOMPARE(pack.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        model.setPacksOfSources({u"other"_s});
        QCOMPARE(model.index(1, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        model.setAlertCounts({{u"many"_s, 4}});
        QCOMPARE(model.index(0, DetectionModel::Alerts, pack).data().toInt(), 4);

        QSignalSpy changed(&model, &DetectionModel::choicesChanged);
        QVERIFY(model.setData(model.index(0, 0, pack), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(changed.size(), 1);
        QVERIFY(changed.last().first().value<detect::RuleChoices>().toState().contains("rule/many"));
        QVERIFY(model.setData(pack, Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(model.index(1, 0, pack).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        // One rule of a pack that is off brings the pack back without the others.
        QVERIFY(model.setData(model.index(1, 0, pack), Qt::Checked, Qt::CheckStateRole));
        QCOMPARE(pack.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QCOMPARE(model.index(1, 0, pack).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
        QCOMPARE(model.index(2, 0, pack).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));

        model.setSearch(u"ADDRESS new"_s);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
        model.setSearch(u"nothing like it"_s);
        QCOMPARE(model.rowCount(), 0);
        model.setSearch({});
        QCOMPARE(model.rowCount(), 2);
    }

    void runsTheTestsOfPythonRules()
    {
        const QTemporaryDir folder;
        auto opened = store::Store::open(folder.filePath(u"case.duckdb"_s));
        QVERIFY(opened);
        detect::Pack pack;
        pack.folder = QStringLiteral(PANTHER_FIXTURES);
        pack.title = u"Python"_s;
        detect::panther::addRules(pack.folder, pack.set);
        detect::Engine engine(*opened, {pack});
        DetectionView view(*opened);
        view.setEngine(&engine);
        QTRY_COMPARE_WITH_TIMEOUT(view.model().rowCount(), 1, patience);
        const QModelIndex first = view.model().index(0, 0);
        const auto said = [&view] { return view.pane().findChild<QTextBrowser *>()->toPlainText(); };
        view.tree()->setCurrentIndex(first);
        QVERIFY2(said().contains(u"Not run here"_s), qPrintable(said()));
        QVERIFY2(
            said().contains(u"correlation_rules/correlation.yml: \"Sign-in without a badge\""_s), qPrintable(said()));
        for (const auto &[id, text] : {std::pair(u"Test.Login"_s, u"All tests of the rule pass"_s),
                 std::pair(u"Shape.Standard"_s, u"Fails: fires on another log"_s)}) {
            for (int row = 0; row < view.model().rowCount(first); ++row) {
                const QModelIndex index = view.model().index(row, 0, first);
                if (const auto rule = view.model().ruleAt(index); rule && rule->id == id) {
                    view.tree()->setCurrentIndex(index);
                }
            }
            QTRY_VERIFY2_WITH_TIMEOUT(said().contains(text), qPrintable(said()), patience);
        }
    }

    void backTestsARule()
    {
        const QTemporaryDir folder;
        auto opened = store::Store::open(folder.filePath(u"case.duckdb"_s));
        QVERIFY(opened);
        const auto store = *opened;
        store->append({1, engineEvents(0, 600), {}}).waitForFinished();
        detect::Engine engine(store, {enginePack()});
        DetectionView view(store);
        view.setEngine(&engine);
        view.resize(1200, 700);
        view.show();
        QTRY_COMPARE_WITH_TIMEOUT(view.model().rowCount(), 1, patience);
        const QModelIndex pack = view.model().index(0, 0);
        view.tree()->setCurrentIndex(pack);
        for (int row = 0; row < view.model().rowCount(pack); ++row) {
            view.tree()->setCurrentIndex(view.model().index(row, 0, pack));
            const detect::RulePtr rule = view.model().ruleAt(view.tree()->currentIndex());
            const QString said = view.pane().findChild<QTextBrowser *>()->toPlainText();
            if (rule->id == u"many"_s) {
                QVERIFY2(said.contains(u"At least 5 events like this within 10 minutes, for each client.ipAddress:"_s)
                        && said.contains(u"eventType eq \"fail\""_s),
                    qPrintable(said));
            } else if (rule->id == u"new-address"_s) {
                QVERIFY2(said.contains(u"A value of client.ipAddress that did not come in the last 30 days, for each "
                                       u"actor.alternateId"_s),
                    qPrintable(said));
            }
            auto *run = view.pane().findChild<QPushButton *>();
            QVERIFY(run && run->isVisible());
            view.pane().setSpan(0);
            run->click();
            QTRY_VERIFY_WITH_TIMEOUT(view.pane().result().contains(u"fired"_s), patience);
            // In a line of its own: beside the buttons there is no room for a sentence.
            const auto *outcome = view.pane().findChild<QLabel *>();
            QVERIFY(outcome && outcome->isVisible() && outcome->width() > view.pane().width() / 2);
            if (rule->id == u"failure"_s) {
                QVERIFY2(view.pane().result().contains(u"200 times"_s), qPrintable(view.pane().result()));
                QSignalSpy events(&view, &DetectionView::eventsRequested);
                view.pane().requestEvents();
                QCOMPARE(events.size(), 1);
                QCOMPARE(events.first().first().toString(), u"eventType eq \"fail\""_s);
                QCOMPARE(events.first().last().toInt(), 0); // as was tested: all that is stored
            }
        }
        QVERIFY(tests::keepPictures(view, u"detections-back-test"_s, *m_appearance));
    }

private:
    std::unique_ptr<Appearance> m_appearance;
};

QTEST_MAIN(TestDetectionView)
#include "tst_detection_view.moc"
