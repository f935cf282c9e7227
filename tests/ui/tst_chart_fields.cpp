// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/charts/ChartView.h"
#include "ui/charts/ChartWidget.h"
#include "ui/events/SourceChoice.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTest>
#include <numeric>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; ///< milliseconds

} // namespace

/// Charts by whatever field is typed.
class ChartFieldsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void anyFieldDividesAny_data();
    void anyFieldDividesAny();
    void sourcesAreChosen();
    void cleanupTestCase();

private:
    ChartView &view() { return *m_driver->window().charts(); }
    /// Shows the charts of all events as this.
    void look(const ChartSpec &spec)
    {
        m_driver->window().showView(MainWindow::View::Events);
        QVERIFY(m_driver->apply({}));
        QVERIFY(m_driver->finds(110));
        m_driver->shortcut(Qt::Key_7, Qt::AltModifier);
        QTRY_VERIFY(view().isVisible());
        view().setSpec(spec);
    }

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void ChartFieldsTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"tst_chart_fields"_s);
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_file->append(sampleEvents(0, 99));
    m_file->append(sampleEvents(100, 109), m_file->addSource(u"Beta"_s));
    m_file->putUsers({R"({"id":"00uada","status":"ACTIVE","profile":{"login":"ada@example.com","department":"Ops"}})"});
    m_driver = std::make_unique<WindowDriver>(*m_file);
    QVERIFY(m_driver->open());
}

void ChartFieldsTest::cleanupTestCase()
{
    m_driver.reset();
}

void ChartFieldsTest::anyFieldDividesAny_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("stack");
    const auto add = [](ChartKind kind, const char *path, const char *stack) {
        QTest::addRow("%s by %s", path, stack)
            << static_cast<int>(kind) << QString::fromLatin1(path) << QString::fromLatin1(stack);
    };
    add(ChartKind::Bars, "target.type", "outcome.result");
    add(ChartKind::Bars, "debugContext.debugData.requestUri", "target.displayName");
    add(ChartKind::Bars, "actor.profile.department", "client.geographicalContext.country");
    add(ChartKind::Bars, "outcome.result", "unlisted.deep.path");
    add(ChartKind::Time, "", "target.type");
    add(ChartKind::Time, "", "source");
    add(ChartKind::Time, "", "unlisted.deep.path");
}

/// Typed into the boxes.
void ChartFieldsTest::anyFieldDividesAny()
{
    QFETCH(const int, kind);
    QFETCH(const QString, path);
    QFETCH(const QString, stack);
    look({static_cast<ChartKind>(kind), kind == 0 ? u"outcome.result"_s : QString(), {}, 12});
    m_driver->activate();
    const auto type = [&](const QString &name, const QString &text) {
        auto *box = m_driver->find<QComboBox>(name);
        box->lineEdit()->setFocus();
        box->lineEdit()->selectAll();
        QTest::keyClicks(box->lineEdit(), text);
        QTest::keyClick(box->lineEdit(), Qt::Key_Return);
    };
    type(u"chartStack"_s, stack);
    if (!path.isEmpty()) {
        type(u"chartPath"_s, path);
    }
    const ChartSpec expected{
        static_cast<ChartKind>(kind), path.isEmpty() ? stack : path, path.isEmpty() ? QString() : stack, 12};
    QCOMPARE(view().spec(), expected);
    QTRY_VERIFY_WITH_TIMEOUT(view().isReady() && view().content().spec == expected, patience);
    const ChartContent &content = view().content();
    QVERIFY(!content.layers.empty());
    bool several = false;
    for (const ChartContent::Row &row : content.rows) {
        const qint64 parts = std::accumulate(row.parts.begin(), row.parts.end(), qint64{0});
        QVERIFY(parts >= row.total);
        several = several || parts > row.total;
    }
    const QString note = m_driver->find<QLabel>(u"chartNote"_s)->text();
    QCOMPARE(note.contains(u"several values"_s), several || stack == u"target.type"_s);
}

void ChartFieldsTest::sourcesAreChosen()
{
    look({ChartKind::Bars, u"source"_s, u"outcome.result"_s, 12});
    QTRY_VERIFY_WITH_TIMEOUT(view().isReady() && view().content().spec.path == u"source"_s, patience);
    QCOMPARE(view().content().rows.size(), std::size_t{2});
    QCOMPARE(view().content().rows[1].label, u"Beta"_s);
    ChartWidget *chart = view().chart();
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->partRect(1, 0).center().toPoint());
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->events().isVisible(), patience);
    QVERIFY(m_driver->finds(8));
    QCOMPARE(m_driver->edit().text(), u"outcome.result eq \"SUCCESS\""_s);
    m_driver->events().filterBar()->sources()->setChosen({});
}

QTEST_MAIN(ChartFieldsTest)
#include "tst_chart_fields.moc"
