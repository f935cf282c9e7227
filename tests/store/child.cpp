// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"

#include <QCoreApplication>
#include <csignal>
#include <cstdio>
#include <cstdlib>
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

} // namespace

/// The other process of some tests: store_child count|collect FILE, store_child fill FILE BYTES.
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
    if (arguments[1] == QStringLiteral("fill")) {
        return fillUp(**store, arguments.value(3).toULongLong());
    }
    return count(**store);
}
