// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/charts/ChartView.h"
#include "ui/charts/ChartWidget.h"
#include "ui/charts/MapWidget.h"
#include "ui/charts/WorldOutline.h"
#include "ui/widgets/StatePage.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <QXmlStreamReader>
#include <numeric>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; ///< milliseconds

std::string located(int n, const std::string &city, const std::string &country, double lat, double lon)
{
    return R"({"uuid":"place-)" + std::to_string(n) + R"(","published":")" + event::formatTimestamp(sampleTime(n))
        + R"(","eventType":"user.session.start","actor":{"alternateId":"ada@example.com"},"client":{"geographicalContext":{"city":")"
        + city + R"(","country":")" + country + R"(","geolocation":{"lat":)" + std::to_string(lat) + R"(,"lon":)"
        + std::to_string(lon) + "}}}}";
}

/// A hundred events of the series without coordinates, and some that have them.
std::vector<std::string> caseEvents()
{
    std::vector<std::string> events = sampleEvents(0, 99);
    for (int n = 200; n < 210; ++n) {
        events.push_back(located(n, "Berlin", "Germany", 52.52, 13.40));
    }
    for (int n = 210; n < 215; ++n) {
        events.push_back(located(n, "Potsdam", "Germany", 52.39, 13.06));
    }
    for (int n = 215; n < 218; ++n) {
        events.push_back(located(n, "Sydney", "Australia", -33.87, 151.21));
    }
    events.push_back(located(218, "Warsaw", "Poland", 52.23, 21.01));
    return events;
}

} // namespace

/// Charts and the map of the current search, used with mouse and keyboard.
class ChartViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void barsOfTheSearch();
    void followsTheSearch();
    void barsNarrow();
    void partsNarrow();
    void fieldsAreChosen();
    void whatIsNoField();
    void overTime();
    void mapShowsWhere();
    void circlesNarrow();
    void mapMoves();
    void nothingToShow();
    void tableBeside();
    void picturesAreSaved();
    void newEventsCount();
    void comesBackAsItWasLeft();
    void outlinesAreThere();
    void cleanupTestCase();

private:
    ChartView &view() { return *m_driver->window().charts(); }
    /// Shows the charts of all events as this.
    void look(const ChartSpec &spec)
    {
        m_driver->window().showView(MainWindow::View::Events);
        QVERIFY(m_driver->apply({}));
        m_driver->shortcut(Qt::Key_7, Qt::AltModifier);
        QTRY_VERIFY(view().isVisible());
        view().setSpec(spec);
        QVERIFY(counted(119));
    }
    bool counted(qint64 events)
    {
        return QTest::qWaitFor(
            [&] {
                return view().isReady() && view().content().spec == view().spec()
                    && view().content().total + view().content().missing
                    == (view().spec().kind == ChartKind::Bars && view().content().missing > 0
                            ? events + view().content().missing
                            : events);
            },
            patience);
    }
    static ChartSpec bars(const QString &path, const QString &stack = {}) { return {ChartKind::Bars, path, stack, 12}; }

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void ChartViewTest::initTestCase()
{
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"tst_chart_view"_s);
    QSettings().clear();
    m_file = std::make_unique<CaseFile>();
    m_file->append(caseEvents());
    m_driver = std::make_unique<WindowDriver>(*m_file);
    QVERIFY(m_driver->open());
}

void ChartViewTest::cleanupTestCase()
{
    m_driver.reset();
}

void ChartViewTest::init()
{
    look(bars(u"outcome.result"_s));
}

void ChartViewTest::barsOfTheSearch()
{
    const ChartContent &content = view().content();
    QCOMPARE(content.rows.size(), std::size_t{3});
    QCOMPARE(content.rows[0].label, u"SUCCESS"_s);
    QCOMPARE(content.rows[0].total, 80);
    QCOMPARE(content.rows[1].total, 20);
    QCOMPARE(content.rows[2].label, u"none"_s);
    QCOMPARE(content.missing, 19);
    QCOMPARE(m_driver->find<QLabel>(u"chartTitle"_s)->text(), u"Outcome"_s);
    QCOMPARE(m_driver->find<QLabel>(u"chartNote"_s)->text(), u"19 events without a value"_s);
}

