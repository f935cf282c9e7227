// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "Dialogs.h"
#include "store/Cases.h"
#include "ui/MainWindow.h"
#include "ui/cases/RecentCases.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventTools.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/sources/FactsRow.h"
#include "ui/sources/SourceCard.h"
#include "ui/sources/SourcesPage.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/Banner.h"
#include "ui/widgets/StatePage.h"
#include "ui/window/OpeningWindow.h"
#include "ui/window/Session.h"
#include "ui/window/TransferArea.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// Going from case to case in one window.
class CasesWindowTest : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    QString makeCase(const QString &name, int first, int last, const std::string &year = "2026")
    {
        const auto store = *store::Store::open(path(name));
        store::SourceConfig source;
        source.uuid = source.name = u"Archive"_s;
        source.collects = false;
        store::EventBatch batch;
        batch.source = store->putSource(source).result()->id;
        for (std::string json : sampleEvents(first, last)) {
            json.replace(json.find("2026-11-23"), 4, year);
            batch.events.push_back(event::LogEvent::fromBytes(json));
        }
        if (!store->append(std::move(batch)).result()) {
            qFatal("no events");
        }
        return store->file();
    }

    MainWindow &window() const { return *m_session->window(); }

    /// Waits until the window shows the case with so many events.
    bool shows(const QString &name, int events) const
    {
        return QTest::qWaitFor(
            [&] {
                const MainWindow *window = m_session->window();
                return window && window->isVisible() && window->windowTitle().startsWith(name)
                    && window->events()->total() == events;
            },
            patience);
    }

    bool open(const QString &name, int events)
    {
        m_session->open(path(name + u".duckdb"_s));
        return shows(name, events);
    }

    QAction *action(const QString &name) const { return m_session->window()->findChild<QAction *>(name); }

    QString message(const QString &key) const
    {
        const auto *banner = m_session->window()->findChild<Banner *>(u"banner-"_s + key);
        return banner ? banner->text() : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Session> m_session;

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Octotrail"_s);
        QCoreApplication::setApplicationName(u"tst_cases_window"_s);
        QApplication::setQuitOnLastWindowClosed(false);
        m_appearance = std::make_unique<Appearance>(*qApp);
    }

    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = std::make_unique<Session>(*m_appearance, ApplicationOptions());
    }

    void cleanup() { m_session.reset(); }
    void cleanupTestCase() { m_appearance.reset(); }

    void opensAnother();
    void makesANewOne();
    void neverReplacesOne();
    void listsRecentOnes();
    void goesBackIfAnotherDoesNotOpen();
    void asksBeforeItCancels();
    void readsOnly();
    void readsOnlyWhatIsEmpty();
    void readsOnlyAgain();
    void opensWhereItWas();
    void savesACopy();
    void mergesAnother();
    void anArchiveShowsItsEventsAtOnce();
    void eachHasAQueryOfItsOwn();
    void saysWhereEventsAreFrom();
};

void CasesWindowTest::opensAnother()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    makeCase(u"two.duckdb"_s, 0, 19);
    QVERIFY(open(u"one"_s, 10));
    // By the menu, as a person does; the case before is let go of.
    action(u"openCase"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    QVERIFY(shows(u"two"_s, 20));
    QTRY_VERIFY_WITH_TIMEOUT(store::Store::open(path(u"one.duckdb"_s)).has_value(), patience);
    QCOMPARE(store::Store::open(path(u"two.duckdb"_s)).error().kind, event::ErrorKind::Locked);
    int windows = 0;
    for (const QWidget *widget : QApplication::topLevelWidgets()) {
        windows += qobject_cast<const MainWindow *>(widget) && widget->isVisible() ? 1 : 0;
    }
    QCOMPARE(windows, 1);
    // The one that is open: it says so, and stays.
    action(u"openCase"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    QTRY_VERIFY_WITH_TIMEOUT(message(u"case"_s).contains(u"is the case that is open"_s), patience);
}

void CasesWindowTest::makesANewOne()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    QVERIFY(open(u"one"_s, 10));
    action(u"newCase"_s)->trigger();
    chooseFile(path(u"fresh"_s)); // the ending comes by itself
    QVERIFY(shows(u"fresh"_s, 0));
    QVERIFY(window().isWelcoming());
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(path(u"fresh.duckdb"_s)).permissions() & others));
}

