// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "AlertSamples.h"
#include "WindowDriver.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/events/TimelinePane.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <set>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// The timeline above the table, used with mouse and keyboard, and the way back from it.
class TimelineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatIsShown();
    void growsWithNewEvents();
    void draggingZooms();
    void aDoubleClickTakesOneBar();
    void keysChooseAndZoom();
    void zoomsAreUndone();
    void dividedBySeverity();
    void tellsOfBarsGapsAndMarks();
    void alertsOfTheTimeThatIsShown();
    void emptyAndCancelled();
    void hiddenItDoesNotCount();
    void backAndForward();

private:
    static bool counts(WindowDriver &driver, int total)
    {
        const TimelineModel &model = driver.events().timeline()->model();
        return QTest::qWaitFor(
            [&] { return model.state() == TimelineModel::State::Ready && model.data().total == total; }, 30'000);
    }
    static int sum(const store::HistogramData &data)
    {
        int all = 0;
        for (int bin = 0; bin < data.bins; ++bin) {
            all += static_cast<int>(data.countOf(bin));
        }
        return all;
    }
};

void TimelineTest::countsWhatIsShown()
{
    CaseFile file;
    file.append(sampleEvents(0, 599)); // ten minutes
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 600));
    const TimelineView *view = driver.events().timeline()->view();
    QVERIFY(view->isVisible());
    QCOMPARE(view->message(), QString());
    QVERIFY(view->data().bins <= view->room());
    QCOMPARE(sum(view->data()), 600);
    QCOMPARE(view->data().series.size(), std::size_t{2});
    QCOMPARE(view->data().series[0].value, std::string("SUCCESS"));
    QCOMPARE(view->data().series[1].total, 120);
    QVERIFY(driver.find<QLabel>(u"timelineTitle"_s)->text().startsWith(u"Events per "_s));
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(counts(driver, 120));
    QCOMPARE(view->data().series.size(), std::size_t{1});
    // What SQL cannot decide is counted as it was found.
    QVERIFY(driver.apply(u"cleo"_s));
    QVERIFY(driver.finds(86));
    QVERIFY(counts(driver, 86));
}

void TimelineTest::growsWithNewEvents()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 100));
    file.append(sampleEvents(100, 109));
    QVERIFY(counts(driver, 110));
}

void TimelineTest::draggingZooms()
{
    CaseFile file;
    file.append(sampleEvents(0, 599));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 600));
    TimelineView *view = driver.events().timeline()->view();
    const store::HistogramData data = view->data();
    const int expected = static_cast<int>(data.countOf(5) + data.countOf(6) + data.countOf(7));
    const QPoint from = view->binRect(5).center();
    const QPoint to = view->binRect(7).center();
    QTest::mousePress(view, Qt::LeftButton, {}, from);
    QTest::mouseMove(view, (from + to) / 2);
    QMouseEvent move(QEvent::MouseMove, to, view->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(view, &move);
    QVERIFY(view->selection());
    QCOMPARE(view->selection()->since, data.startOf(5));
    QCOMPARE(view->selection()->until, data.startOf(8));
    QVERIFY(driver.finds(600)); // not before the button is let go
    QTest::mouseRelease(view, Qt::LeftButton, {}, to);
    QVERIFY(driver.finds(expected));
    QVERIFY(counts(driver, expected));
    QCOMPARE(driver.events().filterBar()->timeRange()->preset(), TimeRangeChoice::Preset::Custom);
    QVERIFY(driver.find<QToolButton>(u"timeRange"_s)->text().startsWith(u"2026-11-23 08:"_s));
    QVERIFY(!view->selection());
    // And out of it again.
    QToolButton *back = nullptr;
    for (QToolButton *button : driver.events().timeline()->findChildren<QToolButton *>()) {
        if (button->isVisible() && button->defaultAction() == driver.events().actions().undoZoom) {
            back = button;
        }
    }
    QVERIFY(back);
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(driver.finds(600));
    QCOMPARE(driver.find<QToolButton>(u"timeRange"_s)->text(), u"All time"_s);
    QVERIFY(!back->isVisible());
}