void ChartViewTest::followsTheSearch()
{
    m_driver->window().showView(MainWindow::View::Events);
    QVERIFY(m_driver->apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(m_driver->finds(20));
    m_driver->shortcut(Qt::Key_7, Qt::AltModifier);
    QVERIFY(counted(20));
    QCOMPARE(view().content().rows.size(), std::size_t{1});
    QVERIFY(m_driver->find<QLabel>(u"chartSearch"_s)->text().contains(u"FAILURE"_s));
}

void ChartViewTest::barsNarrow()
{
    ChartWidget *chart = view().chart();
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->partRect(1, -1).center().toPoint());
    QVERIFY(m_driver->finds(20));
    QVERIFY(m_driver->events().isVisible());
    QCOMPARE(m_driver->edit().text(), u"outcome.result eq \"FAILURE\""_s);
    look(bars(u"outcome.result"_s));
    m_driver->activate();
    chart->setFocus();
    QTest::keyClick(chart, Qt::Key_End);
    QCOMPARE(chart->currentRow(), 2);
    QVERIFY(chart->accessibleDescription().contains(u"none: 19 events"_s));
    QTest::keyClick(chart, Qt::Key_Return);
    QVERIFY(m_driver->finds(19));
    QCOMPARE(m_driver->edit().text(), u"not (outcome.result pr)"_s);
}

void ChartViewTest::partsNarrow()
{
    look(bars(u"actor.alternateId"_s, u"outcome.result"_s));
    const ChartContent &content = view().content();
    QCOMPARE(content.layers.front().value, u"SUCCESS"_s);
    for (const ChartContent::Row &row : content.rows) {
        QCOMPARE(std::accumulate(row.parts.begin(), row.parts.end(), qint64{0}), row.total);
    }
    const qint64 part = content.rows[0].parts[0];
    ChartWidget *chart = view().chart();
    QVERIFY(chart->rowText(0).contains(u"SUCCESS: %1"_s.arg(part)));
    QTest::mouseClick(chart, Qt::LeftButton, {}, chart->partRect(0, 0).center().toPoint());
    QVERIFY(m_driver->finds(static_cast<int>(part)));
    QVERIFY(m_driver->edit().text().endsWith(u"and outcome.result eq \"SUCCESS\""_s));
}

void ChartViewTest::fieldsAreChosen()
{
    auto *path = m_driver->find<QComboBox>(u"chartPath"_s);
    m_driver->activate();
    path->lineEdit()->setFocus();
    path->lineEdit()->selectAll();
    QTest::keyClicks(path->lineEdit(), u"debugContext.debugData.risk"_s);
    QTest::keyClick(path->lineEdit(), Qt::Key_Return);
    QVERIFY(counted(119));
    QCOMPARE(view().spec().path, u"debugContext.debugData.risk"_s);
    QCOMPARE(view().content().rows.front().label, u"{level=LOW}"_s);
    // A field that has no column.
    path->lineEdit()->selectAll();
    QTest::keyClicks(path->lineEdit(), u"target.type"_s);
    QTest::keyClick(path->lineEdit(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(view().isReady() && view().content().spec.path == u"target.type"_s, patience);
    QCOMPARE(view().content().rows.front().total, 100);
    // A limit.
    view().setSpec(bars(u"client.ipAddress"_s));
    QVERIFY(QTest::qWaitFor([&] { return view().isReady() && view().content().rows.size() == 12; }, patience));
    auto *limit = m_driver->find<QSpinBox>(u"chartLimit"_s);
    limit->setValue(5);
    QVERIFY(QTest::qWaitFor([&] { return view().isReady() && view().content().rows.size() == 5; }, patience));
    QVERIFY(m_driver->find<QLabel>(u"chartNote"_s)->text().contains(u"of 101 values"_s));
}

void ChartViewTest::whatIsNoField()
{
    auto *path = m_driver->find<QComboBox>(u"chartPath"_s);
    const ChartSpec before = view().spec();
    m_driver->activate();
    path->lineEdit()->setFocus();
    path->lineEdit()->selectAll();
    QTest::keyClicks(path->lineEdit(), u"no field ("_s);
    QTest::keyClick(path->lineEdit(), Qt::Key_Return);
    QCOMPARE(view().spec(), before);
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto labels = m_driver->window().findChildren<QLabel *>();
            return std::ranges::any_of(
                labels, [](const QLabel *label) { return label->text().contains(u"no field ( is no field"_s); });
        },
        patience));
}

