// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Measure.h"
#include "collect/Supervisor.h"
#include "simulator/Simulator.h"
#include "store/Coverage.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <iostream>

using namespace octotrail;
using namespace octotrail::bench;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString faults = u"500=0.02,503=0.01,502=0.01,drop=0.02,reset=0.01,truncate=0.01,badjson=0.01,badgzip=0.01,"
                       "html=0.01,otherhost=0.01,nolink=0.01,selflink=0.01,looplink=0.01,empty-page=0.01,"
                       "dead-cursor=0.02,joined-links=0.1,429=0.002,late=0.02,very-late=0.05,behind=0.02,reorder=0.1,"
                       "duplicate=0.05,odd-fields=0.1,null-target=0.1,bad-event=0.005"_s;

/// The other half of this program: one organization in a process of its own, so that its log is not in the memory that
/// is measured. A line on standard input names a file to write the log to.
int serve(quint64 seed, double speed)
{
    simulator::Simulator::Options options;
    options.seed = seed;
    options.speed = speed;
    options.history = 1h;
    options.eventsPerMinute = 20;
    options.logsPerWindow = 1'000'000;
    options.faults = faults;
    const auto organization = simulator::Simulator::start(options);
    if (!organization) {
        std::fprintf(stderr, "%s\n", qPrintable(organization.error().sentence));
        return 1;
    }
    const QByteArray line = (*organization)->origin().toString().toLatin1() + ' ' + (*organization)->token().toLatin1();
    std::printf("%s\n", line.constData());
    std::fflush(stdout);
    std::string file;
    while (std::getline(std::cin, file)) {
        QFile out(QString::fromStdString(file));
        if (!out.open(QIODevice::WriteOnly)) {
            return 1;
        }
        for (const std::string &event : (*organization)->log()) {
            out.write(event.data(), static_cast<qint64>(event.size()));
            out.write("\n", 1);
        }
        out.close();
        std::printf("written\n");
        std::fflush(stdout);
    }
    return 0;
}

void turn(std::chrono::milliseconds howLong)
{
    QElapsedTimer timer;
    timer.start();
    while (!timer.hasExpired(howLong.count())) {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
        std::this_thread::sleep_for(10ms);
    }
}

struct Organization
{
    QProcess process;
    QUrl origin;
    QByteArray token;
    store::SourceId source = 0;

    bool start(quint64 seed, double speed)
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(
            QCoreApplication::applicationFilePath(), {u"--serve"_s, QString::number(seed), QString::number(speed)});
        const QList<QByteArray> words = line().split(' ');
        origin = QUrl(QString::fromLatin1(words.value(0)));
        token = words.value(1);
        return words.size() == 2;
    }
    QByteArray line()
    {
        while (!process.canReadLine() && process.waitForReadyRead(60'000)) { }
        return process.readLine().trimmed();
    }
    std::vector<std::string> log(const QString &file)
    {
        process.write(file.toLocal8Bit() + '\n');
        (void)line();
        QFile in(file);
        std::vector<std::string> lines;
        if (in.open(QIODevice::ReadOnly)) {
            for (const QByteArray &event : in.readAll().split('\n')) {
                if (!event.isEmpty()) {
                    lines.push_back(event.toStdString());
                }
            }
        }
        std::ranges::sort(lines);
        return lines;
    }
};

std::vector<std::string> stored(store::Store &store, store::SourceId source)
{
    store::EventQuery query;
    query.sources = {source};
    std::vector<std::string> bytes;
    (void)store.forEachEvent(
        query, [](std::int64_t) {},
        [&](const store::StoredEvent &event) {
            bytes.push_back(event.event.bytes());
            return true;
        },
        {});
    std::ranges::sort(bytes);
    return bytes;
}

} // namespace

