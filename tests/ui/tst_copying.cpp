// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"
#include "ui/widgets/Banner.h"

#include <QAbstractButton>
#include <QClipboard>
#include <QDialog>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// What gets from the table to the clipboard.
class CopyingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void someOfThem();
    void aRowThatIsBeingRead();
    void anyNumber();
    void moreThanAClipboardTakes();
};

void CopyingTest::someOfThem()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QClipboard *clipboard = QGuiApplication::clipboard();
    QVERIFY(driver.chooseInCellMenu(0, EventColumn::ClientIp, u"Copy"_s));
    QTRY_COMPARE(clipboard->text(), u"203.0.113.9"_s);
    QVERIFY(driver.activate());
    driver.click(0, EventColumn::Actor);
    QTest::mouseClick(
        driver.table().viewport(), Qt::LeftButton, Qt::ShiftModifier, driver.cellPoint(1, EventColumn::Actor));
    QTest::keyClick(&driver.table(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY(clipboard->text().contains(u"cleo@example.com"_s));
    const QString csv = clipboard->text();
    QVERIFY2(csv.contains(u"bob@example.com"_s) && csv.contains(u','), qUtf8Printable(csv));
    QTest::keyClick(&driver.table(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(clipboard->text().startsWith(u'{'));
    QStringList lines = clipboard->text().split(u'\n', Qt::SkipEmptyParts);
    std::ranges::sort(lines);
    QStringList expected{
        QString::fromStdString(sampleEvents(8, 8).front()), QString::fromStdString(sampleEvents(9, 9).front())};
    QCOMPARE(lines, expected);
}

void CopyingTest::aRowThatIsBeingRead()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QGuiApplication::clipboard()->setText(u"before"_s);
    driver.click(0, EventColumn::ClientIp);
    driver.events().model().reloadCells();
    driver.shortcut(Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), u"203.0.113.9"_s);
}

void CopyingTest::anyNumber()
{
    constexpr int many = 12'000;
    CaseFile file;
    file.append(sampleEvents(0, many - 1));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QClipboard *clipboard = QGuiApplication::clipboard();
    driver.click(0, EventColumn::Actor);
    QTest::keyClick(&driver.table(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&driver.table(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().count(u'\n') == many + 1, 30'000);
    QTest::keyClick(&driver.table(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().startsWith(u'{'), 30'000);
    // In the order of the table: the newest first.
    const QStringList lines = clipboard->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), many);
    QCOMPARE(lines.first(), QString::fromStdString(sampleEvents(many - 1, many - 1).front()));
    QCOMPARE(lines.last(), QString::fromStdString(sampleEvents(0, 0).front()));
    // Of two in a row the last one counts.
    QTest::keyClick(&driver.table(), Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QTest::keyClick(&driver.table(), Qt::Key_M, Qt::ControlModifier | Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(clipboard->text().startsWith(u"| "_s), 30'000);
    QCOMPARE(clipboard->text().count(u'\n'), many + 2);
}

void CopyingTest::moreThanAClipboardTakes()
{
    CaseFile file;
    std::vector<std::string> events;
    for (int n = 0; n < 400; ++n) {
        SampleEvent sample;
        sample.n = n;
        sample.message = std::string(100'000, 'x');
        events.push_back(sample.json());
    }
    file.append(events);
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QGuiApplication::clipboard()->setText(u"before"_s);
    driver.click(0, EventColumn::Actor);
    QTest::keyClick(&driver.table(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&driver.table(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().findChild<Banner *>(u"banner-transfer"_s), 30'000);
    const auto *banner = driver.find<Banner>(u"banner-transfer"_s);
    QVERIFY2(banner->text().contains(u"Nothing was copied"_s), qUtf8Printable(banner->text()));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    for (QAbstractButton *button : banner->findChildren<QAbstractButton *>()) {
        if (button->text().remove(u'&') == u"Export instead\u2026"_s) {
            button->click();
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().findChild<QDialog *>(u"exportDialog"_s), 30'000);
}

QTEST_MAIN(CopyingTest)
#include "tst_copying.moc"
