// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"
#include "Limits.h"
#include "Measure.h"
#include "Peers.h"
#include "exchange/Importer.h"
#include "store/EventLookup.h"
#include "store/Facets.h"
#include "store/Histogram.h"
#include "store/Store.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QEventLoop>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QThread>
#include <atomic>
#include <cstdio>
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

void measureSearches(store::Store &store, const QString &input)
{
    const auto search = [&](const std::string &what, const store::EventQuery &query, std::optional<Goal> goal = {}) {
        const SearchTimes cold = timeSearch(store, query);
        const double processor = processorSeconds();
        const SearchTimes warm = timeSearch(store, query);
        record(what + ", first screen", ours, warm.first / 1000);
        record(what + ", all", ours, warm.all / 1000);
        report(what + ": first screen", warm.first, "ms", goal);
        report("    the first time", cold.first, "ms");
        report("    all of " + std::to_string(warm.total), warm.all, "ms");
        report("    processor", (processorSeconds() - processor) * 1000, "ms");
    };
    search("everything", parsed(""), atMost(150));
    search("eventType eq and outcome", parsed(R"(eventType eq "user.session.start" and outcome.result eq "FAILURE")"),
        atMost(150));
    search("actor.alternateId co", parsed(R"(actor.alternateId co "user77")"), atMost(150));
    search("path without a column", parsed(R"(debugContext.debugData.deviceFingerprint co "77e")"));
    search("path in the bytes alone", parsed(R"(request.ipChain.geographicalContext.city co "Oslo")"));
    search(
        "path in the bytes alone, a longer text", parsed(R"(request.ipChain.geographicalContext.city co "Reykjavik")"));
    search("path in the bytes alone, frequent", parsed(R"(request.ipChain.geographicalContext.city co "Berlin")"));
    store::EventQuery sorted = parsed(R"(severity eq "WARN")");
    sorted.sortPath = "actor.alternateId";
    search("sorted by actor", sorted);
    for (const char *path : {"actor.alternateId", "eventType", "client.ipAddress", "target", "securityContext.asNumber",
             "debugContext.debugData.requestId"}) {
        store::EventQuery all;
        all.sortPath = path;
        search(std::string("everything by ") + path, all, atMost(100));
    }
    search("keyword, frequent", parsed("firefox"));
    search("keyword, rare", parsed("user777.smith"));
    const QString nowhere = QStringLiteral("nosuchwordanywhere");
    search("keyword, nowhere", parsed(qPrintable(nowhere)));
    const auto peer = [&](const QString &program, const QStringList &arguments) {
        for (const char *word : {"firefox", "user777.smith"}) {
            if (const auto cost = runProgram(program, arguments + QStringList{QString::fromLatin1(word), input})) {
                const char *kind = word[0] == 'f' ? "frequent" : "rare";
                record(std::string("keyword, ") + kind + ", all", program.toStdString(), cost->milliseconds / 1000);
            }
        }
        if (const auto cost = runProgram(program, arguments + QStringList{nowhere, input})) {
            record("keyword, nowhere, all", program.toStdString(), cost->milliseconds / 1000);
            report("    " + program.toStdString() + " on the NDJSON", cost->milliseconds, "ms");
            report("    processor", cost->processorSeconds * 1000, "ms");
        }
    };
    peer(QStringLiteral("rg"), {QStringLiteral("-c"), QStringLiteral("-i"), QStringLiteral("-F")});
    peer(QStringLiteral("grep"), {QStringLiteral("-c"), QStringLiteral("-i"), QStringLiteral("-F")});
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
    const auto time = [](const std::string &what, const auto &ask) {
        std::vector<double> times;
        ask();
        for (int i = 0; i < 7; ++i) {
            const Stopwatch watch;
            ask();
            times.push_back(watch.milliseconds());
        }
        report(what, percentile(times, 0.5), "ms");
        record(what, ours, percentile(times, 0.5) / 1000);
    };
    time("200 rows in the middle", [&] { get(store.rows(middle, paths)); });
    time("200 rows strewn", [&] { get(store.rows(scattered, paths)); });
    store::Seq seq = 1;
    std::vector<store::Seq> many;
    for (std::size_t i = 0; i < 505; ++i) {
        many.push_back(static_cast<store::Seq>(1 + i * (count / 505)));
    }
    time("505 rows strewn, with a path in the bytes alone", [&] {
        get(store.rows(many, {"eventType", "request.ipChain.ip"}));
    });
    time("505 events strewn, with their bytes", [&] { get(store::EventLookup(store).events(many)); });
    time("one event with its bytes", [&] {
        get(store.event(seq));
        seq += static_cast<store::Seq>(count / 20 + 1);
        seq = seq % static_cast<store::Seq>(count) + 1;
    });
    time("count of a filter", [&] { get(store.count(parsed(R"(outcome.result eq "DENY")"))); });
    time("values of eventType", [&] { get(store.countBy({}, "eventType", 20)); });
    store::FacetRequest facets;
    facets.paths
        = {"eventType", "outcome.result", "severity", "actor.alternateId", "client.geographicalContext.country"};
    time("facets of five fields, the first one", [&] {
        std::stop_source stop;
        const auto counting = store::Facets(store).count(facets, stop);
        must(counting.resultAt(0));
        stop.request_stop(); // the others are not waited for
    });
    time("facets of five fields", [&] { get(store::Facets(store).count(facets)); });
    time("histogram", [&] { get(store::Histogram(store).count({})); });
    time("values of target", [&] { get(store.countBy({}, "target", 20)); });
}