void CasesWindowTest::neverReplacesOne()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    makeCase(u"two.duckdb"_s, 0, 19);
    QVERIFY(open(u"one"_s, 10));
    action(u"newCase"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    QTRY_VERIFY_WITH_TIMEOUT(message(u"case"_s).contains(u"is there already"_s), patience);
    QVERIFY(shows(u"one"_s, 10));
    QVERIFY(open(u"two"_s, 20));
}

void CasesWindowTest::listsRecentOnes()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    makeCase(u"two.duckdb"_s, 0, 19);
    makeCase(u"gone & away.duckdb"_s, 0, 4);
    QVERIFY(open(u"gone & away"_s, 5));
    QVERIFY(open(u"one"_s, 10));
    QVERIFY(open(u"two"_s, 20));
    QCOMPARE(recentCases(),
        (QList<RecentCase>{{path(u"two.duckdb"_s)}, {path(u"one.duckdb"_s)}, {path(u"gone & away.duckdb"_s)}}));
    QVERIFY(QFile::remove(path(u"gone & away.duckdb"_s)));
    auto *menu = window().findChild<QMenu *>(u"recentCases"_s);
    Q_EMIT menu->aboutToShow();
    QStringList texts;
    for (const QAction *entry : menu->actions()) {
        texts << entry->text();
    }
    QCOMPARE(texts.mid(0, 3),
        (QStringList{u"&1  two.duckdb (open)"_s, u"&2  one.duckdb"_s, u"&3  gone && away.duckdb (not found)"_s}));
    QVERIFY(!menu->actions().at(0)->isEnabled());
    QVERIFY(!menu->actions().at(2)->isEnabled());
    menu->actions().at(1)->trigger();
    QVERIFY(shows(u"one"_s, 10));
    // The list outlives the window, and can be cleared.
    QCOMPARE(recentCases().first(), RecentCase{path(u"one.duckdb"_s)});
    menu = window().findChild<QMenu *>(u"recentCases"_s);
    menu->actions().last()->trigger();
    QVERIFY(recentCases().isEmpty());
    QVERIFY(!menu->isEnabled());
    for (int n = 0; n < 15; ++n) {
        addRecentCase({path(QString::number(n))});
    }
    QCOMPARE(recentCases().size(), mostRecentCases);
}

void CasesWindowTest::goesBackIfAnotherDoesNotOpen()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    QFile text(path(u"text.duckdb"_s));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("Dear diary, today I made a file that is no store.");
    text.close();
    QVERIFY(open(u"one"_s, 10));
    QSignalSpy failed(m_session.get(), &Session::failed);
    action(u"openCase"_s)->trigger();
    chooseFile(text.fileName());
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    auto *opening = dialog<OpeningWindow>();
    QVERIFY(opening);
    QVERIFY2(opening->page()->sentence().contains(u"no Octotrail store"_s), qPrintable(opening->page()->sentence()));
    QAbstractButton *back = nullptr;
    for (auto *button : opening->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().contains(u"one.duckdb"_s)) {
            back = button;
        }
    }
    QVERIFY(back);
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(shows(u"one"_s, 10));
    QCOMPARE(recentCases().size(), 1);
}

