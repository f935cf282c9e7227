// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Alerts.h"
#include "store/EventRewriter.h"
#include "store/Integrity.h"
#include "store/StoreFile.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <set>

using namespace octotrail;
using namespace octotrail::test;

/// Kills another process that works on a store, at moments that nobody chose, and looks at what is left each time.
namespace {

enum class Work { Import, Collect, Detect, Compact, Migrate };
constexpr std::array works{Work::Import, Work::Collect, Work::Detect, Work::Compact, Work::Migrate};

QString nameOf(Work work)
{
    constexpr std::array names{"import", "collect", "detect", "compact", "migrate"};
    return QString::fromLatin1(names[static_cast<std::size_t>(work)]);
}

/// What a kind of work has said was done, and what was found of it.
struct Tally
{
    int kills = 0;
    int inTheMiddle = 0; ///< before the process had ended by itself
    qint64 acknowledged = 0;
    qint64 stored = 0;
};

[[noreturn]] void fail(Work work, int kill, const QString &what)
{
    std::fprintf(stderr, "%s, kill %d: %s\n", qPrintable(nameOf(work)), kill, qPrintable(what));
    std::exit(1);
}

/// Every event up to a number is there, once, with its bytes; the number.
int countOf(store::Store &store, Work work, int kill)
{
    std::set<std::string> bytes;
    int seen = 0;
    const auto read = store.forEachEvent({}, {},
        [&](const store::StoredEvent &stored) {
            bytes.insert(stored.event.bytes());
            ++seen;
            return true;
        },
        {});
    if (!read) {
        fail(work, kill, read.error().sentence);
    }
    if (static_cast<int>(bytes.size()) != seen) {
        fail(work, kill, QStringLiteral("%1 events are there twice").arg(seen - static_cast<int>(bytes.size())));
    }
    for (int n = 0; n < seen; ++n) {
        if (!bytes.contains(eventJson(n))) {
            fail(work, kill, QStringLiteral("event %1 of %2 is lost or altered").arg(n).arg(seen));
        }
    }
    return seen;
}

/// What findings made of the events up to the cursor: each counts once.
void checkAlerts(const std::shared_ptr<store::Store> &store, qint64 acknowledged, Work work, int kill)
{
    store::Alerts alerts(store);
    const auto cursor = get(alerts.cursor(QStringLiteral("child")));
    const auto list = get(alerts.list({}));
    if (!cursor || !list) {
        fail(work, kill, cursor ? list.error().sentence : cursor.error().sentence);
    }
    qint64 events = 0;
    for (const store::Alert &alert : list->alerts) {
        events += alert.events;
    }
    if (*cursor < acknowledged || list->total > static_cast<qint64>(list->alerts.size()) || events != *cursor) {
        fail(work, kill,
            QStringLiteral("%1 events in alerts, cursor %2, told %3").arg(events).arg(*cursor).arg(acknowledged));
    }
}

constexpr int oldEvents = 5000;

/// A store as a version without a chain left it, which the next opening migrates.
event::Status makeOldStore(const QString &file)
{
    constexpr std::size_t versionWithoutChain = 6;
    store::StoreFile::Options options;
    options.steps = store::migrations().first(versionWithoutChain);
    const auto opened = store::StoreFile::open(file, options);
    auto connection = opened ? opened->database().connect() : tl::unexpected(opened.error());
    if (!connection) {
        return tl::unexpected(connection.error());
    }
    store::EventRewriter rewriter(*connection);
    event::Status status;
    for (int n = 0; n < oldEvents && status; ++n) {
        status = rewriter.add(n + 1, 1, eventJson(n));
    }
    return status.and_then([&] { return rewriter.finish(); });
}

} // namespace

/// kill_test COUNT SECONDS: so many kills, over all kinds of work, but no longer than so many seconds.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int count = argc > 1 ? std::atoi(argv[1]) : 10;
    const qint64 seconds = argc > 2 ? std::atoi(argv[2]) : 3600;
    std::array<Tally, works.size()> tallies;
    std::array<std::unique_ptr<QTemporaryDir>, works.size()> folders;
    QElapsedTimer timer;
    timer.start();
    int kill = 0;
    for (; kill < count && timer.elapsed() < seconds * 1000; ++kill) {
        const std::size_t index = static_cast<std::size_t>(kill) % works.size();
        const Work work = works[index];
        Tally &tally = tallies[index];
        // Stores that have grown are begun anew, so that a kill does not take longer and longer.
        constexpr qint64 most = 60'000;
        if (!folders[index] || tally.stored > most || tally.acknowledged > most || work == Work::Migrate) {
            folders[index] = std::make_unique<QTemporaryDir>();
            tally.acknowledged = tally.stored = 0;
        }
        const QString file = folders[index]->filePath(QStringLiteral("case.duckdb"));
        if (work == Work::Migrate) {
            if (const event::Status made = makeOldStore(file); !made) {
                fail(work, kill, made.error().sentence);
            }
            tally.acknowledged = oldEvents;
        }

        QProcess child;
        child.start(QStringLiteral(STORE_CHILD), {nameOf(work), file});
        if (!child.waitForStarted()) {
            fail(work, kill, child.errorString());
        }
        // From the first instant on, which may be in the middle of opening what the last kill has left.
        (void)child.waitForFinished(QRandomGenerator::global()->bounded(work == Work::Migrate ? 90 : 1200));
        tally.inTheMiddle += child.state() == QProcess::Running ? 1 : 0;
        child.kill();
        child.waitForFinished();
        while (child.canReadLine()) {
            tally.acknowledged = std::max(tally.acknowledged, child.readLine().trimmed().toLongLong());
        }
        ++tally.kills;

        const auto opened = store::Store::open(file);
        if (!opened) {
            fail(work, kill, opened.error().sentence);
        }
        tally.stored = countOf(**opened, work, kill);
        if (work == Work::Detect) {
            checkAlerts(*opened, tally.acknowledged, work, kill);
        } else if (tally.stored < tally.acknowledged) {
            fail(work, kill, QStringLiteral("%1 stored, %2 told").arg(tally.stored).arg(tally.acknowledged));
        }
        const auto verified = store::Integrity(*opened).verify({work == Work::Migrate, {}}, {}, {});
        if (!verified || !verified->isSound()) {
            fail(work, kill, verified ? verified->problems.join(u' ') : verified.error().sentence);
        }
    }
    for (std::size_t i = 0; i < works.size(); ++i) {
        std::printf("%-8s %3d kills, %3d of them at work; 0 lost, 0 double\n", qPrintable(nameOf(works[i])),
            tallies[i].kills, tallies[i].inTheMiddle);
    }
    std::printf(
        "%d kills in %lld s: every store opened and is sound\n", kill, static_cast<long long>(timer.elapsed() / 1000));
    return 0;
}
