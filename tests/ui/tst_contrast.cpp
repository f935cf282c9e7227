// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Accessibility.h"
#include "FilledWindow.h"
#include "ui/events/FacetRail.h"
#include "ui/style/Appearance.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"

#include <QApplication>
#include <QTest>
#include <QTreeView>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;

namespace {

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

} // namespace

/// What views and dialogs paint can be read: the colour of each label and button on what is really beneath it.
class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void views_data() { lookAt(FilledWindow::views()); }
    void views();
    void dialogs_data() { lookAt(FilledWindow::dialogs()); }
    void dialogs();
    void selectedRows_data() { lookAt({u"events"_s}); }
    void selectedRows();
    void cleanupTestCase() { m_filled.reset(); }

private:
    static void lookAt(const QStringList &names);
    void use(bool dark);

    std::unique_ptr<ui::Appearance> m_appearance;
    std::unique_ptr<FilledWindow> m_filled;
};

void TestContrast::lookAt(const QStringList &names)
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const bool dark : {false, true}) {
        for (const QString &name : names) {
            QTest::addRow("%s, %s", qPrintable(name), dark ? "dark" : "light") << name << dark;
        }
    }
}

void TestContrast::use(bool dark)
{
    m_appearance->setChoice(dark ? ui::Appearance::Choice::Dark : ui::Appearance::Choice::Light);
}

void TestContrast::initTestCase()
{
    m_appearance = std::make_unique<ui::Appearance>(*qApp);
    m_filled = std::make_unique<FilledWindow>();
    m_filled->window().resize(1400, 900);
    QVERIFY(m_filled->open());
}

void TestContrast::views()
{
    QFETCH(const QString, name);
    QFETCH(const bool, dark);
    use(dark);
    QVERIFY(m_filled->show(name));
    QCOMPARE(ui::isDark(m_filled->window().palette()), dark);
    int seen = 0;
    const QStringList faint = faintWords(m_filled->window(), seen);
    QVERIFY(seen > 3);
    QVERIFY2(faint.isEmpty(), qPrintable(faint.join(u'\n')));
}

void TestContrast::dialogs()
{
    QFETCH(const QString, name);
    QFETCH(const bool, dark);
    use(dark);
    QWidget *opened = m_filled->openDialog(name);
    QVERIFY(opened);
    int seen = 0;
    const QStringList faint = faintWords(*opened, seen);
    opened->close();
    QVERIFY(seen > 0);
    QVERIFY2(faint.isEmpty(), qPrintable(faint.join(u'\n')));
}

void TestContrast::selectedRows()
{
    QFETCH(const bool, dark);
    use(dark);
    QVERIFY(m_filled->show(u"events"_s));
    WindowDriver &driver = m_filled->driver();
    ui::EventTable &table = driver.table();
    const ui::FacetModel &model = driver.events().facets()->model();
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), ui::FacetModel::State::Ready, 30'000);
    auto *facets = driver.find<QTreeView>(u"facets"_s);
    facets->setCurrentIndex(facets->model()->index(0, 0));
    int row = 0;
    while (driver.cell(row, ui::EventColumn::Severity) != u"INFO"_s) { // which is muted in other rows
        QVERIFY(++row < 50);
    }
    driver.click(row, ui::EventColumn::Actor);
    const auto check = [&] {
        const QModelIndex severity = table.model()->index(row, static_cast<int>(ui::EventColumn::Severity));
        const int icon = ui::metrics::Unit + ui::metrics::IconSize;
        const QRect word = table.visualRect(severity).adjusted(icon, 2, -2, -2);
        const double ofWord = bestContrast(table.viewport()->grab(word).toImage());
        QVERIFY2(ofWord >= leastContrast, qPrintable(u"severity: %1:1"_s.arg(ofWord)));
        QRect count = facets->visualRect(facets->currentIndex()).adjusted(0, 1, 0, -1);
        count.setLeft(count.right() - 5 * ui::metrics::Unit);
        const double ofCount = bestContrast(facets->viewport()->grab(count).toImage());
        QVERIFY2(ofCount >= leastContrast, qPrintable(u"count of a field: %1:1"_s.arg(ofCount)));
    };
    check();
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    QVERIFY(!table.isActiveWindow());
    check();
    QVERIFY(driver.activate());
}

QTEST_MAIN(TestContrast)
#include "tst_contrast.moc"
