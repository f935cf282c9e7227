// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Alerts.h"
#include "store/Integrity.h"

#include <QCoreApplication>
#include <QFile>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <sys/resource.h>

using namespace octotrail;
using namespace octotrail::test;

namespace {

int fail(const event::Error &error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.sentence));
    return 1;
}

/// Prints the number of events.
int count(store::Store &store)
{
    const auto result = get(store.count({}));
    if (!result) {
        return fail(result.error());
    }
    std::printf("%lld\n", static_cast<long long>(*result));
    return 0;
}

/// Goes on where the checkpoint says, in pages, printing the number of the next event after each commit, until killed.
int collect(store::Store &store)
{
    const QString stream = QStringLiteral("Okta.SystemLog");
    const auto stored = get(store.checkpoint(1, stream));
    if (!stored) {
        return fail(stored.error());
    }
    int next = *stored ? (*stored)->nextLink.toInt() : 0;
    for (;;) {
        const int page = 1 + next * 31 % 700;
        store::Checkpoint checkpoint;
        checkpoint.stream = stream;
        checkpoint.nextLink = QString::number(next + page);
        // Some of the page before comes again, as after a lost answer.
        const int again = std::min(next, 20);
        const auto report = get(store.append({1, events(next - again, page + again), checkpoint}));
        if (!report) {
            return fail(report.error());
        }
        next += page;
        std::printf("%d\n", next);
        std::fflush(stdout);
    }
}

/// Adds more events in batches of a bulk load, some under way at a time, printing how many events there are after each
/// commit, until killed. Some of the batch before come again.
int import(store::Store &store)
{
    const auto stored = get(store.count({}));
    if (!stored) {
        return fail(stored.error());
    }
    constexpr int batch = 3000;
    constexpr std::size_t underWay = 3;
    int next = static_cast<int>(*stored);
    std::deque<std::pair<int, QFuture<event::Result<store::CommitReport>>>> waiting;
    for (;;) {
        const int again = std::min(next, 50);
        waiting.emplace_back(next + batch, store.append({1, events(next - again, batch + again), {}}));
        next += batch;
        if (waiting.size() < underWay) {
            continue;
        }
        const auto report = get(waiting.front().second);
        if (!report) {
            return fail(report.error());
        }
        std::printf("%d\n", waiting.front().first);
        std::fflush(stdout);
        waiting.pop_front();
    }
}

/// Adds many small pages and merges their blocks, again and again, printing how many events there are, until killed.
int compact(store::Store &store)
{
    const auto stored = get(store.count({}));
    if (!stored) {
        return fail(stored.error());
    }
    constexpr int page = 5;
    constexpr int pages = 40;
    for (int next = static_cast<int>(*stored);;) {
        for (int i = 0; i < pages; ++i, next += page) {
            if (const auto report = get(store.append({1, events(next, page), {}})); !report) {
                return fail(report.error());
            }
        }
        if (const auto merged = get(store.compact()); !merged) {
            return fail(merged.error());
        }
        std::printf("%d\n", next);
        std::fflush(stdout);
    }
}

/// Finds one thing in each event, a minute of events to an alert, going on from the cursor in uneven steps. Some of the
/// step before is looked at again, as after a restart. Prints the cursor after each commit, until killed.
int detect(const std::shared_ptr<store::Store> &store)
{
    store::Alerts alerts(store);
    const QString engine = QStringLiteral("child");
    const auto cursor = get(alerts.cursor(engine));
    if (!cursor) {
        return fail(cursor.error());
    }
    for (store::Seq next = *cursor;;) {
        const int step = 1 + static_cast<int>(next * 31 % 300);
        const int again = static_cast<int>(std::min<store::Seq>(next, 20));
        store::DetectionCommit commit;
        for (int n = static_cast<int>(next) - again; n < static_cast<int>(next) + step; ++n) {
            store::Finding finding;
            finding.ruleId = finding.ruleTitle = QStringLiteral("rule");
            finding.dedupKey = QString::number(n / 50);
            finding.seqs = {n + 1};
            finding.uuids = {uuidOf(n)};
            finding.first = finding.last = publishedOf(n / 50);
            commit.findings.push_back(std::move(finding));
        }
        next += step;
        commit.cursor = next;
        commit.engine = engine;
        commit.state["next"] = std::to_string(next);
        const auto report = get(alerts.commit(std::move(commit)));
        if (!report) {
            return fail(report.error());
        }
        std::printf("%lld\n", static_cast<long long>(next));
        std::fflush(stdout);
    }
}

/// Appends until the limit for a file's size is met, as on a full disk; then takes the limit away and goes on.
int fillUp(store::Store &store, rlim_t bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
    int next = 0;
    for (; next < 200'000; next += 1000) {
        const auto report = get(store.append({1, events(next, 1000), {}}));
        if (!report) {
            std::printf(
                "full %d %d %s\n", next, static_cast<int>(report.error().kind), qPrintable(report.error().sentence));
            break;
        }
    }
    const auto stillThere = get(store.count({}));
    std::printf("reads %lld\n", stillThere ? static_cast<long long>(*stillThere) : -1LL);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &limit);
    const auto again = get(store.append({1, events(next, 1000), {}}));
    if (again) {
        std::printf("again %lld\n", static_cast<long long>(again->inserted));
    } else {
        std::printf("refused %s\n", qPrintable(again.error().sentence));
    }
    return 0;
}

/// Appends until the disk is full, closes the store, makes room, and opens it again: what was acknowledged is there.
int fillDisk(std::shared_ptr<store::Store> store, const QString &file)
{
    // Enough for what a store makes when it is idle, too, which it may before there are more events.
    QFile ballast(file + QStringLiteral(".ballast"));
    if (!ballast.open(QIODevice::WriteOnly) || ballast.write(QByteArray(6'000'000, 'x')) < 0 || !ballast.flush()) {
        return 2;
    }
    int next = 0;
    for (; next < 200'000; next += 500) {
        const auto report = get(store->append({1, events(next, 500), {}}));
        if (!report) {
            std::printf(
                "full %d %d %s\n", next, static_cast<int>(report.error().kind), qPrintable(report.error().sentence));
            break;
        }
    }
    store.reset();
    ballast.remove();
    auto again = store::Store::open(file);
    if (!again) {
        return fail(again.error());
    }
    const auto report = store::Integrity(*again).verify({}, {}, {});
    if (!report) {
        return fail(report.error());
    }
    std::printf("%s %lld\n", report->isSound() ? "sound" : "unsound", static_cast<long long>(report->events));
    if (const auto more = get((*again)->append({1, events(next, 500), {}})); !more) {
        return fail(more.error());
    }
    std::printf("then ");
    return count(**again);
}

} // namespace

/// The other process of some tests: store_child count|collect|import|compact|detect FILE, store_child fill FILE BYTES,
/// store_child fill-disk FILE.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        return 2;
    }
    auto store = store::Store::open(arguments[2]);
    if (!store) {
        return fail(store.error());
    }
    if (arguments[1] == QStringLiteral("collect")) {
        return collect(**store);
    }
    if (arguments[1] == QStringLiteral("import")) {
        return import(**store);
    }
    if (arguments[1] == QStringLiteral("compact")) {
        return compact(**store);
    }
    if (arguments[1] == QStringLiteral("detect")) {
        return detect(*store);
    }
    if (arguments[1] == QStringLiteral("fill")) {
        return fillUp(**store, arguments.value(3).toULongLong());
    }
    if (arguments[1] == QStringLiteral("fill-disk")) {
        return fillDisk(*std::move(store), arguments[2]);
    }
    return count(**store);
}
