// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"
#include "Measure.h"
#include "store/Store.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <deque>
#include <string_view>
#include <thread>

using namespace octotrail;
using namespace octotrail::bench;

namespace {

/// Ends the program with a sentence: a benchmark of something that failed is worth nothing.
template <class T>
T must(event::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_store: %s\n", qPrintable(result.error().sentence));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

template <class T>
T get(QFuture<event::Result<T>> future)
{
    future.waitForFinished();
    return must(future.takeResult());
}

constexpr std::size_t batchEvents = 4000;
constexpr std::size_t batchesUnderWay = 16;

std::string thousands(double value)
{
    const std::string digits = rounded(value, 0);
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) {
            grouped += ' ';
        }
        grouped += digits[i];
    }
    return grouped;
}

/// Reads, parses and stores every line; gives the number of events.
std::size_t import(store::Store &store, const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "bench_store: %s: %s\n", qPrintable(name), qPrintable(file.errorString()));
        std::exit(1);
    }
    event::EventReader reader;
    std::deque<QFuture<event::Result<store::CommitReport>>> underWay;
    std::vector<event::LogEvent> events;
    std::size_t count = 0;
    const auto send = [&] {
        if (underWay.size() == batchesUnderWay) {
            get(underWay.front());
            underWay.pop_front();
        }
        count += events.size();
        underWay.push_back(store.append({1, std::exchange(events, {}), {}}));
        events.reserve(batchEvents);
    };
    std::string rest;
    std::string buffer(std::size_t{4} << 20, '\0');
    while (const qint64 size = file.read(buffer.data(), static_cast<qint64>(buffer.size()))) {
        std::string_view text(buffer.data(), static_cast<std::size_t>(std::max<qint64>(size, 0)));
        for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
            rest.append(text.substr(0, end));
            events.push_back(reader.read(std::exchange(rest, {})));
            text.remove_prefix(end + 1);
            if (events.size() == batchEvents) {
                send();
            }
        }
        rest.append(text);
    }
    if (!events.empty()) {
        send();
    }
    for (auto &future : underWay) {
        get(future);
    }
    return count;
}

struct SearchTimes
{
    double first = 0; ///< until the first seqs
    double all = 0;
    qint64 total = 0;
};

SearchTimes timeSearch(store::Store &store, const store::EventQuery &query)
{
    SearchTimes times;
    QEventLoop loop;
    const Stopwatch watch;
    const auto search = store.search(query);
    QObject::connect(search.get(), &store::Search::found, &loop, [&] {
        if (times.first == 0) {
            times.first = watch.milliseconds();
        }
    });
    QObject::connect(search.get(), &store::Search::finished, &loop, [&](qint64 total) {
        times.total = total;
        loop.quit();
    });
    QObject::connect(search.get(), &store::Search::failed, &loop,
        [&](const event::Error &error) { must(event::Status(tl::unexpected(error))); });
    loop.exec();
    times.all = watch.milliseconds();
    if (times.first == 0) {
        times.first = times.all;
    }
    return times;
}

store::EventQuery parsed(const char *input)
{
    const filter::Input parts = must(filter::parseInput(input));
    store::EventQuery query;
    query.expression = parts.expression;
    query.words = parts.words;
    return query;
}

void measureSearches(store::Store &store)
{
    const auto search = [&](const char *what, const store::EventQuery &query, const char *goal = "") {
        const SearchTimes cold = timeSearch(store, query);
        const SearchTimes warm = timeSearch(store, query);
        report(std::string(what) + ", first screen", rounded(warm.first) + " (" + rounded(cold.first) + ") ms", goal);
        report("    all " + thousands(static_cast<double>(warm.total)),
            rounded(warm.all) + " (" + rounded(cold.all) + ") ms");
    };
    search("everything", parsed(""), "<= 150 ms");
    search("eventType eq and outcome", parsed(R"(eventType eq "user.session.start" and outcome.result eq "FAILURE")"),
        "<= 150 ms");
    search("actor.alternateId co", parsed(R"(actor.alternateId co "user77")"), "<= 150 ms");
    search("path without a column",
        parsed(R"(client.userAgent.rawUserAgent co "Firefox" and request.ipChain.version eq "V4")"));
    store::EventQuery sorted = parsed(R"(severity eq "WARN")");
    sorted.sortPath = "actor.alternateId";
    search("sorted by actor", sorted);
    search("keyword, frequent", parsed("firefox"));
    search("keyword, rare", parsed("user7777.smith"));
    search("keyword, nowhere", parsed("nosuchwordanywhere"));
}