void TimelineTest::aDoubleClickTakesOneBar()
{
    CaseFile file;
    file.append(sampleEvents(0, 599));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 600));
    TimelineView *view = driver.events().timeline()->view();
    const auto expected = static_cast<int>(view->data().countOf(2));
    QTest::mouseDClick(view, Qt::LeftButton, {}, view->binRect(2).center());
    QVERIFY(driver.finds(expected));
}

void TimelineTest::keysChooseAndZoom()
{
    CaseFile file;
    file.append(sampleEvents(0, 599));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 600));
    TimelineView *view = driver.events().timeline()->view();
    const store::HistogramData data = view->data();
    view->setFocus();
    QVERIFY(view->accessibleDescription().contains(u"600 events"_s));
    QTest::keyClick(view, Qt::Key_Right);
    QCOMPARE(view->currentBin(), std::optional(0));
    QVERIFY2(view->accessibleDescription().contains(u"2026-11-23 08:00:00"_s),
        qUtf8Printable(view->accessibleDescription()));
    QTest::keyClick(view, Qt::Key_End);
    QCOMPARE(view->currentBin(), std::optional(data.bins - 1));
    QTest::keyClick(view, Qt::Key_Right); // there is nothing further
    QCOMPARE(view->currentBin(), std::optional(data.bins - 1));
    QTest::keyClick(view, Qt::Key_Home);
    QTest::keyClick(view, Qt::Key_Right);
    QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(view->selection()->since, data.startOf(1));
    QCOMPARE(view->selection()->until, data.startOf(4));
    QTest::keyClick(view, Qt::Key_Escape);
    QVERIFY(!view->selection());
    QTest::keyClick(view, Qt::Key_Home);
    QTest::keyClick(view, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(view, Qt::Key_Return);
    QVERIFY(driver.finds(static_cast<int>(data.countOf(0) + data.countOf(1))));
    QTest::keyClick(view, Qt::Key_Backspace);
    QVERIFY(driver.finds(600));
}

void TimelineTest::zoomsAreUndone()
{
    CaseFile file;
    file.append(sampleEvents(0, 599));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QAction *undo = driver.events().actions().undoZoom;
    QVERIFY(!undo->isEnabled());
    driver.events().zoomTo({sampleTime(100), sampleTime(300)});
    QVERIFY(driver.finds(200));
    driver.events().zoomTo({sampleTime(150), sampleTime(160)});
    QVERIFY(driver.finds(10));
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(2));
    undo->trigger();
    QVERIFY(driver.finds(40)); // the filter stays
    QVERIFY(undo->isEnabled());
    undo->trigger();
    QVERIFY(driver.finds(120));
    QVERIFY(!undo->isEnabled());
    // A time chosen elsewhere is no zoom.
    driver.events().zoomTo({sampleTime(100), sampleTime(300)});
    QVERIFY(driver.finds(40));
    QVERIFY(driver.chooseTimeRange(u"All time"_s));
    QVERIFY(driver.finds(120));
    QVERIFY(!undo->isEnabled());
}

void TimelineTest::dividedBySeverity()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 100));
    auto *split = driver.find<QToolButton>(u"timelineSplit"_s);
    QVERIFY(chooseFromButton(split, u"By severity"_s));
    QTRY_COMPARE(driver.events().timeline()->view()->data().series[0].value, std::string("INFO"));
    QCOMPARE(split->text(), u"By severity"_s);
    // Layers differ in more than colour.
    const auto layers = timeline::layersOf(driver.events().timeline()->view()->data(), TimelineModel::Split::Severity);
    QCOMPARE(layers.size(), std::size_t{2});
    const QPalette palette;
    std::set<Qt::BrushStyle> styles;
    for (const Tone tone : {Tone::Bad, Tone::Warning, Tone::Muted}) {
        styles.insert(timeline::fill(tone, palette).style());
    }
    QCOMPARE(styles.size(), std::size_t{3});
    QVERIFY(timeline::edge(Tone::Good, palette).isValid() != timeline::edge(Tone::Bad, palette).isValid());
}

