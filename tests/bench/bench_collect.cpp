// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"
#include "Measure.h"
#include "collect/Supervisor.h"
#include "simulator/Simulator.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTimer>
#include <cstdio>
#include <sys/resource.h>

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

void measureSpeed(const QString &log, int events, bool past)
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

} // namespace

/// Collecting from the simulator over loopback: bench_collect [EVENTS [WINDOWS]]. With no window the budget is not
/// measured, with less than none the backfill alone is.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int events = arguments.size() > 1 ? arguments[1].toInt() : 300'000;
    const int windows = arguments.size() > 2 ? arguments[2].toInt() : 3;
    std::printf("%s\n", machine().c_str());
    QTemporaryDir folder;
    const QString log = writeLog(folder.filePath(u"log.ndjson"_s), events, 20 * 24h);
    measureSpeed(log, events, true);
    if (windows >= 0) {
        measureSpeed(log, events, false);
    }
    if (windows > 0) {
        measureBudget(log, windows);
    }
    return 0;
}
