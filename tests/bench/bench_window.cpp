// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"
#include "Measure.h"
#include "Watchdog.h"
#include "ui/MainWindow.h"
#include "ui/events/EventTable.h"
#include "ui/events/EventView.h"
#include "ui/events/FilterBar.h"
#include "ui/events/TimeRangeChoice.h"
#include "ui/style/Appearance.h"
#include "ui/transfer/TransferJob.h"
#include "ui/window/TransferArea.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <map>

using namespace octotrail;
using namespace octotrail::bench;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

/// The store rests five seconds after the last question, and two after what was written.
constexpr std::chrono::seconds restAfter{9};

/// Remembers what took long: which object did it with which event.
class Application : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0) {
            return QApplication::notify(receiver, event);
        }
        const QString what = u"%1 %2, event %3"_s.arg(QString::fromLatin1(receiver->metaObject()->className()),
            receiver->objectName(), QString::number(event->type()));
        ++m_depth;
        const Stopwatch watch;
        const bool done = QApplication::notify(receiver, event);
        --m_depth;
        double &longest = m_longest[what];
        longest = std::max(longest, watch.milliseconds());
        return done;
    }

    void printSlow()
    {
        std::vector<std::pair<double, QString>> slow;
        for (const auto &[what, time] : std::exchange(m_longest, {})) {
            slow.emplace_back(time, what);
        }
        std::ranges::sort(slow, std::greater());
        for (std::size_t i = 0; i < std::min<std::size_t>(slow.size(), 4); ++i) {
            std::printf("    %8.1f ms  %s\n", slow[i].first, qPrintable(slow[i].second));
        }
    }

private:
    int m_depth = 0;
    std::map<QString, double> m_longest;
};

Application &application()
{
    return *static_cast<Application *>(QCoreApplication::instance());
}

[[noreturn]] void fail(const QString &sentence)
{
    std::fprintf(stderr, "bench_window: %s\n", qPrintable(sentence));
    std::exit(1);
}

/// Runs the event loop until it is so.
template <class Condition>
void runUntil(Condition condition, std::chrono::seconds limit)
{
    QElapsedTimer clock;
    clock.start();
    while (!condition()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
        if (clock.hasExpired(std::chrono::milliseconds(limit).count())) {
            fail(u"What was waited for did not come in %1 s."_s.arg(limit.count()));
        }
    }
}

