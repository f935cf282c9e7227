// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"
#include "Measure.h"
#include "collect/Supervisor.h"
#include "detect/Engine.h"
#include "simulator/Simulator.h"
#include "store/Alerts.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <mutex>
#include <sys/resource.h>
#include <unordered_map>

using namespace octotrail;
using namespace octotrail::bench;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// An organization's log of the last days as a file, which ends some minutes ago.
QString writeLog(const QString &file, int events, std::chrono::hours span)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        return {};
    }
    EventMaker maker(7);
    const event::Timestamp begin = event::now() - span;
    std::string line;
    for (int i = 0; i < events; ++i) {
        maker.next(line);
        const auto at = begin + std::chrono::duration_cast<std::chrono::milliseconds>((span - 10min) * i / events);
        const std::string time
            = event::formatTimestamp(std::chrono::floor<std::chrono::milliseconds>(event::Timestamp(at)));
        constexpr std::string_view name = "\"published\":\"";
        const auto place = line.find(name) + name.size();
        line.replace(place, line.find('"', place) - place, time);
        out.write(line.data(), static_cast<qint64>(line.size()));
        out.write("\n", 1);
    }
    return file;
}

/// Turns the event loop until something holds, or time is up.
bool waitUntil(const std::function<bool()> &holds, std::chrono::milliseconds atMost)
{
    QElapsedTimer timer;
    timer.start();
    while (!holds()) {
        if (timer.hasExpired(atMost.count())) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

/// Of this process, in all its threads.
double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Setting
{
    simulator::Simulator::Options organization;
    collect::Pace pace;
    double share = 1;
};

class Run
{
public:
    explicit Run(const Setting &setting)
        : m_setting(setting)
        , m_organization(std::move(*simulator::Simulator::start(setting.organization)))
        , m_store(*store::Store::open(m_folder.filePath(u"bench.duckdb"_s)))
        , m_supervisor(m_store, m_vault, setting.pace)
    {
        (void)m_organization->log().size(); // it is ready
        m_ticker.start(5); // so that waiting ends
        QObject::connect(&m_supervisor, &collect::Supervisor::caughtUp, &m_supervisor, [this] { m_caughtUp = true; });
    }

    void begin()
    {
        store::SourceConfig source;
        source.name = u"bench"_s;
        source.origin = m_organization->origin();
        source.start = store::SourceConfig::Start::Days30;
        source.rateShare = m_setting.share;
        m_supervisor.put(source, m_organization->token().toLatin1(), secrets::Vault::Place::Session);
    }
    bool isDone() const { return m_caughtUp; }
    qint64 requests() const { return m_organization->requestCount(u"/api/v1/logs"_s); }
    std::int64_t stored() const { return m_store->count({}).result().value_or(0); }
    const std::shared_ptr<store::Store> &store() const { return m_store; }
    collect::SourceStatus status() const { return m_supervisor.status(1); }

private:
    Setting m_setting;
    QTemporaryDir m_folder;
    std::unique_ptr<simulator::Simulator> m_organization;
    secrets::Vault m_vault;
    std::shared_ptr<store::Store> m_store;
    collect::Supervisor m_supervisor;
    QTimer m_ticker;
    bool m_caughtUp = false;
};

/// False if not all of it came.
bool measureSpeed(const QString &log, int events, bool past)
{
    Setting setting;
    setting.organization.eventsFile = log;
    setting.organization.logsPerWindow = 10'000'000;
    if (!past) {
        setting.pace.catchUp.reset();
    }
    Run run(setting);
    const Stopwatch watch;
    const double cpuBefore = cpuSeconds();
    run.begin();
    const bool isDone = waitUntil([&] { return run.isDone(); }, 10min);
    const double seconds = watch.milliseconds() / 1000;
    const double cpu = cpuSeconds() - cpuBefore;
    const std::int64_t stored = run.stored();
    report(past ? "backfill, limited by ourselves" : "poll from the start, limited by ourselves",
        rounded(static_cast<double>(stored) / seconds, 0) + " events/s (" + std::to_string(stored) + " of "
            + std::to_string(events) + (isDone ? "" : ", NOT DONE") + ", " + std::to_string(run.requests())
            + " requests, " + rounded(cpu / static_cast<double>(stored) * 1e6, 1)
            + " us of processor an event with the organization's part)",
        past ? "40,000 events/s" : "");
    return isDone;
}

void measureBudget(const QString &log, int windows)
{
    Setting setting;
    setting.organization.eventsFile = log;
    setting.share = 0.5;
    Run run(setting);
    const int ours = setting.organization.logsPerWindow / 2;
    run.begin();
    // From the first request to the first one after so many whole windows.
    if (!waitUntil([&] { return run.requests() > 0; }, 1min)) {
        report("backfill at the default budget", "no request was made");
        return;
    }
    const Stopwatch watch;
    const qint64 whole = qint64{ours} * windows;
    const bool came = waitUntil([&] { return run.requests() > whole; }, std::chrono::minutes(windows + 3));
    const double minutes = watch.milliseconds() / 60'000;
    const double part = static_cast<double>(whole) / (minutes * ours) * 100;
    report("backfill at the default budget, share 50 %",
        rounded(part) + " % of what the share allows (" + std::to_string(run.requests() - 1) + " requests in "
            + rounded(minutes, 2) + " min" + (came ? "" : ", NOT DONE") + ", "
            + rounded(static_cast<double>(run.stored()) / minutes, 0) + " events/min)",
        "95 %");
}

/// When the events arrived, by uuid. Written by the store's writer.
class ArrivalTimes
{
public:
    using Clock = std::chrono::steady_clock;

    void add(const store::CommittedBatch &batch)
    {
        const std::lock_guard lock(m_mutex);
        for (const event::LogEvent &event : batch.events) {
            m_times.emplace(event.uuid(), Clock::now());
        }
    }
    std::optional<double> millisecondsSince(const std::string &uuid) const
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_times.find(uuid);
        return found == m_times.end()
            ? std::nullopt
            : std::optional(std::chrono::duration<double, std::milli>(Clock::now() - found->second).count());
    }

private:
    mutable std::mutex m_mutex;
    std::unordered_map<std::string, Clock::time_point> m_times;
};

/// From an event's arrival, collected over HTTP from a live organization, to the alert in the GUI's thread, with all
/// bundled rules on and one that fires on each sign-in.
void measureAlerts(std::size_t wanted)
{
    detect::RuleLoader loader;
    loader.addText(u"each.yml"_s, R"(
title: Each sign-in
id: each-sign-in
detection: {s: {eventType: user.session.start}, condition: s}
alert: {dedup: [uuid], period: 1m}
)");
    std::vector<detect::Pack> packs = detect::bundledPacks();
    packs.emplace_back().id = u"each"_s;
    packs.back().set = loader.link();
    for (detect::Pack &pack : packs) {
        pack.isBundled = false; // as a folder of the analyst's: on
        pack.isOnByDefault = true;
    }
    Setting setting;
    setting.organization.eventsPerMinute = 600;
    setting.organization.history = 1h;
    Run run(setting);
    ArrivalTimes arrivals;
    QObject::connect(
        run.store().get(), &store::Store::committed, run.store().get(),
        [&](const store::CommittedBatchPtr &batch) { arrivals.add(*batch); }, Qt::DirectConnection);
    store::Alerts alerts(run.store());
    detect::Engine engine(run.store(), packs);
    std::vector<double> times;
    QObject::connect(&alerts, &store::Alerts::changed, &alerts, [&](const store::AlertChange &change) {
        for (const store::Alert &alert : change.raised) {
            const auto time = arrivals.millisecondsSince(alert.dedupKey.toStdString());
            if (time && alert.ruleId == u"each-sign-in"_s) {
                times.push_back(*time);
            }
        }
    });
    run.begin();
    const bool isDone = waitUntil([&] { return times.size() >= wanted; }, 3min);
    std::ranges::sort(times);
    if (times.empty()) {
        report("alert after the event's arrival", "none was raised", "2000 ms");
        return;
    }
    report("alert after the event's arrival, median of " + std::to_string(times.size()),
        rounded(times[times.size() / 2]) + " ms, at most " + rounded(times.back()) + " ms"
            + (isDone ? "" : ", NOT DONE"),
        "2000 ms");
}

} // namespace

/// Collecting from the simulator over loopback: bench_collect [EVENTS [WINDOWS]]. With no window the budget is not
/// measured, with less than none the backfill alone is; with no events, how soon alerts follow them alone.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int events = arguments.size() > 1 ? arguments[1].toInt() : 300'000;
    const int windows = arguments.size() > 2 ? arguments[2].toInt() : 3;
    std::printf("%s\n", machine().c_str());
    if (windows >= 0) {
        measureAlerts(100);
    }
    if (events <= 0) {
        return 0;
    }
    QTemporaryDir folder;
    const QString log = writeLog(folder.filePath(u"log.ndjson"_s), events, 20 * 24h);
    bool isDone = measureSpeed(log, events, true);
    if (windows >= 0) {
        isDone = measureSpeed(log, events, false) && isDone;
    }
    if (windows > 0) {
        measureBudget(log, windows);
    }
    return isDone ? 0 : 1;
}
