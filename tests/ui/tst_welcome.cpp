// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/WelcomePage.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// The three ways to begin.
class TestWelcome : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clicked_data();
    void clicked();
    void byKeyboard();
    void textsFit_data();
    void textsFit();
};

void TestWelcome::clicked_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<int>("signal");
    QTest::newRow("connect") << u"connect"_s << 0;
    QTest::newRow("demo") << u"demo"_s << 1;
    QTest::newRow("archive") << u"archive"_s << 2;
}

void TestWelcome::clicked()
{
    QFETCH(const QString, button);
    QFETCH(const int, signal);
    WelcomePage page;
    page.resize(900, 700);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    QSignalSpy connectSpy(&page, &WelcomePage::connectRequested);
    QSignalSpy demoSpy(&page, &WelcomePage::demoRequested);
    QSignalSpy archiveSpy(&page, &WelcomePage::openArchiveRequested);
    auto *choice = page.findChild<QAbstractButton *>(button);
    QVERIFY(choice);
    // Through the window, at its text: not only its frame is to answer.
    const QPoint text = choice->findChild<QLabel *>()->geometry().center();
    QTest::mouseClick(page.windowHandle(), Qt::LeftButton, {}, choice->mapTo(&page, text));
    const QList<qsizetype> counts{connectSpy.size(), demoSpy.size(), archiveSpy.size()};
    for (int i = 0; i < counts.size(); ++i) {
        QCOMPARE(counts.at(i), i == signal ? 1 : 0);
    }
}

void TestWelcome::byKeyboard()
{
    WelcomePage page;
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    page.setFocus();
    QSignalSpy connectSpy(&page, &WelcomePage::connectRequested);
    QSignalSpy demoSpy(&page, &WelcomePage::demoRequested);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(connectSpy.size(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(demoSpy.size(), 1);
}

void TestWelcome::textsFit_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("usual") << QSize(1100, 700);
    QTest::newRow("small") << QSize(480, 360);
}

void TestWelcome::textsFit()
{
    QFETCH(const QSize, size);
    WelcomePage page;
    page.resize(size);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        QVERIFY2(label->text().isEmpty() || label->height() >= label->heightForWidth(label->width()),
            qPrintable(label->text()));
    }
}

QTEST_MAIN(TestWelcome)
#include "tst_welcome.moc"