void CasesWindowTest::asksBeforeItCancels()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    makeCase(u"two.duckdb"_s, 0, 19);
    QVERIFY(open(u"one"_s, 10));
    // Something that goes on until it is cancelled: nobody writes into the pipe.
    const QString pipe = path(u"pipe"_s);
    QCOMPARE(::system(qPrintable(u"mkfifo '%1'"_s.arg(pipe))), 0);
    QFile writer(pipe);
    QVERIFY(writer.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    window().transfers()->importFiles({pipe});
    auto *ask = dialog<QDialog>();
    QVERIFY(ask);
    ask->accept();
    QTRY_VERIFY_WITH_TIMEOUT(window().transfers()->isBusy(), patience);
    action(u"openCase"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    auto *box = dialog<QMessageBox>();
    QVERIFY(box);
    QTest::keyClick(box, Qt::Key_Escape); // stay
    QTRY_VERIFY_WITH_TIMEOUT(!window().findChild<QMessageBox *>(), patience);
    QVERIFY(window().windowTitle().startsWith(u"one"_s));
    action(u"openCase"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    box = dialog<QMessageBox>();
    QVERIFY(box);
    QTest::mouseClick(box->buttons().first(), Qt::LeftButton);
    QVERIFY(shows(u"two"_s, 20));
}

void CasesWindowTest::readsOnly()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    const QByteArray before = contents(makeCase(u"two.duckdb"_s, 0, 19));
    QVERIFY(open(u"one"_s, 10));
    action(u"openReadOnly"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    QVERIFY(shows(u"two (read-only)"_s, 20));
    QVERIFY(message(u"case"_s).contains(u"reading only"_s));
    const EventTools::Actions &tools = window().events()->tools()->actions();
    window().events()->table()->selectRow(3);
    for (const QAction *refused : {action(u"mergeCase"_s), tools.bookmark, tools.tag, tools.note}) {
        QVERIFY2(!refused->isEnabled(), qPrintable(refused->text()));
        QVERIFY(refused->toolTip().contains(u"reading only"_s));
    }
    tools.note->setEnabled(true); // whatever the owner thinks of it
    QVERIFY(!tools.note->isEnabled());
    QVERIFY(action(u"saveCopy"_s)->isEnabled());
    // The sources are shown as they are stored, without anything that changes them.
    window().showView(MainWindow::View::Sources);
    QTRY_VERIFY_WITH_TIMEOUT(!window().sources()->findChildren<SourceCard *>().isEmpty(), patience);
    auto *card = window().sources()->findChildren<SourceCard *>().first();
    const auto *facts = card->findChild<FactsRow *>(u"storedFacts"_s);
    QTRY_COMPARE_WITH_TIMEOUT(facts->value(0), u"20"_s, patience);
    QVERIFY(facts->isVisible());
    QCOMPARE(card->findChild<QLabel *>(u"name"_s)->text(), u"Archive"_s);
    for (const auto *button : window().sources()->findChildren<QAbstractButton *>()) {
        QVERIFY2(!button->isVisible(), qPrintable(button->text()));
    }
    window().showView(MainWindow::View::Events);
    // What is dropped is refused with a sentence.
    QFile archive(path(u"archive.ndjson"_s));
    QVERIFY(archive.open(QIODevice::WriteOnly));
    archive.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(archive.fileName())});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &enter);
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window(), &drop);
    QTRY_VERIFY_WITH_TIMEOUT(message(u"case"_s).contains(u"nothing can be imported"_s), patience);
    // Another reader is welcome.
    QVERIFY(open(u"one"_s, 10));
    QCOMPARE(contents(path(u"two.duckdb"_s)), before);
}