void runFor(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

/// A window with what it needs, as the application makes it.
struct Desk
{
    explicit Desk(const QString &file)
    {
        auto opened = store::Store::open(file);
        if (!opened) {
            fail(opened.error().sentence);
        }
        store = *opened;
        supervisor = std::make_unique<collect::Supervisor>(store, vault);
        window = std::make_unique<MainWindow>(store, *supervisor, vault);
        window->resize(1280, 800);
        window->events()->filterBar()->timeRange()->setPreset(TimeRangeChoice::Preset::All);
        window->events()->filterBar()->setFilter({});
        window->show();
    }

    bool isComplete() const { return window->events()->model().result().state() == EventResult::State::Complete; }
    bool showsRows() const
    {
        const EventTableModel &model = window->events()->model();
        return model.rowCount() > 0 && window->events()->table()->isVisible()
            && !model.index(0, 0).data(EventTableModel::IsLoadingRole).toBool();
    }

    secrets::Vault vault;
    std::shared_ptr<store::Store> store;
    std::unique_ptr<collect::Supervisor> supervisor;
    std::unique_ptr<MainWindow> window;
};

void tell(const std::string &what, const Watchdog::Report &seen, const std::string &goal)
{
    report(what, summary(seen), goal);
    application().printSlow();
}

/// Imports the file into the open window of an empty store, as File > Import does.
void importing(const QString &events, const QString &store)
{
    Desk desk(store);
    runFor(std::chrono::milliseconds(500));
    Watchdog watchdog;
    application().printSlow();
    watchdog.take();
    bool finished = false;
    QObject::connect(desk.window->transfers(), &TransferArea::finished, desk.window.get(), [&] { finished = true; });
    const Stopwatch watch;
    desk.window->transfers()->start(TransferJob::importFiles(desk.store, {events}, u"Bench"_s, desk.window.get()));
    runUntil([&] { return finished; }, std::chrono::minutes(30));
    const double seconds = watch.milliseconds() / 1000;
    tell("import into the open window, GUI thread", watchdog.take(), "50 ms, aiming at 32 ms");
    runUntil([&] { return desk.isComplete() && desk.showsRows(); }, std::chrono::minutes(5));
    runFor(std::chrono::seconds(2)); // the last searches of what has come in
    const auto rows = static_cast<double>(desk.window->events()->model().result().rows().size());
    report("import with the window open", rounded(rows / seconds, 0) + " events/s");
    tell("after it", watchdog.take(), "32 ms");
}

void starting(const QString &store)
{
    const Stopwatch watch;
    Desk desk(store);
    runUntil([&] { return desk.showsRows(); }, std::chrono::minutes(1));
    desk.window->events()->table()->viewport()->repaint();
    const double first = watch.milliseconds();
    runUntil([&] { return desk.isComplete(); }, std::chrono::minutes(5));
    report("start until the first rows are shown", rounded(first) + " ms", "1000 ms");
    report(
        "start until all " + rounded(static_cast<double>(desk.window->events()->model().rowCount()), 0) + " are there",
        rounded(watch.milliseconds()) + " ms");
    application().printSlow();
    runFor(restAfter);
    report("resident with all of them in the table", rounded(residentMemory()) + " MiB", "350 MiB");
}

/// A minute of an analyst in a hurry: scrolling, jumping, filtering, sorting, while events arrive.
void working(const QString &store, std::chrono::seconds time)
{
    Desk desk(store);
    runUntil([&] { return desk.isComplete() && desk.showsRows(); }, std::chrono::minutes(5));
    EventTable *table = desk.window->events()->table();
    QScrollBar *bar = table->verticalScrollBar();
    std::jthread arrival([&desk](const std::stop_token &stop) {
        EventMaker maker(4711);
        while (!stop.stop_requested()) {
            store::EventBatch batch;
            batch.source = 1;
            std::string json;
            for (int i = 0; i < 50; ++i) {
                maker.next(json);
                batch.events.push_back(event::LogEvent::fromBytes(json));
            }
            desk.store->append(std::move(batch)).waitForFinished();
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    });
    const QStringList filters{u"outcome.result eq \"FAILURE\""_s, {}, u"actor.alternateId co \"an\""_s, u"password"_s,
        u"eventType eq \"user.session.start\" and client.geographicalContext.country ne \"Germany\""_s, {}};
    forgetPeakMemory();
    Watchdog watchdog;
    runFor(std::chrono::milliseconds(100));
    application().printSlow();
    watchdog.take();
    QTimer scroll;
    int turn = 0;
    QObject::connect(&scroll, &QTimer::timeout, desk.window.get(), [&] {
        ++turn;
        bar->setValue(turn % 97 == 0 ? static_cast<int>((turn * 7919LL) % std::max(1, bar->maximum()))
                                     : bar->value() + 3 * bar->singleStep());
        if (turn % 180 == 0) {
            desk.window->events()->filterBar()->setFilter(filters[(turn / 180) % filters.size()]);
        }
        if (turn % 660 == 0) {
            desk.window->events()->model().sort((turn / 660) % 3, Qt::AscendingOrder);
        }
    });
    scroll.start(16);
    runFor(time);
    scroll.stop();
    tell("scrolling, filtering and live arrival, GUI thread", watchdog.take(), "32 ms");
    report("at its most meanwhile", rounded(peakMemory()) + " MiB", "381 MiB"); // 400 MB
    report("resident after it", rounded(residentMemory()) + " MiB");
    arrival.request_stop();
    arrival.join();
    runFor(restAfter);
    report("resident once it rests", rounded(residentMemory()) + " MiB", "400 MiB");
}

} // namespace

/// bench_window EVENTS.ndjson STORE.duckdb [SECONDS]
int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit()); // nobody's settings
    Application app(argc, argv);
    QCoreApplication::setOrganizationName(u"Octotrail"_s);
    QCoreApplication::setApplicationName(u"bench_window"_s);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3 || arguments.size() > 4 || !QFileInfo(arguments[1]).isFile()) {
        std::fputs("usage: bench_window EVENTS.ndjson STORE.duckdb [SECONDS]\n"
                   "Imports the events into the store through the window, if there is no store yet, then measures how\n"
                   "long the window takes to start on it and how long it makes its user wait while it works.\n"
                   "The store grows by what arrives meanwhile. With 0 seconds it only imports.\n",
            stderr);
        return 2;
    }
    const Appearance appearance(app);
    std::printf("%s; %s\n", machine().c_str(), qPrintable(QGuiApplication::platformName()));
    if (!QFileInfo::exists(arguments[2])) {
        importing(arguments[1], arguments[2]);
        if (const auto store = store::Store::open(arguments[2])) {
            (*store)->compact().waitForFinished(); // as an idle evening would leave it
        }
    }
    if (const std::chrono::seconds time(arguments.value(3, u"60"_s).toInt()); time.count() > 0) {
        starting(arguments[2]);
        working(arguments[2], time);
    }
    return 0;
}
