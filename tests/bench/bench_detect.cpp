// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EventMaker.h"
#include "Measure.h"
#include "detect/BackTest.h"
#include "detect/DetectorSet.h"
#include "detect/Engine.h"
#include "detect/Packs.h"
#include "detect/SigmaDetector.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <iterator>

using namespace octotrail;
using namespace octotrail::bench;

namespace {

constexpr std::size_t batchEvents = 1000;

template <class T>
T must(event::Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "bench_detect: %s\n", qPrintable(result.error().sentence));
        std::exit(1);
    }
    return std::move(*result);
}

/// The next events, as the store hands them on.
std::vector<event::LogEvent> make(EventMaker &maker, std::size_t count)
{
    event::EventReader reader;
    std::vector<event::LogEvent> events;
    std::string json;
    for (std::size_t i = 0; i < count; ++i) {
        maker.next(json);
        events.push_back(reader.read(json));
    }
    return events;
}

/// Matching alone, without a store.
void measureDetector(const std::vector<detect::RulePtr> &rules)
{
    EventMaker maker(7);
    const auto events = make(maker, 50'000);
    std::vector<detect::EventRef> refs;
    for (std::size_t i = 0; i < events.size(); ++i) {
        refs.push_back({static_cast<store::Seq>(i + 1), 1, &events[i]});
    }
    detect::SigmaDetector detector(rules);
    std::vector<detect::Match> matches;
    const Stopwatch watch;
    detector.process(refs, matches);
    const double seconds = watch.milliseconds() / 1000;
    report("matching, events/s", rounded(static_cast<double>(events.size()) / seconds, 0), "20000");
    report("matches of 50,000 events", std::to_string(matches.size()));
}

void write(const QString &file, const QByteArray &text)
{
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly)) {
        std::fprintf(stderr, "bench_detect: %s cannot be written\n", qPrintable(file));
        std::exit(1);
    }
    out.write(text);
}

/// A folder of rules in Panther's format as they are written: a type or two, a field or two, a helper.
void writePythonRules(const QString &folder, int count)
{
    constexpr std::array types{"user.session.start", "user.authentication.sso", "user.authentication.auth_via_mfa",
        "policy.evaluate_sign_on", "user.account.lock", "group.user_membership.add", "application.lifecycle.update",
        "user.mfa.factor.deactivate"};
    write(folder + QStringLiteral("/bench_helpers.yml"),
        "AnalysisType: global\nFilename: bench_helpers.py\nGlobalID: bench_helpers\n");
    write(folder + QStringLiteral("/bench_helpers.py"), R"(
def who(event):
    return event.deep_get("actor", "alternateId", default="nobody")


def context(event):
    return {"actor": event.get("actor", {}), "ips": event.get("p_any_ip_addresses", [])}
)");
    for (int i = 0; i < count; ++i) {
        const QByteArray number = QByteArray::number(i);
        const QByteArray type = types[static_cast<std::size_t>(i) % types.size()];
        write(folder + QStringLiteral("/rule_%1.yml").arg(i),
            "AnalysisType: rule\nRuleID: Bench." + number + "\nFilename: rule_" + number
                + ".py\nEnabled: true\nLogTypes: [Okta.SystemLog]\nSeverity: Low\nDedupPeriodMinutes: 60\n");
        write(folder + QStringLiteral("/rule_%1.py").arg(i),
            R"(from bench_helpers import context, who

COUNTRIES = {"Atlantis", "Lemuria"}


def rule(event):
    if event.get("eventType") != ")"
                + type + R"(":
        return False
    if event.deep_get("outcome", "result") == "DENY" or event.udm("source_ip") == "192.0.2.)"
                + number + R"(":
        return True
    country = event.deep_get("client", "geographicalContext", "country", default="")
    return country in COUNTRIES or any(t.get("displayName") == "Bench)"
                + number + R"(" for t in event.get("target", []) or [])


def title(event):
    return f"Rule )"
                + number + R"( fired for {who(event)}"


def dedup(event):
    return who(event)


def alert_context(event):
    return context(event)
)");
    }
}

