// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "collect/Supervisor.h"
#include "secrets/Vault.h"
#include "store/Cases.h"
#include "ui/window/SourceStatusButton.h"
#include "ui/window/StatusStrip.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

/// The strip of a case, and what it stands on.
struct Strip
{
    explicit Strip(std::shared_ptr<store::Store> store)
        : supervisor(store, vault)
        , widget(store, supervisor)
    {
        supervisor.start();
        widget.show();
    }

    QLabel *words() { return widget.findChild<QLabel *>(u"sourcesInWords"_s); }
    QLabel *file() { return widget.findChild<QLabel *>(u"storeStatus"_s); }

    secrets::Vault vault;
    collect::Supervisor supervisor;
    StatusStrip widget;
};

store::SourceConfig pausedSource(const QString &name)
{
    store::SourceConfig config;
    config.uuid = name;
    config.name = name;
    config.origin = QUrl(u"https://acme.okta.com"_s);
    config.paused = true; // nothing is asked for
    return config;
}

} // namespace

/// What the status bar says of a case and its sources.
class StatusStripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhereEventsAreFrom();
    void saysThatNothingCollects();
    void sourcesThatCollectHaveAButton();
    void readOnlyCasesSaySo();
    void countsEvents();
    void namesAreBoundedAndPlain();
};

void StatusStripTest::namesWhereEventsAreFrom()
{
    CaseFile file;
    Strip strip(file.store());
    QTRY_COMPARE(strip.words()->text(), u"Imported: Acme"_s);
    QVERIFY(strip.words()->isVisible());
    file.addSource(u"Globex"_s);
    file.addSource(u"Hooli"_s);
    QTRY_COMPARE(strip.words()->text(), u"Imported: Acme, Globex, Hooli"_s);
    file.addSource(u"Initech"_s);
    file.addSource(u"Umbrella"_s);
    QTRY_COMPARE(strip.words()->text(), u"Imported: Acme, Globex, Hooli and 2 more"_s);
    QVERIFY(strip.words()->toolTip().contains(u"Umbrella"_s)); // all of them are there
}

void StatusStripTest::saysThatNothingCollects()
{
    CaseFile file;
    QVERIFY(file.store()->removeSource(file.source(), false).result());
    Strip strip(file.store());
    QTRY_COMPARE(strip.words()->text(), u"No source"_s);
}

void StatusStripTest::sourcesThatCollectHaveAButton()
{
    CaseFile file;
    store::SourceConfig live = file.store()->putSource(pausedSource(u"Live"_s)).result().value();
    Strip strip(file.store());
    const auto button = [&] { return strip.widget.findChild<SourceStatusButton *>(); };
    QTRY_VERIFY(button());
    QVERIFY(!strip.words()->isVisible());
    QTRY_COMPARE(button()->accessibleName(), u"Live: Paused."_s);
    QSignalSpy chosen(&strip.widget, &StatusStrip::sourceChosen);
    QTest::mouseClick(button(), Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().value<store::SourceId>(), live.id);
    // Another name, and then none.
    live.name = u"Production"_s;
    QVERIFY(file.store()->putSource(live).result());
    QTRY_COMPARE(button()->accessibleName(), u"Production: Paused."_s);
    QVERIFY(file.store()->removeSource(live.id, false).result());
    QTRY_VERIFY(!button());
    QVERIFY(strip.words()->isVisible());
    QTRY_COMPARE(strip.words()->text(), u"Imported: Acme"_s);
}

void StatusStripTest::readOnlyCasesSaySo()
{
    QTemporaryDir folder;
    const QString name = folder.filePath(u"closed.duckdb"_s);
    {
        const auto made = store::Store::open(name);
        QVERIFY(made);
        store::SourceConfig source = pausedSource(u"Acme"_s);
        source.collects = false;
        QVERIFY((*made)->putSource(source).result());
    }
    const auto opened = store::openReadOnly(name);
    QVERIFY(opened);
    Strip strip(*opened);
    QTRY_COMPARE(strip.words()->text(), u"Open for reading only \u00b7 Imported: Acme"_s);
}

void StatusStripTest::countsEvents()
{
    CaseFile file;
    Strip strip(file.store());
    QCOMPARE(strip.file()->text(), u"case.duckdb"_s);
    QVERIFY(strip.file()->toolTip().contains(u"case.duckdb"_s));
    strip.widget.setTotal(1);
    QCOMPARE(strip.file()->text(), u"case.duckdb: 1 event"_s);
    strip.widget.setTotal(12345);
    QCOMPARE(strip.file()->text(), u"case.duckdb: %1 events"_s.arg(QLocale().toString(12345)));
    QCOMPARE(strip.file()->accessibleName(), strip.file()->text());
}

void StatusStripTest::namesAreBoundedAndPlain()
{
    CaseFile file;
    Strip strip(file.store());
    file.addSource(u"<img src=x onerror=alert(1)>\n\u202e"_s + QString(5000, u'x'));
    QTRY_VERIFY(strip.words()->text().contains(u"<img src=x"_s));
    QCOMPARE(strip.words()->textFormat(), Qt::PlainText);
    QVERIFY2(strip.words()->text().size() < 120, qPrintable(strip.words()->text()));
    QVERIFY(!strip.words()->text().contains(u'\n'));
    QVERIFY(!strip.words()->text().contains(QChar(0x202e)));
    QVERIFY(strip.words()->toolTip().size() < 4000);
    QVERIFY(!strip.words()->toolTip().contains(u"<img"_s));
}

QTEST_MAIN(StatusStripTest)
#include "tst_status_strip.moc"
