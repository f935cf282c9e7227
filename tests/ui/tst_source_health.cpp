// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SourceWorld.h"
#include "WizardDriver.h"
#include "ui/sources/CheckRow.h"
#include "ui/sources/EventRate.h"
#include "ui/sources/FactsRow.h"
#include "ui/sources/Note.h"
#include "ui/sources/SourceCard.h"
#include "ui/sources/SourceHealth.h"
#include "ui/sources/SourcesPage.h"
#include "ui/sources/Sparkline.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Appearance.h"
#include "ui/style/Tones.h"

#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 30'000;

template <class T = QWidget>
T *find(const QWidget &parent, const char *name)
{
    auto *found = parent.findChild<T *>(QString::fromLatin1(name));
    if (!found) {
        qFatal("There is no %s.", name);
    }
    return found;
}

/// A source in the middle of everything.
collect::SourceStatus busyStatus()
{
    const event::Timestamp now = event::now();
    collect::SourceStatus status;
    status.source = 1;
    status.state = collect::State::Healthy;
    status.sentence = u"Up to date. Next poll at 14:03:21."_s;
    status.lastPoll = now - 12s;
    status.newestPublished = now - 3min;
    status.nextTry = now + 48s;
    status.events = 48'211;
    status.duplicates = 12;
    status.pages = 61;
    status.calls = 74;
    status.reconciled = 9;
    status.reconciledAt = now - 4min;
    status.budgets = {{u"/api/v1/logs"_s, 120, 47, 60, now + 22s}, {u"/api/v1/users"_s, 600, 590, 300, now + 22s}};
    status.backfill
        = collect::Backfill{{now - std::chrono::days(90), now}, 23, 90, 812'004, now + 21min, false, {}, {}};
    for (int i = 0; i < 7; ++i) {
        status.problems << collect::Problem{now - i * 10min, u"Okta did not answer <b>in time</b>."_s};
    }
    return status;
}

} // namespace

/// How a source does, in its finer points.
class TestSourceHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsEventsPerMinute();
    void burstsLeaveTheRestToBeSeen();
    void showsAllThereIs();
    void controlsTheBackfill();
    void tellsWhatHindersTheBackfill();
    void namesGaps();
    void hidesWhatThereIsNot();
    void marksSilence();
    void tellsOfTheClock();
    void testsTheConnection();
    void looksRight();
};

void TestSourceHealth::countsEventsPerMinute()
{
    EventRate rate;
    const auto start = *event::parseTimestamp("2026-03-01T12:00:10Z");
    rate.update(start, 100);
    rate.update(start + 20s, 130);
    rate.update(start + 60s, 130);
    rate.update(start + 130s, 131);
    QList<qint64> last = rate.perMinute(start + 130s);
    QCOMPARE(last.size(), EventRate::minutes);
    QCOMPARE(last.mid(last.size() - 3), (QList<qint64>{130, 0, 1}));
    // An hour later all of it is past.
    last = rate.perMinute(start + 63min);
    QCOMPARE(std::count(last.begin(), last.end(), 0), EventRate::minutes);
    // A restart of the source counts from nothing.
    rate.update(start + 64min, 5);
    QCOMPARE(rate.perMinute(start + 64min).last(), 5);
}

