// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/RecoveryProcess.h"
#include "tests/store/Case.h"
#include "tests/store/Events.h"
#include "ui/widgets/StatePage.h"
#include "ui/window/FirstPlace.h"
#include "ui/window/OpeningWindow.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <csignal>

using namespace octotrail;
using namespace octotrail::test;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

/// Makes the process crash that reads a damaged file.
constexpr auto misdeed = "OCTOTRAIL_TEST_MISDEED";

/// The buttons that can be seen, by their texts.
QStringList buttonsOf(const OpeningWindow &window)
{
    QStringList texts;
    for (const auto *button : window.page()->findChildren<QAbstractButton *>()) {
        if (button->isVisible()) {
            texts.append(button->text().remove(u'&'));
        }
    }
    return texts;
}

QAbstractButton *button(const OpeningWindow &window, const QString &text)
{
    for (auto *button : window.page()->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().remove(u'&').startsWith(text)) {
            return button;
        }
    }
    return nullptr;
}

} // namespace

/// The window of a store that cannot be opened.
class TestOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersToSaveADamagedStore();
    void offersNothingElseWhereItWouldNotHelp();
    void fitsTheScreenAtFirst();
    void showsWholeSentences();
    void saysWhyItCannotBeSaved();
    void staysWhenReadingCrashes();
    void cancels();
};

void TestOpening::offersToSaveADamagedStore()
{
    Case c;
    c.open();
    c.append(events(0, 3000));
    c.close();
    {
        QFile file(c.file());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(20);
        file.write(QByteArray(200, '\x5a'));
    }
    const auto refused = store::Store::open(c.file());
    QVERIFY(!refused);

    OpeningWindow window(c.file());
    window.show();
    window.showError(c.file(), refused.error());
    QVERIFY2(button(window, u"Save what can be read"_s), qPrintable(buttonsOf(window).join(u'|')));

    const QString target = c.folder() + u"/saved.duckdb"_s;
    window.recover(c.file(), target);
    QVERIFY2(button(window, u"Cancel"_s), qPrintable(buttonsOf(window).join(u'|')));
    QTRY_VERIFY_WITH_TIMEOUT(button(window, u"Open what was saved"_s), 60'000);
    QVERIFY2(window.page()->sentence().contains(QLocale().toString(3000)), qPrintable(window.page()->sentence()));
    QVERIFY(window.page()->title().contains(u"saved.duckdb"_s));

    const QSignalSpy opened(&window, &OpeningWindow::openRequested);
    QTest::mouseClick(button(window, u"Open what was saved"_s), Qt::LeftButton);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toString(), target);
    const auto store = store::Store::open(target);
    QVERIFY(store);
    QCOMPARE(must(get((*store)->count({}))), 3000);
}

void TestOpening::offersNothingElseWhereItWouldNotHelp()
{
    OpeningWindow window(u"/a/case.duckdb"_s);
    window.show();
    window.showError(u"/a/case.duckdb"_s, {event::ErrorKind::Locked, u"It is open in another program."_s, 0});
    QVERIFY(!button(window, u"Save"_s));
    QVERIFY(button(window, u"Try again"_s));
}

void TestOpening::fitsTheScreenAtFirst()
{
    // With room for a frame it is as large as it wants to be; without, it takes the whole screen.
    QVERIFY(!FirstPlace::on({1920, 1080}).isMaximized);
    QCOMPARE(FirstPlace::on({1920, 1080}).size, QSize(1280, 800));
    for (const QSize &screen : {QSize(1280, 800), QSize(1366, 768), QSize(1280, 1024), QSize(1024, 768)}) {
        const FirstPlace place = FirstPlace::on(screen);
        QVERIFY(place.isMaximized);
        QVERIFY(place.size.width() < screen.width() && place.size.height() < screen.height());
    }
}

void TestOpening::showsWholeSentences()
{
    OpeningWindow window(u"/a/case.duckdb"_s);
    window.show();
    window.showError(u"/a/case.duckdb"_s,
        {event::ErrorKind::Storage,
            u"The file was written by a newer version, or by another program altogether; open it with that, or choose "
            "another file that this version can read, since nothing can be done with this one here."_s,
            0});
    for (const QLabel *label : window.page()->findChildren<QLabel *>()) {
        if (label->wordWrap() && !label->text().isEmpty()) {
            QTRY_VERIFY_WITH_TIMEOUT(label->height() >= label->heightForWidth(label->width()), 30'000);
            QVERIFY(label->width() > 300);
        }
    }
}

void TestOpening::saysWhyItCannotBeSaved()
{
    const QTemporaryDir folder;
    OpeningWindow window(folder.filePath(u"none.duckdb"_s));
    window.show();
    window.recover(folder.filePath(u"none.duckdb"_s), folder.filePath(u"new.duckdb"_s));
    QTRY_VERIFY_WITH_TIMEOUT(button(window, u"Try again"_s), 60'000);
    QVERIFY2(window.page()->sentence().contains(u"none.duckdb"_s), qPrintable(window.page()->sentence()));
}

void TestOpening::staysWhenReadingCrashes()
{
    Case c;
    c.open();
    c.append(events(0, 100));
    c.close();
    qputenv(misdeed, "crash");
    OpeningWindow window(c.file());
    window.show();
    window.recover(c.file(), c.folder() + u"/saved.duckdb"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button(window, u"Try again"_s), 60'000);
    qunsetenv(misdeed);
    QVERIFY2(window.page()->sentence().contains(u"crashed"_s), qPrintable(window.page()->sentence()));
    QVERIFY(!QFile::exists(c.folder() + u"/saved.duckdb"_s));
}

void TestOpening::cancels()
{
    Case c;
    c.open();
    c.append(events(0, 20'000));
    c.close();
    OpeningWindow window(c.file());
    window.show();
    window.recover(c.file(), c.folder() + u"/saved.duckdb"_s);
    QTest::mouseClick(button(window, u"Cancel"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(button(window, u"Try again"_s), 60'000);
    QVERIFY2(window.page()->sentence().contains(u"cancelled"_s), qPrintable(window.page()->sentence()));
    QVERIFY(!QFile::exists(c.folder() + u"/saved.duckdb"_s));
}

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsSet(misdeed) && argc == 5) {
        std::signal(SIGABRT, SIG_DFL);
        std::abort();
    }
    if (const auto code = store::recoveryChild(argc, argv)) {
        return *code;
    }
    const QApplication application(argc, argv);
    TestOpening test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_opening.moc"