void ChartViewTest::overTime()
{
    look({ChartKind::Time, u"outcome.result"_s, {}, 12});
    const ChartContent &content = view().content();
    qint64 sum = 0;
    for (const ChartContent::Row &row : content.rows) {
        sum += row.total;
        QCOMPARE(std::accumulate(row.parts.begin(), row.parts.end(), qint64{0}), row.total);
    }
    QCOMPARE(sum, 119);
    ChartWidget *chart = view().chart();
    const int first = static_cast<int>(
        std::ranges::find_if(content.rows, [](const auto &row) { return row.total > 0; }) - content.rows.begin());
    const qint64 count = content.rows[static_cast<std::size_t>(first)].total;
    const QRectF whole = chart->partRect(first, -1);
    // Above the bar: the whole stretch of time.
    QTest::mouseClick(
        chart, Qt::LeftButton, {}, QPoint(static_cast<int>(whole.center().x()), static_cast<int>(whole.top()) + 1));
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->events().isVisible(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_driver->events().model().rowCount() <= count
            && m_driver->events().model().result().state() == EventResult::State::Complete,
        patience);
    m_driver->events().undoZoom();
}

void ChartViewTest::mapShowsWhere()
{
    look({ChartKind::Map, {}, {}, 12});
    MapWidget *map = view().map();
    QVERIFY(map->isVisible());
    QCOMPARE(view().content().total, 19);
    QCOMPARE(view().content().missing, 100);
    qint64 sum = 0;
    for (const MapCluster &cluster : map->clusters()) {
        sum += cluster.count;
    }
    QCOMPARE(sum, 19);
    QVERIFY(map->clusters().size() < 4); // Berlin and Potsdam are one circle
    QVERIFY(m_driver->find<QLabel>(u"chartNote"_s)->text().contains(u"100 events without coordinates"_s));
    QVERIFY(map->accessibleDescription().contains(u"19 events"_s));
}

void ChartViewTest::circlesNarrow()
{
    look({ChartKind::Map, {}, {}, 12});
    MapWidget *map = view().map();
    // A country that has several places there; some of its events have no coordinates.
    for (int i = 0; i < 4; ++i) {
        map->zoomBy(2, map->clusters().front().center);
    }
    QTRY_VERIFY(map->clusters().front().label(view().content()).contains(u"Germany"_s)
        || map->clusters().front().label(view().content()).contains(u"Berlin"_s));
    QTest::mouseClick(map, Qt::LeftButton, {}, map->clusters().front().center.toPoint());
    QVERIFY(m_driver->finds(map->clusters().front().rows.size() == 1 ? 10 : 115));
    QVERIFY(m_driver->edit().text().contains(u"client.geographicalContext.country eq \"Germany\""_s));
    look({ChartKind::Map, {}, {}, 12});
    map->showAll();
    m_driver->activate();
    map->setFocus();
    const auto isSydney = [&] {
        return map->currentCluster() >= 0
            && map->clusters()[static_cast<std::size_t>(map->currentCluster())].label(view().content())
            == u"Sydney, Australia"_s;
    };
    for (int i = 0; i < 4 && !isSydney(); ++i) {
        QTest::keyClick(map, Qt::Key_PageDown);
    }
    QVERIFY(isSydney());
    QVERIFY(map->accessibleDescription().contains(u"Sydney, Australia: 3 events"_s));
    QTest::keyClick(map, Qt::Key_Return);
    QVERIFY(m_driver->finds(3));
    QCOMPARE(m_driver->edit().text(),
        u"client.geographicalContext.city eq \"Sydney\" and client.geographicalContext.country eq \"Australia\""_s);
}

