// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/charts/ChartView.h"
#include "ui/dashboard/DashboardView.h"
#include "ui/entities/EntityPage.h"
#include "ui/entities/EntityView.h"
#include "ui/events/FacetRail.h"
#include "ui/style/Appearance.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QMetaEnum>
#include <QTest>
#include <QTreeView>
#include <algorithm>
#include <map>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using ui::MainWindow;

namespace {

constexpr double least = 4.5; ///< WCAG 2.1, level AA, of text

/// The colour that most of the area has: what text stands on.
QColor background(const QImage &picture)
{
    std::map<QRgb, int> colours;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            ++colours[picture.pixel(x, y)];
        }
    }
    const auto most = std::ranges::max_element(colours, {}, [](const auto &entry) { return entry.second; });
    return most == colours.end() ? QColor() : QColor::fromRgb(most->first);
}

/// That of the letters' middle on what they stand on: their edges are soft.
double bestContrast(const QImage &picture)
{
    const QColor under = background(picture);
    double best = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            best = std::max(best, ui::contrastRatio(picture.pixelColor(x, y), under));
        }
    }
    return best;
}

/// The words of a widget that paints them in its palette's colour.
QString wordsOf(const QWidget &widget)
{
    if (const auto *label = qobject_cast<const QLabel *>(&widget)) {
        return label->text();
    }
    const auto *button = qobject_cast<const QAbstractButton *>(&widget);
    return button ? button->text() : QString();
}

} // namespace

/// What the views paint can be read: the colour of each label and button on what is really beneath it.
class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void labelsAndButtons_data();
    void labelsAndButtons();
    void selectedRows_data();
    void selectedRows();
    void cleanupTestCase() { m_driver.reset(); }

private:
    void show(MainWindow::View view);

    std::unique_ptr<ui::Appearance> m_appearance;
    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<WindowDriver> m_driver;
};

void TestContrast::initTestCase()
{
    m_appearance = std::make_unique<ui::Appearance>(*qApp);
    m_file = std::make_unique<CaseFile>();
    m_file->append(sampleEvents(0, 200));
    m_driver = std::make_unique<WindowDriver>(*m_file);
    m_driver->window().resize(1400, 900);
    QVERIFY(m_driver->open());
}

void TestContrast::labelsAndButtons_data()
{
    QTest::addColumn<MainWindow::View>("view");
    QTest::addColumn<bool>("dark");
    for (const bool dark : {false, true}) {
        for (int i = 0; i <= static_cast<int>(MainWindow::View::Dashboard); ++i) {
            QTest::addRow("view %d, %s", i, dark ? "dark" : "light") << static_cast<MainWindow::View>(i) << dark;
        }
    }
}

void TestContrast::show(MainWindow::View view)
{
    MainWindow &window = m_driver->window();
    window.showView(view);
    if (view == MainWindow::View::Events) {
        m_driver->click(2, ui::EventColumn::Actor); // so that the details are there
        QTest::qWait(100);
    } else if (view == MainWindow::View::Entities) {
        window.entities()->timeRange()->setPreset(ui::TimeRangeChoice::Preset::All);
        window.entities()->open(store::Entity::actor("ada@example.com"));
        QTRY_VERIFY_WITH_TIMEOUT(window.entities()->page()->isVisible(), 30'000);
    } else if (view == MainWindow::View::Charts) {
        QTRY_VERIFY_WITH_TIMEOUT(window.charts()->isReady(), 30'000);
    } else if (view == MainWindow::View::Dashboard) {
        QTRY_VERIFY_WITH_TIMEOUT(window.dashboard()->isReady(), 30'000);
    }
    QCoreApplication::processEvents();
}

void TestContrast::labelsAndButtons()
{
    QFETCH(const MainWindow::View, view);
    QFETCH(const bool, dark);
    m_appearance->setChoice(dark ? ui::Appearance::Choice::Dark : ui::Appearance::Choice::Light);
    show(view);
    MainWindow &window = m_driver->window();
    QCOMPARE(ui::isDark(window.palette()), dark);
    const QImage picture = window.grab().toImage();
    QStringList faint;
    int seen = 0;
    const auto widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const QString words = wordsOf(*widget);
        if (words.isEmpty() || !widget->isVisibleTo(&window) || !widget->isEnabled()
            || widget->visibleRegion().isEmpty()) {
            continue;
        }
        const QRect area = widget->visibleRegion().boundingRect().translated(widget->mapTo(&window, QPoint()));
        const QColor under = background(picture.copy(area));
        const QColor text = widget->palette().color(widget->foregroundRole());
        ++seen;
        if (ui::contrastRatio(text, under) < least) {
            faint << u"%1 \u201c%2\u201d: %3 on %4 is %5:1"_s
                         .arg(QString::fromLatin1(widget->metaObject()->className()), words.left(60), text.name(),
                             under.name())
                         .arg(ui::contrastRatio(text, under));
        }
    }
    QVERIFY(seen > 3);
    QVERIFY2(faint.isEmpty(), qPrintable(faint.join(u'\n')));
}

void TestContrast::selectedRows_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestContrast::selectedRows()
{
    QFETCH(const bool, dark);
    m_appearance->setChoice(dark ? ui::Appearance::Choice::Dark : ui::Appearance::Choice::Light);
    show(MainWindow::View::Events);
    ui::EventTable &table = m_driver->table();
    const ui::FacetModel &model = m_driver->events().facets()->model();
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), ui::FacetModel::State::Ready, 30'000);
    auto *facets = m_driver->find<QTreeView>(u"facets"_s);
    facets->setCurrentIndex(facets->model()->index(0, 0));
    QCOMPARE(m_driver->cell(2, ui::EventColumn::Severity), u"INFO"_s); // which is muted in other rows
    const auto check = [&] {
        const QModelIndex severity = table.model()->index(2, static_cast<int>(ui::EventColumn::Severity));
        const int icon = ui::metrics::Unit + ui::metrics::IconSize;
        const QRect word = table.visualRect(severity).adjusted(icon, 2, -2, -2);
        const double ofWord = bestContrast(table.viewport()->grab(word).toImage());
        QVERIFY2(ofWord >= least, qPrintable(u"severity: %1:1"_s.arg(ofWord)));
        QRect count = facets->visualRect(facets->currentIndex()).adjusted(0, 1, 0, -1);
        count.setLeft(count.right() - 5 * ui::metrics::Unit);
        const double ofCount = bestContrast(facets->viewport()->grab(count).toImage());
        QVERIFY2(ofCount >= least, qPrintable(u"count of a field: %1:1"_s.arg(ofCount)));
    };
    check();
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    QVERIFY(!table.isActiveWindow());
    check();
    QVERIFY(m_driver->activate());
}

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
