// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "AlertSamples.h"
#include "Pictures.h"
#include "collect/Supervisor.h"
#include "detect/Attack.h"
#include "detect/Engine.h"
#include "secrets/Vault.h"
#include "ui/MainWindow.h"
#include "ui/alerts/AlertModel.h"
#include "ui/alerts/AlertView.h"
#include "ui/reports/CoverageModel.h"
#include "ui/reports/CoverageTable.h"
#include "ui/reports/ReportModel.h"
#include "ui/reports/ReportText.h"
#include "ui/reports/ReportsPage.h"
#include "ui/style/Appearance.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <numeric>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using detect::ReportBy;

namespace {

constexpr int patience = 30'000;
const event::Timestamp start = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);

store::Alert alert(const QString &rule, const QString &actor, int day, const QStringList &tags = {},
    store::AlertState state = store::AlertState::Open)
{
    store::Alert one;
    one.ruleId = rule;
    one.ruleTitle = rule.toUpper();
    one.actor = actor;
    one.tags = tags;
    one.state = state;
    one.first = one.last = start + std::chrono::days(day) + std::chrono::hours(5);
    return one;
}

detect::Pack pack(const QString &id, const char *yaml)
{
    detect::RuleLoader loader;
    loader.addText(id + u".yml"_s, yaml);
    detect::Pack one;
    one.id = id;
    one.set = loader.link();
    return one;
}

} // namespace