void TimelineTest::tellsOfBarsGapsAndMarks()
{
    CaseFile file;
    file.append(sampleEvents(0, 599));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 600));
    TimelineView *view = driver.events().timeline()->view();
    const event::TimeRange second = view->data().rangeOf(1);
    QVERIFY(!view->binText(1).contains(u"collected"_s));
    const QImage before = view->grab().toImage();
    view->setUncovered({{second.since, second.until}});
    QVERIFY(view->grab().toImage() != before);
    QVERIFY(view->binText(1).contains(u"Not all of this time has been collected."_s));
    QVERIFY(!view->binText(3).contains(u"collected"_s));
    const QImage hatched = view->grab().toImage();
    view->setMarks({{*second.since, Tone::Bad, u"Password spray"_s}});
    QVERIFY(view->grab().toImage() != hatched);
    QVERIFY(view->binText(1).contains(u"Password spray"_s));
    QVERIFY(view->binText(1).contains(u"SUCCESS"_s));
}

void TimelineTest::alertsOfTheTimeThatIsShown()
{
    CaseFile file;
    AlertSamples samples(file);
    samples.raise(u"Password spray"_s, u"ada@example.com"_s, store::AlertSeverity::Low);
    samples.raise(u"Rare country"_s, u"bob@example.com"_s, store::AlertSeverity::High);
    file.append(sampleEvents(2, 599));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 600));
    TimelineView *view = driver.events().timeline()->view();
    // What begins nearly together is told as one, by the worst of it.
    QTRY_VERIFY(view->binText(0).contains(u"2 alerts, one of them: Rare country: bob@example.com"_s));
    QVERIFY(!view->binText(0).contains(u"Password spray"_s));
    QTest::mouseDClick(view, Qt::LeftButton, {}, view->binRect(0).center());
    QTRY_VERIFY(view->data().total < 100);
    QTRY_VERIFY(view->binText(0).contains(u"\nPassword spray: ada@example.com"_s));
    QVERIFY(!view->binText(0).contains(u"Rare country"_s));
    samples.alerts().setState({samples.list().front().id, samples.list().back().id}, store::AlertState::Resolved);
    QTRY_VERIFY(!view->binText(0).contains(u"Password spray"_s));
}

void TimelineTest::emptyAndCancelled()
{
    CaseFile file;
    file.append({R"({"uuid":"x","eventType":"timeless"})"});
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(driver.apply(u"nothing"_s));
    QVERIFY(driver.finds(0));
    QTRY_COMPARE(driver.events().timeline()->view()->message(), u"No events in this time."_s);
    QVERIFY(driver.apply({}));
    QVERIFY(driver.finds(1));
    QTRY_COMPARE(driver.events().timeline()->view()->message(), u"None of these events has a time."_s);
    QTest::keyClick(driver.events().timeline()->view(), Qt::Key_Right); // nothing to go to, and no harm
    QTest::keyClick(driver.events().timeline()->view(), Qt::Key_Return);
    QTest::mouseClick(driver.events().timeline()->view(), Qt::LeftButton);
    QVERIFY(driver.finds(1));
}

void TimelineTest::hiddenItDoesNotCount()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(counts(driver, 100));
    driver.shortcut(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(!driver.events().timeline()->isVisible());
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(20));
    QCOMPARE(driver.events().timeline()->model().data().total, 100);
    driver.shortcut(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(counts(driver, 20));
}

void TimelineTest::backAndForward()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    QVERIFY(!driver.events().actions().back->isEnabled());
    QVERIFY(driver.apply(u"outcome.result eq \"FAILURE\""_s));
    QVERIFY(driver.finds(20));
    driver.events().zoomTo({sampleTime(0), sampleTime(50)});
    QVERIFY(driver.finds(10));
    driver.shortcut(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(driver.finds(20));
    driver.shortcut(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(driver.finds(100));
    QCOMPARE(driver.edit().text(), QString());
    QVERIFY(!driver.events().actions().back->isEnabled());
    driver.shortcut(Qt::Key_Right, Qt::AltModifier);
    QVERIFY(driver.finds(20));
    driver.shortcut(Qt::Key_Right, Qt::AltModifier);
    QVERIFY(driver.finds(10));
    QVERIFY(!driver.events().actions().forward->isEnabled());
    driver.shortcut(Qt::Key_Left, Qt::AltModifier);
    QVERIFY(driver.finds(20));
    QVERIFY(driver.apply(u"ada"_s)); // another way on: what lay ahead is gone
    QVERIFY(!driver.events().actions().forward->isEnabled());
}

QTEST_MAIN(TimelineTest)
#include "tst_timeline.moc"