/// Rules in Python, without a store.
void measurePython(int ruleCount)
{
    const QTemporaryDir folder;
    writePythonRules(folder.path(), ruleCount);
    std::vector<detect::RulePtr> rules;
    for (const detect::Pack &pack : detect::packsIn(folder.path())) {
        rules.insert(rules.end(), pack.set.rules.begin(), pack.set.rules.end());
    }
    EventMaker maker(7);
    const auto events = make(maker, 20'000);
    std::vector<detect::EventRef> refs;
    for (std::size_t i = 0; i < events.size(); ++i) {
        refs.push_back({static_cast<store::Seq>(i + 1), 1, &events[i]});
    }
    detect::DetectorSet detector(rules);
    std::vector<detect::Match> matches;
    detector.process({refs.front()}, matches); // starts the process
    matches.clear();
    const double processor = processorSeconds();
    const Stopwatch watch;
    detector.process(refs, matches);
    const double seconds = watch.milliseconds() / 1000;
    report(std::to_string(rules.size()) + " rules in Python, events/s",
        rounded(static_cast<double>(events.size()) / seconds, 0), "2000");
    report("  processor time without the rules', s", rounded(processorSeconds() - processor, 2));
    report("  matches of 20,000 events", std::to_string(matches.size()));
}

/// As it runs: batches are committed, looked at, and what is found is committed.
void measureEngine(const std::vector<detect::Pack> &packs, std::size_t total)
{
    const QTemporaryDir folder;
    const auto store = must(store::Store::open(folder.filePath(QStringLiteral("engine.duckdb"))));
    EventMaker maker(7);
    std::vector<std::vector<event::LogEvent>> batches;
    for (std::size_t done = 0; done < total; done += batchEvents) {
        batches.push_back(make(maker, batchEvents));
    }
    detect::Engine engine(store, packs);
    QEventLoop loop;
    store::Seq awaited = 0;
    QObject::connect(&engine, &detect::Engine::statusChanged, &loop, [&](const detect::EngineStatus &status) {
        if (status.isRunning && status.cursor >= awaited) {
            loop.quit();
        }
    });
    loop.exec();
    awaited = static_cast<store::Seq>(total);
    const double processor = processorSeconds();
    const Stopwatch watch;
    for (auto &batch : batches) {
        store->append({1, std::move(batch), {}});
    }
    loop.exec();
    const double seconds = watch.milliseconds() / 1000;
    report("  processor time, s", rounded(processorSeconds() - processor, 2));
    report("stored and detected, events/s", rounded(static_cast<double>(total) / seconds, 0), "20000");
    report("findings", std::to_string(engine.status().findings));
}

/// A store of so many events: the file's if it is there already, or else it is made.
std::shared_ptr<store::Store> pastOf(const QString &file, std::size_t total)
{
    const bool isThere = QFile::exists(file);
    auto store = must(store::Store::open(file));
    if (isThere) {
        return store;
    }
    EventMaker maker(7);
    QFuture<event::Result<store::CommitReport>> last;
    for (std::size_t done = 0; done < total; done += 4 * batchEvents) {
        const auto before = std::exchange(last, store->append({1, make(maker, 4 * batchEvents), {}}));
        if (done > 0) {
            QFuture(before).waitForFinished();
        }
    }
    last.waitForFinished();
    return store;
}

/// Back-tests of each rule that wants raises, one after the other. Those that take longer than so many ms are named.
void measureEach(const detect::BackTest &test, const std::vector<detect::Pack> &packs, const std::string &what,
    const char *goal, const std::function<bool(const detect::Rule &)> &wants, double notable = 500)
{
    double all = 0;
    double slowest = 0;
    QString slowestRule;
    int count = 0;
    const double processor = processorSeconds();
    for (const detect::Pack &pack : packs) {
        for (const detect::RulePtr &rule : pack.set.rules) {
            if (!rule->raises || !wants(*rule)) {
                continue;
            }
            const Stopwatch watch;
            const auto result = must(test.run(pack.set, rule, {}));
            const double time = watch.milliseconds();
            if (time > notable) {
                report("  " + rule->title.toStdString() + ", ms",
                    rounded(time) + " for " + std::to_string(result.matches) + " matches");
            }
            all += time;
            ++count;
            if (time > slowest) {
                slowest = time;
                slowestRule = rule->title;
            }
        }
    }
    report("back-test of " + std::to_string(count) + " " + what + " one by one, s", rounded(all / 1000, 2), goal);
    report("  processor time, s", rounded(processorSeconds() - processor, 2));
    report("  the slowest, ms", rounded(slowest) + " (" + slowestRule.toStdString() + ")", "1000");
}

void measureAtOnce(
    const detect::BackTest &test, const std::vector<detect::RulePtr> &rules, const std::string &what, const char *goal)
{
    const double processor = processorSeconds();
    const Stopwatch watch;
    const auto alerts = must(test.alerts(rules, {}));
    report("back-test of " + std::to_string(rules.size()) + " " + what + " at once, s",
        rounded(watch.milliseconds() / 1000, 2) + " for " + std::to_string(alerts.size()) + " alerts", goal);
    report("  processor time, s", rounded(processorSeconds() - processor, 2));
}

void measureBackTest(const std::vector<detect::Pack> &packs, const std::vector<detect::RulePtr> &rules,
    const QString &file, std::size_t total, const QString &only)
{
    const QTemporaryDir folder;
    const auto store = pastOf(file.isEmpty() ? folder.filePath(QStringLiteral("past.duckdb")) : file, total);
    report("events of the past", std::to_string(must(store->count({}).result())));
    const detect::BackTest test(store);
    if (!only.isEmpty()) {
        measureEach(
            test, packs, "chosen rules", "", [&](const detect::Rule &rule) { return rule.title.contains(only); }, 0);
        return;
    }
    std::vector<detect::RulePtr> single;
    std::ranges::copy_if(rules, std::back_inserter(single),
        [](const detect::RulePtr &rule) { return rule->expression() && rule->raises; });
    measureAtOnce(test, single, "rules on events", "5");
    measureEach(test, packs, "rules on events", "5", [](const detect::Rule &rule) { return rule.expression(); });
    measureAtOnce(test, rules, "rules of all kinds", "");
    measureEach(test, packs, "correlations", "", [](const detect::Rule &rule) { return rule.correlation(); });
}

} // namespace