void ChartViewTest::mapMoves()
{
    look({ChartKind::Map, {}, {}, 12});
    MapWidget *map = view().map();
    map->showAll();
    m_driver->activate();
    map->setFocus();
    const QPointF before = map->clusters().front().center;
    QTest::keyClick(map, Qt::Key_Left);
    QVERIFY(map->clusters().front().center.x() > before.x());
    QTest::keyClick(map, Qt::Key_Plus);
    QVERIFY(map->zoom() > 1);
    QTest::keyClick(map, Qt::Key_Home);
    QCOMPARE(map->zoom(), 1.0);
    const QPointF at = map->clusters().front().center;
    QWheelEvent wheel(at, map->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(map, &wheel);
    QVERIFY(map->zoom() > 1);
    // What was under the pointer is there still.
    QVERIFY((map->clusters().front().center - at).manhattanLength() < 30);
    const QPoint from = map->rect().center();
    const QPointF dragged = map->clusters().front().center;
    QTest::mousePress(map, Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, from + QPoint(80, 0), map->mapToGlobal(from + QPoint(80, 0)), Qt::NoButton,
        Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(map, &move);
    QTest::mouseRelease(map, Qt::LeftButton, {}, from + QPoint(80, 0));
    QCOMPARE(qRound(map->clusters().front().center.x() - dragged.x()), 80);
    QVERIFY(view().isVisible()); // a drag is no click
}

void ChartViewTest::nothingToShow()
{
    m_driver->window().showView(MainWindow::View::Events);
    QVERIFY(m_driver->apply(u"actor.alternateId eq \"nobody\""_s));
    m_driver->shortcut(Qt::Key_7, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(view().statePage() && view().statePage()->title() == u"Nothing to show"_s, patience);
    QVERIFY(!view().actions().save->isEnabled());
}

void ChartViewTest::tableBeside()
{
    look(bars(u"actor.alternateId"_s, u"outcome.result"_s));
    QTableView *table = view().table();
    QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(table->model()->rowCount(), static_cast<int>(view().content().rows.size()));
    QCOMPARE(table->model()->headerData(0, Qt::Horizontal).toString(), u"Actor"_s);
    QCOMPARE(table->model()->headerData(2, Qt::Horizontal).toString(), u"SUCCESS"_s);
    m_driver->activate();
    table->setFocus();
    table->selectRow(1);
    QCOMPARE(view().chart()->currentRow(), 1);
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(m_driver->finds(static_cast<int>(view().content().rows[1].total)));
}

void ChartViewTest::picturesAreSaved()
{
    QTemporaryDir folder;
    for (const ChartSpec &spec : {bars(u"actor.alternateId"_s, u"outcome.result"_s),
             ChartSpec{ChartKind::Time, u"severity"_s, {}, 12}, ChartSpec{ChartKind::Map, {}, {}, 12}}) {
        look(spec);
        const QString png = folder.filePath(u"chart.png"_s);
        QVERIFY(view().savePicture(png));
        const QImage image(png);
        QVERIFY(image.width() > 1000);
        QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white)); // light, whatever the window is
        const QString svg = folder.filePath(u"chart.svg"_s);
        QVERIFY(view().savePicture(svg));
        QFile file(svg);
        QVERIFY(!((file.permissions() | QFile::permissions(png)) & (QFile::ReadGroup | QFile::ReadOther)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader reader(&file);
        int elements = 0;
        while (!reader.atEnd()) {
            elements += reader.readNext() == QXmlStreamReader::StartElement ? 1 : 0;
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(elements > 20);
    }
    const event::Status failed = view().savePicture(folder.filePath(u"no/such/folder.png"_s));
    QVERIFY(!failed);
    QVERIFY(!failed.error().sentence.isEmpty());
}

void ChartViewTest::newEventsCount()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    ChartView &charts = *driver.window().charts();
    charts.setSpec(bars(u"outcome.result"_s));
    driver.shortcut(Qt::Key_7, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(charts.isReady() && charts.content().total == 10, patience);
    file.append(sampleEvents(10, 29));
    QTRY_VERIFY_WITH_TIMEOUT(charts.content().total == 30, patience);
}

void ChartViewTest::comesBackAsItWasLeft()
{
    look({ChartKind::Time, u"severity"_s, {}, 7});
    m_driver->window().saveState();
    view().setSpec(bars(u"eventType"_s));
    m_driver->window().restoreState();
    QCOMPARE(view().spec(), (ChartSpec{ChartKind::Time, u"severity"_s, {}, 7}));
}

void ChartViewTest::outlinesAreThere()
{
    const WorldOutline &world = WorldOutline::get();
    QVERIFY(world.land.contains(QPointF(13.4, -52.5))); // Berlin
    QVERIFY(world.land.contains(QPointF(-98, -39))); // Kansas
    QVERIFY(world.land.contains(QPointF(178, -66.5))); // Chukotka
    QVERIFY(!world.land.contains(QPointF(-30, -40))); // the Atlantic
    QVERIFY(world.borders.elementCount() > 1000);
}

QTEST_MAIN(ChartViewTest)
#include "tst_chart_view.moc"