void measureReads(store::Store &store, std::size_t count)
{
    std::vector<store::Seq> middle;
    std::vector<store::Seq> scattered;
    for (std::size_t i = 0; i < 200; ++i) {
        middle.push_back(static_cast<store::Seq>(count / 2 + i));
        scattered.push_back(static_cast<store::Seq>(1 + i * (count / 200)));
    }
    const std::vector<std::string> paths{"published", "severity", "eventType", "displayMessage", "actor.alternateId",
        "client.ipAddress", "client.geographicalContext.city", "outcome.result", "target", "source"};
    const auto time = [](const auto &ask) {
        ask();
        std::vector<double> times;
        for (int i = 0; i < 7; ++i) {
            const Stopwatch watch;
            ask();
            times.push_back(watch.milliseconds());
        }
        return rounded(percentile(times, 0.5)) + " ms";
    };
    report("200 rows in the middle", time([&] { get(store.rows(middle, paths)); }));
    report("200 rows strewn", time([&] { get(store.rows(scattered, paths)); }));
    store::Seq seq = 1;
    report("one event with its bytes", time([&] {
        get(store.event(seq));
        seq += static_cast<store::Seq>(count / 20 + 1);
        seq = seq % static_cast<store::Seq>(count) + 1;
    }));
    report("count of a filter", time([&] { get(store.count(parsed(R"(outcome.result eq "DENY")"))); }));
    report("values of eventType", time([&] { get(store.countBy({}, "eventType", 20)); }));
    report("values of target", time([&] { get(store.countBy({}, "target", 20)); }));
}

/// Pages are committed one after the other while somebody queries.
void measurePages(store::Store &store, int pages)
{
    EventMaker maker(4711);
    std::string json;
    std::vector<double> times;
    std::atomic<bool> done = false;
    std::vector<double> queries;
    std::thread reader([&] {
        while (!done) {
            const Stopwatch watch;
            get(store.count(parsed(R"(actor.alternateId co "user77")")));
            get(store.countBy({}, "eventType", 20));
            queries.push_back(watch.milliseconds());
        }
    });
    for (int page = 0; page < pages; ++page) {
        store::EventBatch batch;
        batch.source = 1;
        for (int i = 0; i < 1000; ++i) {
            maker.next(json);
            batch.events.push_back(event::LogEvent::fromBytes(json));
        }
        store::Checkpoint checkpoint;
        checkpoint.stream = QStringLiteral("Okta.SystemLog");
        checkpoint.nextLink = QStringLiteral("https://example.okta.com/api/v1/logs?after=%1").arg(page);
        batch.checkpoint = checkpoint;
        const Stopwatch watch;
        get(store.append(std::move(batch)));
        times.push_back(watch.milliseconds());
    }
    done = true;
    reader.join();
    const double worst = *std::ranges::max_element(times);
    report("page of 1 000 committed, p50 / p99 / max",
        rounded(percentile(times, 0.5)) + " / " + rounded(percentile(times, 0.99)) + " / " + rounded(worst) + " ms",
        "p99 <= 100 ms");
    report("    a substring count and a facet meanwhile, p50 / max",
        rounded(percentile(queries, 0.5)) + " / " + rounded(percentile(queries, 1.0)) + " ms");
}

} // namespace

/// bench_store FILE.ndjson [PAGES]: imports the file into a store of its own and measures it.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc < 2 || argc > 3) {
        std::fputs("usage: bench_store FILE.ndjson [PAGES]\n", stderr);
        return 2;
    }
    int pages = 200;
    if (argc == 3) {
        const char *end = argv[2] + std::strlen(argv[2]);
        if (const auto [stop, error] = std::from_chars(argv[2], end, pages);
            error != std::errc() || stop != end || pages < 1) {
            std::fputs("bench_store: PAGES is a number\n", stderr);
            return 2;
        }
    }
    const QString input = QString::fromLocal8Bit(argv[1]);
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("bench.duckdb"));
    report("machine", machine());

    auto store = must(store::Store::open(file));
    store::SourceConfig source;
    source.name = QStringLiteral("bench");
    get(store->putSource(source));
    const Stopwatch importing;
    const std::size_t count = import(*store, input);
    const double imported = importing.milliseconds();
    store.reset();
    const double closed = importing.milliseconds();
    const auto perSecond
        = [&](double milliseconds) { return thousands(static_cast<double>(count) * 1000 / milliseconds) + " /s"; };
    report("import of " + thousands(static_cast<double>(count)) + " events", perSecond(imported), ">= 60 000 /s");
    report("    and closed", perSecond(closed));
    const auto size = static_cast<double>(QFileInfo(file).size());
    report("file, of the NDJSON's size",
        rounded(100 * size / static_cast<double>(QFileInfo(input).size())) + " %, "
            + rounded(size / static_cast<double>(count), 0) + " B/event",
        "<= 18 %");

    const Stopwatch opening;
    store = must(store::Store::open(file));
    report("open", rounded(opening.milliseconds()) + " ms", "< 1 s");
    measureSearches(*store);
    measureReads(*store, count);
    measurePages(*store, pages);
    const Stopwatch closing;
    store.reset();
    report("close after the pages", rounded(closing.milliseconds()) + " ms");
    return 0;
}