/// A day of three organizations in which much goes wrong: soak_collect [HOURS [SPEED]].
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--serve"_s) {
        return serve(arguments.value(2).toULongLong(), arguments.value(3).toDouble());
    }
    const int hours = arguments.size() > 1 ? arguments[1].toInt() : 24;
    const double speed = arguments.size() > 2 ? arguments[2].toDouble() : 360;
    const auto real
        = [speed](auto simulated) { return std::chrono::duration_cast<std::chrono::milliseconds>(simulated / speed); };

    QTemporaryDir folder;
    collect::Pace pace;
    pace.pollInterval = real(60s);
    pace.backoffUnit = std::max<std::chrono::milliseconds>(real(1s), 5ms);
    pace.backoffCap = real(5min);
    pace.client.silence = 5s;
    const QString file = folder.filePath(u"soak.duckdb"_s);
    std::array<Organization, 3> organizations;
    secrets::Vault vault;
    // What DuckDB keeps of the growing file would hide what is never given back.
    store::Store::Options options;
    options.memoryLimitMegabytes = 128;
    auto store = *store::Store::open(file, options);
    auto supervisor = std::make_unique<collect::Supervisor>(store, vault, pace);
    quint64 seed = 1;
    for (Organization &organization : organizations) {
        if (!organization.start(seed++, speed)) {
            std::fprintf(stderr, "an organization did not start\n");
            return 1;
        }
        store::SourceConfig source;
        source.name = u"soak %1"_s.arg(seed);
        source.origin = organization.origin;
        source.start = store::SourceConfig::Start::Days1;
        auto put = supervisor->put(source, organization.token, secrets::Vault::Place::Session);
        while (!put.isFinished()) {
            turn(10ms);
        }
        organization.source = put.result()->id;
    }

    std::array<collect::SourceStatus, 3> before{};
    std::vector<double> memory;
    qint64 problems = 0;
    QObject context;
    QMap<store::SourceId, QString> last;
    const auto watch = [&] {
        QObject::connect(
            supervisor.get(), &collect::Supervisor::statusChanged, &context, [&](const collect::SourceStatus &status) {
                if (!status.lastFault.isEmpty() && status.lastFaultTime
                    && last[status.source]
                        != status.lastFault + QString::fromStdString(event::formatTimestamp(*status.lastFaultTime))) {
                    last[status.source]
                        = status.lastFault + QString::fromStdString(event::formatTimestamp(*status.lastFaultTime));
                    ++problems;
                }
            });
    };
    watch();
    qint64 reconciled = 0;
    qint64 calls = 0;
    const auto count = [&] {
        for (const Organization &organization : organizations) {
            const auto status = supervisor->status(organization.source);
            reconciled += status.reconciled;
            calls += status.calls;
        }
    };
    for (int hour = 1; hour <= hours; ++hour) {
        turn(real(1h));
        memory.push_back(residentMemory());
        std::printf("hour %2d: %6.1f MB resident, %lld events\n", hour, memory.back(),
            static_cast<long long>(store->count({}).result().value_or(0)));
        std::fflush(stdout);
        if (hour % 8 == 4) {
            // Closed for an hour.
            count();
            supervisor.reset();
            store.reset();
            turn(real(1h));
            ++hour;
            store = *store::Store::open(file, options);
            supervisor = std::make_unique<collect::Supervisor>(store, vault, pace);
            watch();
            supervisor->start();
        }
    }

    // What was persisted by now is to be there in the end: what comes to light late is read again once a day.
    bool isEqual = true;
    std::int64_t events = 0;
    for (Organization &organization : organizations) {
        const auto log = organization.log(folder.filePath(u"log"_s));
        QElapsedTimer timer;
        timer.start();
        std::vector<std::string> have;
        do {
            turn(500ms);
            have = stored(*store, organization.source);
        } while (!std::ranges::includes(have, log) && !timer.hasExpired(real(30h).count() + 30'000));
        const auto later = organization.log(folder.filePath(u"log"_s));
        const bool isWhole = std::ranges::includes(have, log);
        const bool isOnce = std::ranges::adjacent_find(have) == have.end() && std::ranges::includes(later, have);
        std::printf("source %d: %zu events, %s, %s\n", organization.source, log.size(),
            isWhole ? "all of the log" : "EVENTS MISSING", isOnce ? "each once" : "SOME TWICE OR FOREIGN");
        isEqual = isEqual && isWhole && isOnce;
        events += std::ssize(log);
    }
    count();
    supervisor.reset();
    const std::size_t third = std::max<std::size_t>(1, memory.size() / 3);
    const auto mean
        = [](auto begin, auto end) { return std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin); };
    report("events", std::to_string(events));
    report("requests", std::to_string(calls));
    report("faults told", std::to_string(problems));
    report("late events found by reading again", std::to_string(reconciled));
    report("memory, first third",
        rounded(mean(memory.begin(), memory.begin() + static_cast<std::ptrdiff_t>(third))) + " MB");
    report(
        "memory, last third", rounded(mean(memory.end() - static_cast<std::ptrdiff_t>(third), memory.end())) + " MB");
    for (Organization &organization : organizations) {
        organization.process.closeWriteChannel();
        organization.process.waitForFinished(5000);
    }
    return isEqual ? 0 : 1;
}