/// bench_detect PACKS [EVENTS [STORE [PARTS [TITLE]]]]: how fast the rules of the folder PACKS are, live and over a
/// past of so many events, which is kept in the file STORE for the next time; over the past, those with TITLE in their
/// title.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    if (argc < 2) {
        std::fputs("usage: bench_detect PACKS [EVENTS [STORE [matching,python,live,past [TITLE]]]]\n", stderr);
        return 2;
    }
    const std::size_t total = argc > 2 ? QByteArray(argv[2]).toULongLong() : 1'000'000;
    const auto packs = detect::packsIn(QString::fromLocal8Bit(argv[1]));
    std::vector<detect::Pack> all;
    std::vector<detect::RulePtr> rules;
    for (detect::Pack pack : packs) {
        rules.insert(rules.end(), pack.set.rules.begin(), pack.set.rules.end());
        pack.isOnByDefault = true;
        all.push_back(std::move(pack));
    }
    report("machine", machine());
    report("rules", std::to_string(rules.size()));
    const QByteArray parts = argc > 4 ? argv[4] : "matching,python,live,past";
    if (parts.contains("matching")) {
        measureDetector(rules);
    }
    if (parts.contains("python")) {
        measurePython(40);
    }
    if (parts.contains("live")) {
        measureEngine(all, std::min<std::size_t>(total, 100'000));
    }
    if (parts.contains("past")) {
        measureBackTest(all, rules, argc > 3 ? QString::fromLocal8Bit(argv[3]) : QString(), total,
            argc > 5 ? QString::fromLocal8Bit(argv[5]) : QString());
    }
    return 0;
}