/// The same questions to DuckDB's own table of the same events, made by its own statement.
void measurePeer(const QString &file, std::size_t count)
{
    DuckDbPeer peer(file);
    const auto ask = [&](const std::string &row, const std::string &sql) {
        if (const auto milliseconds = peer.milliseconds(sql)) {
            record(row, "DuckDB", *milliseconds / 1000);
            report("DuckDB alone: " + row, *milliseconds, "ms");
        }
    };
    const std::string newest = " ORDER BY published DESC LIMIT 1000";
    ask("everything, first screen", "SELECT uuid FROM events" + newest);
    ask("everything, all", "SELECT uuid FROM events ORDER BY published DESC");
    const std::string two
        = R"( WHERE lower("eventType") = 'user.session.start' AND lower("outcome.result") = 'failure')";
    ask("eventType eq and outcome, first screen", "SELECT uuid FROM events" + two + newest);
    ask("eventType eq and outcome, all", "SELECT uuid FROM events" + two + " ORDER BY published DESC");
    const std::string actor = R"( WHERE "actor.alternateId" ILIKE '%user77%')";
    ask("actor.alternateId co, first screen", "SELECT uuid FROM events" + actor + newest);
    ask("actor.alternateId co, all", "SELECT uuid FROM events" + actor + " ORDER BY published DESC");
    ask("sorted by actor, all",
        R"(SELECT uuid FROM events WHERE severity = 'WARN' ORDER BY lower("actor.alternateId"), published DESC)");
    for (const auto &[kind, city] :
        {std::pair("", "Oslo"), {", a longer text", "Reykjavik"}, {", frequent", "Berlin"}}) {
        ask(std::string("path in the bytes alone") + kind + ", all",
            std::string("SELECT count(*) FROM events WHERE regexp_matches(json_extract(raw, "
                        "'$.request.ipChain[*].geographicalContext.city')::VARCHAR, '(?i)")
                + city + "')");
    }
    for (const std::string path : {"actor.alternateId", "eventType", "client.ipAddress", "securityContext.asNumber",
             "debugContext.debugData.requestId"}) {
        ask("everything by " + path + ", first screen",
            "SELECT uuid FROM events ORDER BY lower(\"" + path + "\") DESC, published DESC LIMIT 1000");
    }
    for (const auto &[kind, word] :
        {std::pair("frequent", "firefox"), {"rare", "user777[.]smith"}, {"nowhere", "nosuchwordanywhere"}}) {
        ask(std::string("keyword, ") + kind + ", all",
            std::string("SELECT count(*) FROM events WHERE regexp_matches(raw, '(?i)") + word + "')");
    }
    ask("200 rows in the middle",
        R"(SELECT published, severity, "eventType", "displayMessage", "actor.alternateId", "client.ipAddress" )"
        "FROM events ORDER BY published LIMIT 200 OFFSET "
            + std::to_string(count / 2));
    ask("count of a filter", R"(SELECT count(*) FROM events WHERE lower("outcome.result") = 'deny')");
    ask("values of eventType",
        R"(SELECT "eventType", count(*) AS n FROM events GROUP BY ALL ORDER BY n DESC LIMIT 20)");
    std::string facets;
    for (const std::string path :
        {"eventType", "outcome.result", "severity", "actor.alternateId", "client.geographicalContext.country"}) {
        facets += (facets.empty() ? "(SELECT \"" : " UNION ALL (SELECT \"") + path
            + "\", count(*) AS n FROM events GROUP BY ALL ORDER BY n DESC LIMIT 10)";
    }
    ask("facets of five fields", facets);
    for (const auto &[format, options] : {std::pair("csv", "HEADER"), {"parquet", "COMPRESSION zstd"}}) {
        const QString exported = file + QStringLiteral(".") + QString::fromLatin1(format);
        ask(std::string("command: export, ") + format,
            "COPY (SELECT * EXCLUDE (raw) FROM events ORDER BY published) TO '" + exported.toStdString() + "' (FORMAT "
                + format + ", " + options + ")");
        QFile::remove(exported);
    }
    ask("histogram", R"(SELECT left(published, 10) AS day, "outcome.result", count(*) FROM events GROUP BY ALL)");
}

