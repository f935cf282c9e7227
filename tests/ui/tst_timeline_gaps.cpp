// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "collect/Supervisor.h"
#include "simulator/Simulator.h"
#include "store/Coverage.h"
#include "ui/MainWindow.h"
#include "ui/events/EventView.h"
#include "ui/events/TimelinePane.h"

#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using octotrail::store::Coverage;
using octotrail::store::Gap;

namespace {

constexpr int patience = 60'000;

template <class T>
T awaited(const QFuture<T> &future)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, patience) ? future.result() : T();
}

} // namespace

/// What the store lacks of a source's log, seen on the timeline and filled from there.
class TimelineGapsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhichCanBeFilled();
    void aClickFillsIt();
};

void TimelineGapsTest::tellsWhichCanBeFilled()
{
    const event::Timestamp now = event::now();
    CaseFile file;
    file.append({R"({"uuid":"x","published":")" + event::formatTimestamp(now - 30h) + R"(","eventType":"a.b"})"});
    secrets::Vault vault;
    collect::Supervisor supervisor(file.store(), vault);
    MainWindow window(file.store(), supervisor, vault);
    window.show();
    TimelinePane *pane = window.events()->timeline();
    const auto *button = pane->findChild<QToolButton *>(u"fillGap"_s);
    window.events()->zoomTo({now - 3h, now});
    QTRY_COMPARE_WITH_TIMEOUT(pane->view()->message(), u"No events in this time."_s, patience);
    const event::TimeRange shown{now - 2h, now - 1h};
    const event::TimeRange another{now - 50min, now - 40min};

    pane->setGaps({{1, shown, Gap::Kind::Pending}, {1, {now - 9h, now - 8h}, Gap::Kind::Open}});
    QVERIFY(button->isHidden());
    QCOMPARE(pane->view()->message(), u"No events in this time."_s);
    pane->setGaps({{1, shown, Gap::Kind::Expired}});
    QVERIFY(button->isHidden());
    QVERIFY(pane->view()->message().contains(u"Not all of it has been collected"_s));
    pane->setGaps({{1, shown, Gap::Kind::Open}, {2, another, Gap::Kind::Skipped}});
    QVERIFY(!button->isHidden() && button->isEnabled());
    QCOMPARE(button->text(), u"Fill 2 gaps"_s);

    pane->setFilling(1, true);
    QVERIFY(button->isEnabled()); // the other one is not
    pane->setFilling(2, true);
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->text(), u"Filling 2 gaps\u2026"_s);
    pane->setFilling(1, false);
    QVERIFY(button->isEnabled());
    QSignalSpy asked(pane, &TimelinePane::fillRequested);
    QTest::mouseClick(pane->findChild<QToolButton *>(u"fillGap"_s), Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<std::vector<Gap>>().size(), std::size_t{2});
    pane->setGaps({});
    QVERIFY(button->isHidden());
}

void TimelineGapsTest::aClickFillsIt()
{
    simulator::Simulator::Options options;
    options.users = 20;
    options.history = 3h;
    options.historyEventsPerMinute = 3;
    options.live = false;
    const auto organization = simulator::Simulator::start(options);
    QVERIFY(organization);
    const std::size_t all = (*organization)->log().size();
    CaseFile file;
    secrets::Vault vault;
    collect::Supervisor supervisor(file.store(), vault);
    MainWindow window(file.store(), supervisor, vault);
    window.show();
    QSignalSpy caughtUp(&supervisor, &collect::Supervisor::caughtUp);
    store::SourceConfig source;
    source.name = u"Larkspur"_s;
    source.origin = (*organization)->origin();
    source.start = store::SourceConfig::Start::Now;
    const auto stored
        = awaited(supervisor.put(source, (*organization)->token().toLatin1(), secrets::Vault::Place::Session));
    QVERIFY(stored);
    QTRY_VERIFY_WITH_TIMEOUT(!caughtUp.isEmpty(), patience);
    // Wanted back to three hours ago, and then given up.
    const event::Timestamp now = event::now();
    const event::TimeRange gap{now - 4h, now};
    QVERIFY(awaited(Coverage(*file.store()).want(stored->id, gap)));
    QVERIFY(awaited(Coverage(*file.store()).skip(stored->id, gap)));
    const auto count = [&] { return awaited(file.store()->count({})).value_or(0); };
    QVERIFY(std::cmp_less(count(), all));

    window.events()->zoomTo({now - 5h, now});
    file.append({R"({"uuid":"x","published":")" + event::formatTimestamp(now - 1min) + R"(","eventType":"a.b"})"});
    const TimelinePane *pane = window.events()->timeline();
    auto *button = pane->findChild<QToolButton *>(u"fillGap"_s);
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible() && button->isEnabled(), patience);
    QCOMPARE(button->text(), u"Fill the gap"_s);
    QVERIFY(button->toolTip().contains(u"Not collected"_s));
    QTRY_VERIFY_WITH_TIMEOUT(pane->view()->binText(pane->view()->data().bins / 2).contains(u"collected"_s), patience);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(count(), static_cast<std::int64_t>(all) + 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!button->isVisible(), patience);
    QVERIFY(!pane->view()->binText(pane->view()->data().bins / 2).contains(u"collected"_s));
}

QTEST_MAIN(TimelineGapsTest)
#include "tst_timeline_gaps.moc"