void CasesWindowTest::readsOnlyWhatIsEmpty()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    QVERIFY(store::Store::open(path(u"empty.duckdb"_s)));
    QVERIFY(open(u"one"_s, 10));
    m_session->open(path(u"empty.duckdb"_s), true);
    QVERIFY(shows(u"empty (read-only)"_s, 0));
    // Nothing is offered that cannot be done.
    QVERIFY(!window().isWelcoming());
    const auto isSaid = [this] {
        const auto pages = window().events()->findChildren<StatePage *>();
        return std::ranges::any_of(pages, [](const StatePage *page) {
            return page->isVisible() && page->sentence().contains(u"reading only"_s)
                && page->findChildren<QPushButton *>().isEmpty();
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSaid(), patience);
    m_session->open(path(u"empty.duckdb"_s));
    QVERIFY(shows(u"empty \u2013"_s, 0));
    QTRY_VERIFY_WITH_TIMEOUT(window().isWelcoming(), patience);
}

/// What was opened for reading only is evidence: no way back to it opens it for writing.
void CasesWindowTest::readsOnlyAgain()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    const QByteArray before = contents(makeCase(u"two.duckdb"_s, 0, 19));
    m_session->open(path(u"two.duckdb"_s), true);
    QVERIFY(shows(u"two (read-only)"_s, 20));
    QVERIFY(open(u"one"_s, 10));
    const auto entries = [this] {
        auto *menu = window().findChild<QMenu *>(u"recentCases"_s);
        Q_EMIT menu->aboutToShow();
        return menu->actions();
    };
    QCOMPARE(entries().at(1)->text(), u"&2  two.duckdb (read-only)"_s);
    entries().at(1)->trigger();
    QVERIFY(shows(u"two (read-only)"_s, 20));
    QCOMPARE(contents(path(u"two.duckdb"_s)), before);
    // Nor does a detour by a file that does not open.
    QFile text(path(u"text.duckdb"_s));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("Dear diary, today I made a file that is no store.");
    text.close();
    QSignalSpy failed(m_session.get(), &Session::failed);
    action(u"openReadOnly"_s)->trigger();
    chooseFile(text.fileName());
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    auto *opening = dialog<OpeningWindow>();
    QVERIFY(opening);
    QAbstractButton *another = nullptr;
    for (auto *button : opening->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->text().contains(u"another file"_s)) {
            another = button;
        }
    }
    QVERIFY(another);
    QTest::mouseClick(another, Qt::LeftButton);
    chooseFile(path(u"two.duckdb"_s));
    QVERIFY(shows(u"two (read-only)"_s, 20));
    QCOMPARE(contents(path(u"two.duckdb"_s)), before);
    // Somebody who says so opens it for writing, and it is that from then on.
    QVERIFY(open(u"one"_s, 10));
    action(u"openCase"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    QVERIFY(shows(u"two \u2013"_s, 20));
    QVERIFY(open(u"one"_s, 10));
    QCOMPARE(entries().at(1)->text(), u"&2  two.duckdb"_s);
}

void CasesWindowTest::opensWhereItWas()
{
    makeCase(u"one.duckdb"_s, 0, 9);
    QVERIFY(open(u"one"_s, 10));
    window().resize(760, 620);
    const QSize kept = window().size();
    window().saveState();
    m_session.reset();
    m_session = std::make_unique<Session>(*m_appearance, ApplicationOptions());
    m_session->open(path(u"one.duckdb"_s));
    // If opening takes so long that it is seen, too.
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (qobject_cast<OpeningWindow *>(widget)) {
            widget->show();
            QCOMPARE(widget->size(), kept);
        }
    }
    QVERIFY(shows(u"one"_s, 10));
    QCOMPARE(window().size(), kept);
}