/// Makes pages as an organization's log goes on: newer than all that was imported.
class PageMaker
{
public:
    explicit PageMaker(event::Timestamp start)
        : m_maker(4711, start)
    { }

    store::EventBatch next()
    {
        store::EventBatch batch;
        batch.source = 1;
        for (int i = 0; i < 1000; ++i) {
            m_maker.next(m_json);
            batch.events.push_back(event::LogEvent::fromBytes(m_json));
        }
        store::Checkpoint checkpoint;
        checkpoint.stream = QStringLiteral("Okta.SystemLog");
        checkpoint.nextLink = QStringLiteral("https://example.okta.com/api/v1/logs?after=%1").arg(++m_pages);
        batch.checkpoint = checkpoint;
        return batch;
    }

private:
    EventMaker m_maker;
    std::string m_json;
    int m_pages = 0;
};

/// Pages are committed one after the other: alone, which shows what they cost, and while somebody queries.
void measurePages(store::Store &store, int pages)
{
    PageMaker maker(event::Timestamp(std::chrono::sys_days(std::chrono::year(2030) / 1 / 1)));
    const auto commitPages = [&](int count, double *processor) {
        std::vector<double> times;
        for (int page = 0; page < count; ++page) {
            store::EventBatch batch = maker.next();
            const double before = processorSeconds();
            const Stopwatch watch;
            get(store.append(std::move(batch)));
            times.push_back(watch.milliseconds());
            if (processor) {
                *processor += processorSeconds() - before;
            }
        }
        return times;
    };
    double processor = 0;
    const int alone = std::max(1, pages / 4);
    std::vector<double> quiet = commitPages(alone, &processor);
    report("page of 1 000 committed, alone, p50", percentile(quiet, 0.5), "ms");
    report("    p99", percentile(quiet, 0.99), "ms");
    report("    processor, mean", processor * 1000 / alone, "ms");

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
    std::vector<double> times = commitPages(pages, nullptr);
    done = true;
    reader.join();
    report("page of 1 000 committed while queried, p50", percentile(times, 0.5), "ms");
    record("page of 1000 committed while queried, p99", ours, percentile(times, 0.99) / 1000);
    report("    p99 of " + std::to_string(pages), percentile(times, 0.99), "ms", atMost(100));
    report("    longest", percentile(times, 1.0), "ms");
    report("    a substring count and a facet meanwhile, p50", percentile(queries, 0.5), "ms");
    report("    longest", percentile(queries, 1.0), "ms");
}