class TestReports : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_appearance = std::make_unique<Appearance>(*qApp);
        m_appearance->setChoice(Appearance::Choice::Light);
    }

    void alertsAreCounted()
    {
        const std::vector<store::Alert> alerts{alert(u"a"_s, u"dana"_s, 0, {u"attack.t1110.003"_s}),
            alert(u"a"_s, u"omar"_s, 1, {u"attack.t1110.003"_s}, store::AlertState::FalsePositive),
            alert(u"a"_s, u"omar"_s, 1, {u"attack.t1110.003"_s}, store::AlertState::Resolved),
            alert(u"b"_s, u"omar"_s, 9, {u"attack.t1110"_s, u"attack.t1078.004"_s, u"attack.credential-access"_s}),
            alert(u"b"_s, {}, -5)}; // before the span
        const auto report = detect::reportOf(
            alerts, ReportBy::Rule, start, start + std::chrono::days(9) + std::chrono::hours(7), std::chrono::days(1));
        QCOMPARE(report.counts.size(), std::size_t(10));
        QCOMPARE(report.total(), std::int64_t(4));
        QCOMPARE(report.counts[1], std::int64_t(2));
        QCOMPARE(report.series.size(), std::size_t(2));
        const detect::AlertSeries &first = report.series.front();
        QCOMPARE(first.key, u"a"_s);
        QCOMPARE(first.name, u"A"_s);
        QCOMPARE(first.total, std::int64_t(3));
        QCOMPARE(first.judged, std::int64_t(2));
        QCOMPARE(first.falsePositiveShare(), std::optional(0.5));
        QVERIFY(first.last == alerts[1].last);
        QVERIFY(!report.series[1].falsePositiveShare());

        const auto techniques
            = detect::reportOf(alerts, ReportBy::Technique, start, start + std::chrono::days(9), std::chrono::days(7));
        QCOMPARE(techniques.counts.size(), std::size_t(2));
        QCOMPARE(techniques.total(), std::int64_t(4));
        QCOMPARE(techniques.series.size(), std::size_t(3));
        QCOMPARE(techniques.series.front().name, u"T1110.003 Brute Force: Password Spraying"_s);
        // Every bin's alerts are those of the rules in it.
        const std::int64_t sum = std::accumulate(report.series.begin(), report.series.end(), std::int64_t{0},
            [](std::int64_t all, const detect::AlertSeries &one) { return all + one.total; });
        QCOMPARE(sum, report.total());

        // A day's share is that of the days there are events of.
        QCOMPARE(report.days(), 10.0);
        const event::Timestamp now = start + std::chrono::days(9);
        const auto young
            = detect::reportOf(alerts, ReportBy::Rule, start, now, std::chrono::days(1), now - std::chrono::hours(48));
        QCOMPARE(young.days(), 2.0);
        QCOMPARE(detect::reportOf(alerts, ReportBy::Rule, start, now, std::chrono::days(1), now - std::chrono::hours(1))
                     .days(),
            1.0);
        QCOMPARE(
            detect::reportOf(alerts, ReportBy::Rule, start, now, std::chrono::days(1), start - std::chrono::days(99))
                .days(),
            10.0);
        // Each of several actors is counted, and what is only recorded by itself.
        std::vector<store::Alert> spray{alert(u"a"_s, u"dana"_s, 0), alert(u"a"_s, u"omar"_s, 0)};
        spray[0].actors = {{u"dana"_s, 2}, {u"omar"_s, 1}};
        spray[0].actorCount = 2;
        spray.push_back(alert(u"a"_s, u"omar"_s, 0, {}, store::AlertState::Recorded));
        const auto actors
            = detect::reportOf(spray, ReportBy::Actor, start, start + std::chrono::days(1), std::chrono::days(1));
        QCOMPARE(actors.total(), std::int64_t(2));
        QCOMPARE(actors.series.size(), std::size_t(2));
        QCOMPARE(actors.series[0].key, u"omar"_s);
        QCOMPARE(actors.series[0].total, std::int64_t(2));
        QCOMPARE(actors.series[0].recorded, std::int64_t(1));
        QCOMPARE(actors.series[1].total, std::int64_t(1));

        const QString csv = reportAsCsv(report, ReportBy::Rule);
        const QStringList lines = csv.split(u"\r\n"_s, Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].startsWith(u"rule,name,alerts"_s) && lines[0].endsWith(u"2026-03-10"_s));
        QVERIFY(lines[1].startsWith(u"a,A,3,0.300,1,2,"_s));
    }

    void theCoverageIsThatOfEnabledRules()
    {
        const std::vector<detect::Pack> packs{pack(u"on"_s, R"(
title: One
id: one
tags: [attack.credential-access, attack.t1110.003]
detection: {s: {eventType: a}, condition: s}
---
title: Two
id: two
tags: [attack.credential_access, attack.t1110.003, attack.t9999]
detection: {s: {eventType: b}, condition: s}
---
title: Off
id: off
tags: [attack.t1078.004]
detection: {s: {eventType: c}, condition: s}
)")};
        const auto columns = detect::coverageOf(packs,
            [](const detect::Pack &, const detect::Rule &rule) { return rule.id != u"off"_s; },
            {alert(u"one"_s, u"dana"_s, 0, {u"attack.credential-access"_s, u"attack.t1110.003"_s})});
        QStringList names;
        for (const detect::CoverageColumn &column : columns) {
            names << column.tactic;
        }
        // In ATT&CK's order; T1078.004 under all of its tactics, watched by nothing that is on.
        QCOMPARE(names,
            QStringList({u"initial-access"_s, u"persistence"_s, u"privilege-escalation"_s, u"defense-evasion"_s,
                u"credential-access"_s}));
        QCOMPARE(columns[0].covered(), 0);
        const detect::CoverageColumn &access = columns.back();
        QCOMPARE(access.covered(), 2);
        QCOMPARE(access.cells[0].technique, u"T1110.003"_s);
        QCOMPARE(access.cells[0].name, u"Brute Force: Password Spraying"_s);
        QCOMPARE(access.cells[0].rules, QStringList({u"One"_s, u"Two"_s}));
        QCOMPARE(access.cells[0].alerts, std::int64_t(1));
        QCOMPARE(access.cells[1].technique, u"T9999"_s);

        CoverageModel model;
        const QAbstractItemModelTester tester(&model);
        model.setColumns(columns);
        QCOMPARE(model.columnCount(), 5);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.index(0, 4).data().toString().contains(u"2 rules, 1 alert"_s));
        QVERIFY(coverageAsCsv(columns).contains(
            u"Credential Access,T1110.003,Brute Force: Password Spraying,2,1,One; Two"_s));
    }

    void theTableOfTechniquesIsInOrder()
    {
        QVERIFY(std::ranges::is_sorted(detect::techniques(), {}, &detect::Technique::id));
        for (const detect::Technique &one : detect::techniques()) {
            const auto names = QString::fromUtf8(one.tactics.data(), qsizetype(one.tactics.size())).split(u' ');
            for (const QString &name : names) {
                QVERIFY2(std::ranges::any_of(detect::tactics(),
                             [&](const detect::Tactic &tactic) {
                                 return name == QLatin1String(tactic.tag.data(), qsizetype(tactic.tag.size()));
                             }),
                    qPrintable(name));
            }
        }
        // What the bundled rules name is known.
        for (const detect::Pack &one : detect::bundledPacks()) {
            for (const detect::RulePtr &rule : one.set.rules) {
                for (const QString &technique : rule->techniques()) {
                    QVERIFY2(detect::techniqueById(technique), qPrintable(technique));
                }
            }
        }
    }

    void theModelSorts()
    {
        ReportModel model;
        const QAbstractItemModelTester tester(&model);
        std::vector<store::Alert> alerts;
        for (int i = 0; i < 6; ++i) {
            alerts.push_back(alert(i < 4 ? u"many"_s : u"few"_s, u"x"_s, i));
        }
        model.setReport(
            detect::reportOf(alerts, ReportBy::Rule, start, start + std::chrono::days(6), std::chrono::days(1)),
            ReportBy::Rule);
        QCOMPARE(model.index(0, ReportModel::Name).data().toString(), u"MANY"_s);
        const QPersistentModelIndex kept = model.index(0, ReportModel::Name);
        model.sort(ReportModel::Alerts, Qt::AscendingOrder);
        QCOMPARE(model.index(0, ReportModel::Name).data().toString(), u"FEW"_s);
        QCOMPARE(kept.row(), 1);
    }

    void thePageShowsAndExports()
    {
        CaseFile file;
        AlertSamples samples(file);
        samples.raiseMany();
        secrets::Vault vault;
        collect::Supervisor supervisor(file.store(), vault);
        MainWindow window(file.store(), supervisor, vault);
        window.setRemembering(false);
        window.restoreState();
        window.resize(1280, 800);
        detect::Engine engine(file.store());
        window.setEngine(engine);
        window.show();
        window.showView(MainWindow::View::Reports);
        ReportsPage &page = *window.reports();
        page.setDays(365);
        QTRY_VERIFY_WITH_TIMEOUT(page.model().rowCount() > 0, patience);
        const std::size_t all = samples.list({}).size();
        QCOMPARE(page.model().report().total(), static_cast<std::int64_t>(all));
        page.table()->setCurrentIndex(page.model().index(0, 0));
        QVERIFY(tests::keepPictures(window, u"report-rules"_s, *m_appearance));
        const QTemporaryDir folder;
        QSignalSpy exported(&page, &ReportsPage::exported);
        page.exportCsv(folder.filePath(u"rules.csv"_s));
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 1, patience);
        QVERIFY(exported.last().first().toBool());
        QFile csv(folder.filePath(u"rules.csv"_s));
        QVERIFY(!(csv.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll().count('\n'), page.model().rowCount() + 1);
        page.exportPicture(folder.filePath(u"rules.png"_s));
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 2, patience);
        QVERIFY(!QImage(folder.filePath(u"rules.png"_s)).isNull());

        page.show(ReportsPage::Report::Actors);
        QCOMPARE(page.model().by(), ReportBy::Actor);
        QVERIFY(tests::keepPictures(window, u"report-actors"_s, *m_appearance));
        page.show(ReportsPage::Report::Coverage);
        QTRY_VERIFY_WITH_TIMEOUT(page.coverage().columnCount() > 5, patience);
        QVERIFY(tests::keepPictures(window, u"coverage"_s, *m_appearance));
        page.exportPicture(folder.filePath(u"coverage.png"_s));
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 3, patience);
        const QImage picture(folder.filePath(u"coverage.png"_s));
        QVERIFY(picture.width() > 2000 && picture.height() > 500);
        page.exportCsv(u"/nowhere/at/all.csv"_s);
        QTRY_COMPARE_WITH_TIMEOUT(exported.size(), 4, patience);
        QVERIFY(!exported.last().first().toBool());
        // A technique leads to its alerts.
        QSignalSpy chosen(&page, &ReportsPage::techniqueRequested);
        Q_EMIT page.matrix()->activated(page.coverage().index(0, 0));
        QCOMPARE(chosen.size(), 1);
        QVERIFY(window.alerts()->isVisible());
    }

    void withoutAlertsItSaysSo()
    {
        CaseFile file;
        store::Alerts alerts(file.store());
        ReportsPage page(file.store(), alerts);
        page.resize(900, 600);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(page.hasLoaded(), patience);
        QCOMPARE(page.model().rowCount(), 0);
        QVERIFY(!page.table()->isVisible());
    }

private:
    std::unique_ptr<Appearance> m_appearance;
};

QTEST_MAIN(TestReports)
#include "tst_reports.moc"