void CasesWindowTest::savesACopy()
{
    makeCase(u"one.duckdb"_s, 0, 99);
    QVERIFY(open(u"one"_s, 100));
    QSignalSpy finished(window().transfers(), &TransferArea::finished);
    action(u"saveCopy"_s)->trigger();
    chooseFile(path(u"copy"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY2(
        message(u"transfer"_s).contains(u"All of its 100 events were verified"_s), qPrintable(message(u"transfer"_s)));
    QVERIFY(open(u"copy"_s, 100));
}

void CasesWindowTest::mergesAnother()
{
    makeCase(u"one.duckdb"_s, 0, 99);
    makeCase(u"two.duckdb"_s, 50, 149);
    QVERIFY(open(u"one"_s, 100));
    QSignalSpy finished(window().transfers(), &TransferArea::finished);
    action(u"mergeCase"_s)->trigger();
    chooseFile(path(u"two.duckdb"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY2(message(u"transfer"_s).contains(u"50 events are new; 50 were there already"_s),
        qPrintable(message(u"transfer"_s)));
    QVERIFY(shows(u"one"_s, 150));
    // Itself: a sentence.
    action(u"mergeCase"_s)->trigger();
    chooseFile(path(u"one.duckdb"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 2, patience);
    QVERIFY(message(u"transfer"_s).contains(u"nothing to merge"_s));
}

void CasesWindowTest::anArchiveShowsItsEventsAtOnce()
{
    makeCase(u"old.duckdb"_s, 0, 9, "2019");
    QVERIFY(open(u"old"_s, 10));
    QTRY_COMPARE_WITH_TIMEOUT(window().events()->model().result().rows().size(), 10, patience);
    QCOMPARE(window().events()->filterBar()->timeRange()->preset(), TimeRangeChoice::Preset::All);
    QVERIFY2(message(u"events"_s).contains(u"Last 7 days"_s), qUtf8Printable(message(u"events"_s)));
    // Other views would have nothing to show either.
    QCOMPARE(window().findChild<TimeRangeChoice *>(u"entityTimeRange"_s)->preset(), TimeRangeChoice::Preset::All);
    // What somebody chose stays, whether it shows anything or not.
    window().events()->filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::LastHour);
    window().events()->filterBar()->setFilter({});
    window().saveState();
    m_session = std::make_unique<Session>(*m_appearance, ApplicationOptions());
    QVERIFY(open(u"old"_s, 10));
    QTRY_COMPARE_WITH_TIMEOUT(window().events()->model().result().state(), EventResult::State::Complete, patience);
    QCOMPARE(window().events()->filterBar()->timeRange()->preset(), TimeRangeChoice::Preset::LastHour);
    QCOMPARE(window().events()->model().result().rows().size(), 0);
}

void CasesWindowTest::eachHasAQueryOfItsOwn()
{
    makeCase(u"one.duckdb"_s, 0, 9, "2019");
    makeCase(u"two.duckdb"_s, 0, 19, "2019");
    QVERIFY(open(u"one"_s, 10));
    window().events()->filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
    window().events()->filterBar()->setFilter(u"outcome.result eq \"FAILURE\""_s);
    QVERIFY(open(u"two"_s, 20));
    QCOMPARE(window().events()->filterBar()->filter(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(window().events()->model().result().rows().size(), 20, patience);
    QVERIFY(open(u"one"_s, 10));
    QCOMPARE(window().events()->filterBar()->filter(), u"outcome.result eq \"FAILURE\""_s);
    QTRY_COMPARE_WITH_TIMEOUT(window().events()->model().result().rows().size(), 2, patience);
}

void CasesWindowTest::saysWhereEventsAreFrom()
{
    const auto sources = [this] { return window().findChild<QLabel *>(u"sourcesInWords"_s)->text(); };
    makeCase(u"one.duckdb"_s, 0, 9);
    QVERIFY(open(u"one"_s, 10));
    QTRY_COMPARE_WITH_TIMEOUT(sources(), u"Imported: Archive"_s, patience);
    QVERIFY(window().findChild<QLabel *>(u"storeStatus"_s)->text().contains(u"10 events"_s));
    m_session->open(path(u"one.duckdb"_s), true);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->window() && window().windowTitle().contains(u"read-only"_s), patience);
    QTRY_COMPARE_WITH_TIMEOUT(sources(), u"Open for reading only \u00b7 Imported: Archive"_s, patience);
    m_session->open(path(u"new.duckdb"_s));
    QVERIFY(shows(u"new"_s, 0));
    QCOMPARE(sources(), u"No source"_s);
}

QTEST_MAIN(CasesWindowTest)
#include "tst_cases_window.moc"