/// Gives the number of events.
std::size_t measureImport(const QString &input, const QString &file, const QString &peerFile)
{
    auto store = must(store::Store::open(file));
    store::SourceConfig source;
    source.name = QStringLiteral("bench");
    get(store->putSource(source));
    const double processorBefore = processorSeconds();
    const Stopwatch importing;
    const auto imports = exchange::importEvents(*store, {input}, source.name, {}, std::stop_token());
    must(imports.status);
    const auto count = static_cast<std::size_t>(imports.totals.events);
    const double imported = importing.milliseconds();
    store.reset();
    const double closed = importing.milliseconds();
    const double processor = processorSeconds() - processorBefore;
    const auto events = static_cast<double>(count);
    constexpr double microseconds = 1e6;
    report("events", events, "");
    report("import", events * 1000 / imported, "events/s", atLeast(60'000));
    report("    and closed", events * 1000 / closed, "events/s");
    report("    processor", processor * microseconds / events, "us/event");
    const auto size = static_cast<double>(QFileInfo(file).size());
    const std::string peerName = "DuckDB";
    record("import", ours, closed / 1000);
    record("store size, bytes an event", ours, size / events);
    report("file", 100 * size / static_cast<double>(QFileInfo(input).size()), "% of the NDJSON", atMost(18));
    report("    an event", size / events, "B");
    if (const auto peer = loadWithDuckDb(input, peerFile)) {
        record("import", peerName, peer->milliseconds / 1000);
        record("store size, bytes an event", peerName, peer->bytes / events);
        report("DuckDB's own statement, fewer columns", events * 1000 / peer->milliseconds, "events/s");
        report("    processor", peer->processorSeconds * microseconds / events, "us/event");
        report("    an event", peer->bytes / events, "B");
        report("    ours is faster, by time", peer->milliseconds / closed, "times", atLeast(2));
        report("    ours is faster, by processor", peer->processorSeconds / processor, "times");
    }
    return count;
}

void measureUse(const QString &input, const QString &file, int pages)
{
    const Stopwatch opening;
    auto store = must(store::Store::open(file));
    report("open", opening.milliseconds(), "ms", atMost(1000));
    record("open", ours, opening.milliseconds() / 1000);
    const Stopwatch idling;
    get(store->compact());
    report("done when idle, after an import", idling.milliseconds(), "ms");
    report("    file then",
        100 * static_cast<double>(QFileInfo(file).size()) / static_cast<double>(QFileInfo(input).size()),
        "% of the NDJSON", atMost(18));
    const auto count = static_cast<std::size_t>(get(store->count({})));
    QThread::sleep(8); // until it rests
    report("    resident then", residentMemory(), "MiB");
    forgetPeakMemory();
    measureSearches(*store, input);
    measureReads(*store, count);
    report("    at its most while searched and read", peakMemory(), "MiB", atMost(381)); // 400 MB
    record("memory at its most while searched and read, MiB", ours, peakMemory());
    measurePages(*store, pages);
    const Stopwatch closing;
    store.reset();
    report("close after the pages", closing.milliseconds(), "ms");
}

} // namespace

/// Imports a file into a store, or measures what the store does: in a process that has done nothing before, since what
/// an import and its peers leave in memory is not the store's.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "Imports FILE into STORE, beside DuckDB alone; where STORE is there already, measures what it does."));
    parser.addHelpOption();
    const QCommandLineOption pagesOption(
        QStringLiteral("pages"), QStringLiteral("Pages to commit."), QStringLiteral("N"), QStringLiteral("300"));
    const QCommandLineOption jsonOption(
        QStringLiteral("json"), QStringLiteral("Write the figures as JSON, too."), QStringLiteral("FILE"));
    parser.addOptions({pagesOption, jsonOption});
    parser.addPositionalArgument(QStringLiteral("FILE"), QStringLiteral("Events as NDJSON (see bench_generate)."));
    parser.addPositionalArgument(QStringLiteral("STORE"), QStringLiteral("A store's file."));
    parser.process(application);
    const int pages = parser.value(pagesOption).toInt();
    if (parser.positionalArguments().size() != 2 || pages < 1) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    const QString input = parser.positionalArguments().at(0);
    const QString file = parser.positionalArguments().at(1);
    if (QFileInfo::exists(file)) {
        measureUse(input, file, pages);
    } else {
        report("machine", machine());
        const QTemporaryDir folder;
        const QString peerFile = folder.filePath(QStringLiteral("peer.duckdb"));
        const std::size_t count = measureImport(input, file, peerFile);
        measurePeer(peerFile, count);
        measureLimits(input, folder.path());
    }
    const QString json = parser.value(jsonOption);
    if (!json.isEmpty() && !writeFigures(json.toStdString())) {
        std::perror(qPrintable(json));
        return 1;
    }
    return 0;
}