void TestSourceHealth::burstsLeaveTheRestToBeSeen()
{
    QCOMPARE(Sparkline::topOf({}), 1);
    QCOMPARE(Sparkline::topOf({0, 0}), 1);
    QCOMPARE(Sparkline::topOf({0, 3, 10, 20}), 20);
    QCOMPARE(Sparkline::topOf({0, 16'129, 18}), 8 * 18);
    Sparkline line;
    line.resize(line.sizeHint());
    line.setValues({16'129, 18, 0, 18});
    const QImage picture = line.grab().toImage();
    const auto heightAt = [&](int bar) {
        const int x = picture.width() * bar / 4 + picture.width() / 10;
        int height = 0;
        for (int y = 0; y < picture.height() - 1; ++y) {
            height += picture.pixelColor(x, y) == toneColor(Tone::Accent, line.palette()) ? 1 : 0;
        }
        return height;
    };
    QVERIFY2(heightAt(1) >= 3, qPrintable(QString::number(heightAt(1))));
    QVERIFY(heightAt(0) > 4 * heightAt(1));
    QCOMPARE(heightAt(2), 0);
}

void TestSourceHealth::showsAllThereIs()
{
    SourceHealth health;
    health.show();
    health.setStatus(busyStatus());
    QCOMPARE(find<Sparkline>(health, "rate")->values().last(), 48'211);
    QVERIFY(find<QLabel>(health, "rateText")->text().contains(QLocale().toString(48'211)));
    const QString budget = find<QLabel>(health, "budget")->text();
    QVERIFY2(budget.contains(u"/api/v1/logs: 47 of 120 requests left, our share 60"_s), qPrintable(budget));
    QVERIFY(budget.contains(u"/api/v1/users"_s));
    auto *button = find<QToolButton>(health, "problemsButton");
    auto *problems = find<QPlainTextEdit>(health, "problems");
    QCOMPARE(button->text(), u"7 problems"_s);
    QVERIFY(!problems->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(problems->isVisible());
    QCOMPARE(problems->toPlainText().count(u"Okta did not answer <b>in time</b>."_s), 7);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!problems->isVisible());
}

void TestSourceHealth::controlsTheBackfill()
{
    SourceHealth health;
    health.show();
    collect::SourceStatus status = busyStatus();
    health.setStatus(status);
    auto *bar = find<QProgressBar>(health, "backfillProgress");
    QCOMPARE(bar->maximum(), 90);
    QCOMPARE(bar->value(), 23);
    QVERIFY(find<QLabel>(health, "backfillText")->text().contains(u"23 of 90"_s));
    QSignalSpy paused(&health, &SourceHealth::pauseBackfillRequested);
    QSignalSpy resumed(&health, &SourceHealth::resumeBackfillRequested);
    QSignalSpy cancelled(&health, &SourceHealth::cancelBackfillRequested);
    QTest::mouseClick(find<QToolButton>(health, "pauseBackfill"), Qt::LeftButton);
    QCOMPARE(paused.size(), 1);
    status.backfill->paused = true;
    health.setStatus(status);
    QVERIFY(find<QLabel>(health, "backfillText")->text().contains(u"paused"_s));
    QTest::mouseClick(find<QToolButton>(health, "pauseBackfill"), Qt::LeftButton);
    QCOMPARE(resumed.size(), 1);
    QTest::mouseClick(find<QToolButton>(health, "cancelBackfill"), Qt::LeftButton);
    QCOMPARE(cancelled.size(), 1);
}

void TestSourceHealth::tellsWhatHindersTheBackfill()
{
    SourceHealth health;
    health.show();
    collect::SourceStatus status = busyStatus();
    health.setStatus(status);
    const auto *text = find<ToneLabel>(health, "backfillText");
    QCOMPARE(text->textFormat(), Qt::PlainText);
    QVERIFY(text->text().contains(u"until about"_s));
    // Okta's limit is no fault.
    status.backfill->nextTry = event::now() + 40s;
    health.setStatus(status);
    QVERIFY2(text->text().contains(u"waiting for our share of Okta's rate limit until"_s), qPrintable(text->text()));
    QCOMPARE(text->tone(), Tone::Plain);
    status.backfill->fault = u"Okta did not answer <b>in time</b>."_s;
    health.setStatus(status);
    QVERIFY2(text->text().contains(u"events. Okta did not answer <b>in time</b>. Trying again at"_s),
        qPrintable(text->text()));
    QVERIFY(!text->text().contains(u"until about"_s));
    QCOMPARE(text->tone(), Tone::Warning);
    // It may be the user who has to mend it.
    status.backfill->nextTry.reset();
    health.setStatus(status);
    QVERIFY(text->text().endsWith(u"</b>."_s));
    status.backfill->paused = true;
    health.setStatus(status);
    QVERIFY(text->text().endsWith(u"paused"_s));
    QCOMPARE(text->tone(), Tone::Plain);
}

void TestSourceHealth::namesGaps()
{
    SourceHealth health;
    health.show();
    const auto noon = *event::parseTimestamp("2026-03-01T12:00:00Z");
    using Kind = store::Gap::Kind;
    health.setGaps({{1, {noon, noon + 5min}, Kind::Pending}});
    QVERIFY(!find(health, "gaps")->isVisible()); // the live poll is about to read it
    health.setGaps({{1, {noon - 2400h, noon - 2399h}, Kind::Expired}});
    QVERIFY(find<QLabel>(health, "gapText")->text().contains(u"too old"_s));
    QVERIFY(!find(health, "fillGaps")->isVisible());
    health.setGaps({{1, {noon, noon + 1h}, Kind::Open}, {1, {noon + 2h, noon + 3h}, Kind::Skipped}});
    const QString text = find<QLabel>(health, "gapText")->text();
    QVERIFY2(text.contains(u"2026-03-01 12:00:00 to 2026-03-01 13:00:00"_s) && text.contains(u"given up"_s),
        qPrintable(text));
    QSignalSpy fill(&health, &SourceHealth::fillGapsRequested);
    QTest::mouseClick(find<QToolButton>(health, "fillGaps"), Qt::LeftButton);
    QCOMPARE(fill.size(), 1);
    health.setGaps({});
    QVERIFY(!find(health, "gaps")->isVisible());
}

void TestSourceHealth::hidesWhatThereIsNot()
{
    SourceHealth health;
    health.show();
    health.setStatus(busyStatus());
    health.setStatus({});
    QVERIFY(!find(health, "backfill")->isVisible());
    QVERIFY(!find(health, "budget")->isVisible());
    QVERIFY(!find(health, "problemsButton")->isVisible());
    QVERIFY(!find(health, "problems")->isVisible());
}

void TestSourceHealth::marksSilence()
{
    SourceCard card;
    store::SourceConfig source;
    source.name = u"Acme"_s;
    card.setSource(source);
    card.setStatus(busyStatus());
    card.show();
    QVERIFY(!find<Note>(card, "silence")->isVisible());
    card.setSilence(u"No events from Acme since yesterday, though Okta answers."_s);
    QVERIFY(find<Note>(card, "silence")->isVisible());
    QVERIFY(find<Note>(card, "silence")->text().contains(u"since yesterday"_s));
    card.setSilence({});
    QVERIFY(!find<Note>(card, "silence")->isVisible());
}

void TestSourceHealth::tellsOfTheClock()
{
    constexpr int lag = 6;
    constexpr int clock = 9;
    SourceCard card;
    store::SourceConfig source;
    source.name = u"Acme"_s;
    card.setSource(source);
    collect::SourceStatus status = busyStatus();
    card.setStatus(status);
    const auto *facts = find<FactsRow>(card, "facts");
    QCOMPARE(facts->value(clock), u"\u2013"_s);
    status.clockSkew = -700ms;
    card.setStatus(status);
    QCOMPARE(facts->value(clock), u"in step"_s);
    QCOMPARE(facts->tone(clock), Tone::Plain);
    // The event is of three minutes ago by Okta's clock, whatever this computer's says.
    status.clockSkew = 3h;
    status.newestPublished = event::now() + 3h - 3min;
    card.setStatus(status);
    QCOMPARE(facts->value(clock), u"3 h ahead"_s);
    QCOMPARE(facts->tone(clock), Tone::Warning);
    QCOMPARE(facts->value(lag), u"3 min"_s);
    status.clockSkew = -90s;
    card.setStatus(status);
    QCOMPARE(facts->value(clock), u"90 s behind"_s);
}

void TestSourceHealth::testsTheConnection()
{
    SourceWorld world;
    const auto organization = SourceWorld::organization();
    SourcesPage page(world.supervisor(), world.vault());
    page.resize(1000, 700);
    page.show();
    const auto source = world.addSource(*organization, u"Acme"_s, organization->token().toUtf8());
    QTRY_VERIFY_WITH_TIMEOUT(page.findChild<SourceCard *>(), patience);
    auto *card = page.findChild<SourceCard *>();
    QTest::mouseClick(find<QToolButton>(*card, "tryConnection"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(card->findChild<CheckRow *>(u"test1"_s), patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        card->findChild<CheckRow *>(u"test1"_s)->state(), okta::CheckStep::State::Passed, patience);
    QTRY_VERIFY_WITH_TIMEOUT(find<QToolButton>(*card, "tryConnection")->isEnabled(), patience);
    QTest::mouseClick(find<QToolButton>(*card, "closeTest"), Qt::LeftButton);
    QVERIFY(!find(*card, "test")->isVisible());
}

void TestSourceHealth::looksRight()
{
    Appearance appearance(*qApp);
    SourceCard card;
    store::SourceConfig source;
    source.id = 1;
    source.name = u"Larkspur"_s;
    source.origin = QUrl(u"https://larkspur.okta.com"_s);
    card.setSource(source);
    card.setStatus(busyStatus());
    card.setSilence(
        u"No events from Larkspur since 08:12:44, though Okta answers: the last poll at 14:02:33 found nothing "
        "new."_s);
    card.resize(1160, 480);
    card.show();
    find<QToolButton>(card, "problemsButton")->setChecked(true);
    QTest::qWait(50);
    QCOMPARE(cutTexts(card), QStringList());
    QVERIFY(QDir().mkpath(u"screenshots"_s));
    appearance.setChoice(Appearance::Choice::Light);
    QTest::qWait(50);
    QVERIFY(card.grab().save(u"screenshots/source-card.png"_s));
    appearance.setChoice(Appearance::Choice::Dark);
    QTest::qWait(50);
    QVERIFY(card.grab().save(u"screenshots/source-card-dark.png"_s));
}

QTEST_MAIN(TestSourceHealth)
#include "tst_source_health.moc"
