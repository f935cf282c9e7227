// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures searches that ask what profiles tell: bench_profiles [EVENTS [USERS]], by default 1,000,000 and 50,000.
#include "EventMaker.h"
#include "Measure.h"

#include "event/LogEvent.h"
#include "store/Profiles.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <cstdio>
#include <set>

using namespace octotrail;
using namespace octotrail::bench;

namespace {

template <class T>
T must(event::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_profiles: %s\n", qPrintable(result.error().sentence));
        std::exit(1);
    }
    return std::move(*result);
}

template <class T>
T get(QFuture<event::Result<T>> future)
{
    future.waitForFinished();
    return must(future.result());
}

std::string user(const std::string &id, std::size_t number)
{
    static const std::vector<std::string> departments{"Engineering", "Sales", "Finance", "Support", "Marketing", "IT"};
    const std::string login = "user" + std::to_string(number) + "@example.com";
    return R"({"id":")" + id + R"(","status":"ACTIVE","created":"2024-01-01T00:00:00.000Z",)"
        + R"("activated":"2024-01-01T00:00:00.000Z","lastLogin":"2026-11-01T00:00:00.000Z",)"
        + R"("lastUpdated":"2026-01-01T00:00:00.000Z","type":{"id":"oty1fdkvxl9KGaDFa5d7"},"profile":{)"
        + R"("firstName":"First","lastName":"Last","mobilePhone":null,"secondEmail":null,"login":")" + login
        + R"(","email":")" + login + R"(","title":"Specialist","department":")"
        + departments[number % departments.size()] + R"(","organization":"Example","employeeNumber":")"
        + std::to_string(number) + R"(","userType":"Employee","city":"Berlin","countryCode":"DE",)"
        + R"("manager":"Head of Something","managerId":"head@example.com"},"_links":{"self":{"href":)"
        + R"("https://example.okta.com/api/v1/users/)" + id + R"("}}})";
}

void measure(store::Store &store, const char *filter)
{
    store::EventQuery query;
    query.expression = must(filter::parse(filter));
    std::string figures;
    qint64 total = 0;
    for (int run = 0; run < 3; ++run) {
        QEventLoop loop;
        double first = 0;
        const Stopwatch watch;
        const auto search = store.search(query);
        QObject::connect(
            search.get(), &store::Search::found, &loop, [&] { first = first == 0 ? watch.milliseconds() : first; });
        QObject::connect(search.get(), &store::Search::finished, &loop, [&](qint64 found) {
            total = found;
            loop.quit();
        });
        loop.exec();
        figures += (run ? ", " : "") + rounded(first) + "/" + rounded(watch.milliseconds());
    }
    report(filter, figures + " ms for " + std::to_string(total), "first screen <= 150 ms");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::size_t eventCount = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
    const std::size_t userCount = argc > 2 ? std::stoul(argv[2]) : 50'000;
    const QTemporaryDir folder;
    const auto store = must(store::Store::open(folder.filePath(QStringLiteral("bench.duckdb"))));
    EventMaker maker(1);
    event::EventReader reader;
    std::set<std::string> actors;
    std::string json;
    std::vector<event::LogEvent> events;
    for (std::size_t i = 0; i < eventCount; ++i) {
        maker.next(json);
        events.push_back(reader.read(json));
        if (const auto id = events.back().text(event::field::ActorId)) {
            actors.emplace(*id);
        }
        if (events.size() == 5000 || i + 1 == eventCount) {
            get(store->append({1, std::move(events), {}}));
            events = {};
        }
    }
    const Stopwatch filling;
    std::vector<std::string> page;
    auto actor = actors.begin();
    for (std::size_t i = 0; i < userCount; ++i) {
        const std::string id = actor != actors.end() ? *actor++ : "00uBench" + std::to_string(i);
        page.push_back(user(id, i));
        if (page.size() == 200 || i + 1 == userCount) {
            get(store::Profiles(*store).put({1, store::ProfileKind::User, std::move(page), {}, false}));
            page = {};
        }
    }
    report("users put, 200 a page", rounded(filling.milliseconds() / 1000) + " s");
    const Stopwatch indexing;
    get(store::Profiles(*store).index());
    report("index of " + std::to_string(userCount) + " users", rounded(indexing.milliseconds()) + " ms");
    measure(*store, R"(eventType eq "user.session.start")");
    measure(*store, R"(actor.profile.department eq "Finance")");
    measure(*store, R"(actor.profile.title pr and actor.profile.department ne "Finance")");
    measure(*store, R"(target.profile.department eq "Finance")");
    measure(*store, R"(actor.profile.employeeNumber eq "77")");
    return 0;
}
