// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "AlertSamples.h"
#include "ui/alerts/AlertEventsModel.h"
#include "ui/alerts/AlertModel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using store::AlertSeverity;
using store::AlertState;

/// The models of alerts, under Qt's own tester.
class TestAlertModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsAndSorts();
    void followsWithoutReset();
    void groups();
    void groupsFollow();
    void boundsWhatIsShown();
    void showsEvents();
};

void TestAlertModel::listsAndSorts()
{
    CaseFile file;
    AlertSamples samples(file);
    samples.raiseMany();
    AlertModel model(samples.alerts());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setQuery({});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 10, 30'000);
    QCOMPARE(model.total(), 10);
    model.sort(AlertModel::Severity, Qt::DescendingOrder);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(0, AlertModel::Severity).data().toString(), u"Critical"_s, 30'000);
    QCOMPARE(model.index(9, AlertModel::Severity).data().toString(), u"Info"_s);
    QVERIFY(!model.index(0, AlertModel::Severity).data(Qt::DecorationRole).value<QIcon>().isNull());
    QCOMPARE(model.index(0, AlertModel::State).data().toString(), u"Open"_s);
    QCOMPARE(model.index(0, AlertModel::Matches).data().toString(), u"1"_s);
    for (int column = 0; column < AlertModel::ColumnCount; ++column) {
        model.sort(column, Qt::AscendingOrder);
        QSignalSpy loaded(&model, &AlertModel::loaded);
        QVERIFY(loaded.wait(30'000) || model.query().order == store::AlertOrder::Severity);
        QCOMPARE(model.rowCount(), 10);
    }
}

void TestAlertModel::followsWithoutReset()
{
    CaseFile file;
    AlertSamples samples(file);
    samples.raiseMany();
    AlertModel model(samples.alerts());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    store::AlertQuery query;
    query.states = {AlertState::Open};
    model.setQuery(query);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 10, 30'000);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QPersistentModelIndex third = model.index(3, 0);
    const auto id = model.alert(third)->id;
    // One comes.
    samples.raise(u"Push bombing"_s, u"ann@example.com"_s, AlertSeverity::Low);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 11, 30'000);
    QCOMPARE(model.alert(third)->id, id);
    // One goes, since it is open no more.
    samples.alerts().setState({model.alert(model.index(0, 0))->id}, AlertState::Resolved);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 10, 30'000);
    // One changes in place.
    samples.alerts().setAssignee({id}, u"Ada"_s);
    QTRY_COMPARE_WITH_TIMEOUT(model.index(third.row(), AlertModel::Assignee).data().toString(), u"Ada"_s, 30'000);
    // All go.
    std::vector<store::AlertId> ids;
    for (const store::Alert &alert : model.all()) {
        ids.push_back(alert.id);
    }
    samples.alerts().remove(ids);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 0, 30'000);
    QCOMPARE(reset.size(), 0);
}

void TestAlertModel::groups()
{
    CaseFile file;
    AlertSamples samples(file);
    samples.raiseMany();
    AlertModel model(samples.alerts());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setGrouping(AlertModel::Grouping::Actor);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 6, 30'000);
    QCOMPARE(model.shown(), 10);
    int alerts = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex group = model.index(row, 0);
        QVERIFY(group.data(AlertModel::IsGroupRole).toBool());
        QVERIFY(!model.alert(group));
        QCOMPARE(model.ids(group).size(), static_cast<std::size_t>(model.rowCount(group)));
        QVERIFY(!model.index(row, AlertModel::Title).data().toString().isEmpty());
        alerts += model.rowCount(group);
        for (const store::AlertId id : model.ids(group)) {
            QCOMPARE(model.indexOf(id).parent(), group);
        }
    }
    QCOMPARE(alerts, 10);
    model.setGrouping(AlertModel::Grouping::Rule);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 10, 30'000);
    model.setGrouping(AlertModel::Grouping::None);
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() == 10 && model.alert(model.index(0, 0)), 30'000);
}

void TestAlertModel::groupsFollow()
{
    CaseFile file;
    AlertSamples samples(file);
    samples.raise(u"One"_s, u"ann@example.com"_s, AlertSeverity::Low);
    samples.raise(u"Two"_s, u"bob@example.com"_s, AlertSeverity::Low);
    AlertModel model(samples.alerts());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setGrouping(AlertModel::Grouping::Actor);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, 30'000);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    // The newest alert's group comes first.
    const auto id = samples.raise(u"Three"_s, u"ann@example.com"_s, AlertSeverity::High);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(model.index(0, 0)), 2, 30'000);
    QVERIFY(model.index(0, AlertModel::Title).data().toString().contains(u"ann@example.com"_s));
    QCOMPARE(model.index(0, AlertModel::Severity).data().toString(), u"High"_s);
    samples.raise(u"Four"_s, u"cleo@example.com"_s, AlertSeverity::Low);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 3, 30'000);
    samples.alerts().remove({id});
    QTRY_VERIFY_WITH_TIMEOUT(!model.indexOf(id).isValid(), 30'000);
    samples.alerts().remove(model.ids(model.index(0, 0)));
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 2, 30'000);
    QCOMPARE(reset.size(), 0);
}

void TestAlertModel::boundsWhatIsShown()
{
    CaseFile file;
    AlertSamples samples(file);
    const QString hostile = u"<img src=x>\u202e"_s + QString(5000, u'y') + u"\n@example.com"_s;
    samples.raise(hostile, hostile, AlertSeverity::Low);
    AlertModel model(samples.alerts());
    model.setQuery({});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 30'000);
    for (int column = 0; column < AlertModel::ColumnCount; ++column) {
        const QString text = model.index(0, column).data().toString();
        QVERIFY(text.size() <= 1000);
        QVERIFY(!text.contains(u'\n') && !text.contains(QChar(0x202e)));
    }
}

void TestAlertModel::showsEvents()
{
    CaseFile file;
    AlertSamples samples(file);
    const auto id = samples.raise(u"One"_s, u"ann@example.com"_s, AlertSeverity::Low, 5);
    AlertEventsModel model(file.store());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto details = samples.alerts().alert(id);
    QVERIFY(QTest::qWaitFor([&] { return details.isFinished(); }, 30'000));
    model.setEvents(details.result()->seqs);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 5, 30'000);
    QCOMPARE(model.index(0, AlertEventsModel::Actor).data().toString(), u"ann@example.com"_s);
    QVERIFY(!model.index(0, AlertEventsModel::Time).data().toString().isEmpty());
    model.setEvents({});
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 0, 30'000);
}

QTEST_MAIN(TestAlertModel)
#include "tst_alert_model.moc"
