// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/RuleLoader.h"
#include "detect/SigmaDetector.h"
#include "detect/Travel.h"

#include <QTest>
#include <algorithm>
#include <deque>
#include <random>

using namespace octotrail;
using namespace octotrail::detect;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const event::Timestamp start = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);

/// An event some seconds after the start.
std::string at(int seconds, const std::string &type, const std::string &actor = "ann",
    const std::string &ip = "1.1.1.1", const std::string &more = {})
{
    return R"({"uuid":")" + type + '-' + actor + '-' + ip + '-' + std::to_string(seconds) + R"(","published":")"
        + event::formatTimestamp(start + std::chrono::seconds(seconds)) + R"(","eventType":")" + type
        + R"(","actor":{"alternateId":")" + actor + R"("},"client":{"ipAddress":")" + ip + "\"" + more + "}}";
}

std::string from(double latitude, double longitude, const std::string &city)
{
    return R"(,"geographicalContext":{"city":")" + city + R"(","geolocation":{"lat":)" + std::to_string(latitude)
        + R"(,"lon":)" + std::to_string(longitude) + "}}";
}

std::vector<RulePtr> load(const std::string &correlation)
{
    const std::string text = "title: fail\nname: fail\ndetection: {s: {eventType: fail}, condition: s}\n---\n"
                             "title: good\nname: good\ndetection: {s: {eventType: good}, condition: s}\n---\n"
                             "title: reset\nname: reset\ndetection: {s: {eventType: reset}, condition: s}\n---\n"
        + correlation;
    RuleLoader loader;
    loader.addText(u"rule.yml"_s, text);
    RuleSet set = loader.link();
    for (const Problem &problem : set.problems) {
        QTest::qFail(qPrintable(problem.text()), __FILE__, __LINE__);
    }
    return set.rules;
}

std::string correlation(const std::string &lines)
{
    std::string text = "title: correlated\nname: correlated\ncorrelation:\n  ";
    for (const char c : lines) {
        text += c;
        text += c == '\n' ? "  " : "";
    }
    return text + "\n";
}

/// Feeds a detector, one event at a time.
class Run
{
public:
    explicit Run(std::vector<RulePtr> rules)
        : m_rules(std::move(rules))
        , m_detector(std::make_unique<SigmaDetector>(m_rules))
    { }
    explicit Run(const std::string &lines)
        : Run(load(correlation(lines)))
    { }

    /// The matches that the event made.
    std::vector<Match> give(const std::string &json, store::SourceId source = 1)
    {
        m_events.push_back(event::LogEvent::fromBytes(json));
        std::vector<Match> matches;
        m_detector->process({{++m_seq, source, &m_events.back()}}, matches);
        std::erase_if(matches, [](const Match &match) { return match.rule->name != u"correlated"_s; });
        return matches;
    }
    std::size_t count(const std::vector<std::string> &events)
    {
        std::size_t matches = 0;
        for (const std::string &json : events) {
            matches += give(json).size();
        }
        return matches;
    }
    std::vector<Match> finish()
    {
        std::vector<Match> matches;
        m_detector->finish(matches);
        return matches;
    }
    /// Another detector goes on from what this one has to remember.
    void restart()
    {
        for (auto &[key, text] : m_detector->takeChangedState()) {
            if (text.empty()) {
                m_state.erase(key);
            } else {
                m_state[key] = std::move(text);
            }
        }
        m_detector = std::make_unique<SigmaDetector>(m_rules);
        m_detector->restore(m_state);
    }
    const std::map<std::string, std::string> &state() const { return m_state; }
    SigmaDetector &detector() { return *m_detector; }

private:
    std::vector<RulePtr> m_rules;
    std::unique_ptr<SigmaDetector> m_detector;
    std::deque<event::LogEvent> m_events;
    std::map<std::string, std::string> m_state;
    store::Seq m_seq = 0;
};

} // namespace

class TestCorrelations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventCount()
    {
        Run run("type: event_count\nrules: fail\ngroup-by: [actor.alternateId]\ntimespan: 10m\ncondition: {gte: 3}");
        QCOMPARE(run.count({at(0, "fail"), at(60, "fail"), at(90, "good"), at(90, "fail", "bob")}), std::size_t{0});
        const auto matches = run.give(at(120, "fail"));
        QCOMPARE(matches.size(), std::size_t{1});
        QCOMPARE(matches[0].members.size(), std::size_t{3});
        QCOMPARE(matches[0].first, start);
        QCOMPARE(matches[0].last, start + 120s);
        QCOMPARE(matches[0].dedupKey, u"ann"_s);
        QVERIFY(QString::fromStdString(matches[0].measure).startsWith(u"3 events"_s));
        // A further one joins alone; after a silence it takes three again.
        const auto more = run.give(at(180, "FAIL"));
        QCOMPARE(more.size(), std::size_t{1});
        QCOMPARE(more[0].members.size(), std::size_t{1});
        QCOMPARE(run.count({at(900, "fail"), at(960, "fail")}), std::size_t{0});
        QCOMPARE(run.count({at(1020, "fail")}), std::size_t{1});
    }

    void theWindowIsHalfOpen()
    {
        Run run("type: event_count\nrules: fail\ngroup-by: [actor.alternateId]\ntimespan: 10m\ncondition: {gte: 2}");
        QCOMPARE(run.count({at(0, "fail"), at(600, "fail")}), std::size_t{0});
        QCOMPARE(run.count({at(1199, "fail")}), std::size_t{1});
    }

    void groupsAndSourcesAreApart()
    {
        Run run("type: event_count\nrules: fail\ngroup-by: [client.ipAddress]\ntimespan: 10m\ncondition: {gt: 1}");
        QCOMPARE(run.count({at(0, "fail", "a", "1.1.1.1"), at(1, "fail", "a", "2.2.2.2")}), std::size_t{0});
        QVERIFY(run.give(at(2, "fail", "b", "1.1.1.1"), 2).empty());
        QCOMPARE(run.give(at(3, "fail", "b", "1.1.1.1"), 1).size(), std::size_t{1});
    }

    void valueCount()
    {
        Run run("type: value_count\nrules: [fail]\ngroup-by: client.ipAddress\ntimespan: 5m\n"
                "condition: {field: actor.alternateId, gte: 3}");
        QCOMPARE(run.count({at(0, "fail", "a"), at(1, "fail", "a"), at(2, "fail", "A"), at(3, "fail", "b")}),
            std::size_t{0});
        QCOMPARE(run.count({at(4, "fail", "c")}), std::size_t{1});
        QCOMPARE(run.count({at(302, "fail", "d")}), std::size_t{1}); // with b and c
        QCOMPARE(run.count({at(700, "fail", "e"), at(701, "fail", "f")}), std::size_t{0});
    }

    void lateEvents()
    {
        // The same events in any order give the same verdict.
        std::vector<std::string> events{at(0, "fail", "a"), at(100, "fail", "b"), at(200, "fail", "c"),
            at(2000, "fail", "d"), at(2400, "fail", "e"), at(5000, "fail", "f")};
        std::mt19937 random(7);
        for (int i = 0; i < 50; ++i) {
            std::ranges::shuffle(events, random);
            Run run("type: value_count\nrules: fail\ngroup-by: [client.ipAddress]\ntimespan: 5m\n"
                    "condition: {field: actor.alternateId, gte: 3}");
            QCOMPARE(run.count(events), std::size_t{1});
            Run ordered("type: event_count\nrules: fail\ngroup-by: [client.ipAddress]\ntimespan: 5m\n"
                        "condition: {gte: 4}");
            QCOMPARE(ordered.count(events), std::size_t{0});
        }
    }

    void olderPartsOfTheLogAfterNewerOnes()
    {
        Run run("type: event_count\nrules: fail\ngroup-by: [actor.alternateId]\ntimespan: 10m\ncondition: {gte: 3}");
        for (int i = 0; i < 100; ++i) {
            run.give(at(86'400 * 30 + i * 1000, "fail", "live"));
        }
        QCOMPARE(run.count({at(10, "fail"), at(20, "fail")}), std::size_t{0});
        run.give(at(86'400 * 31, "fail", "live"));
        QCOMPARE(run.count({at(30, "fail")}), std::size_t{1});
    }

    void temporal()
    {
        Run run("type: temporal\nrules: [fail, good, reset]\ngroup-by: [actor.alternateId]\ntimespan: 10m");
        QCOMPARE(run.count({at(0, "good"), at(10, "reset"), at(20, "fail", "bob")}), std::size_t{0});
        const auto matches = run.give(at(30, "fail"));
        QCOMPARE(matches.size(), std::size_t{1});
        QCOMPARE(matches[0].members.size(), std::size_t{3});
        QCOMPARE(run.count({at(1000, "fail"), at(1010, "good"), at(1700, "reset")}), std::size_t{0});
    }

    void temporalOrdered()
    {
        const std::string lines
            = "type: temporal_ordered\nrules: [fail, good, reset]\ngroup-by: [actor.alternateId]\ntimespan: 10m";
        QCOMPARE(Run(lines).count({at(0, "fail"), at(10, "good"), at(20, "reset")}), std::size_t{1});
        QCOMPARE(Run(lines).count({at(0, "good"), at(10, "fail"), at(20, "reset")}), std::size_t{0});
        QCOMPARE(Run(lines).count({at(0, "fail"), at(10, "good"), at(700, "reset")}), std::size_t{0});
        // Whichever comes last.
        QCOMPARE(Run(lines).count({at(20, "reset"), at(10, "good"), at(0, "fail")}), std::size_t{1});
        QCOMPARE(Run(lines).count({at(20, "reset"), at(0, "fail"), at(10, "good")}), std::size_t{1});
        // The nearest ones count.
        QCOMPARE(Run(lines).count({at(0, "fail"), at(500, "fail"), at(510, "good"), at(900, "reset")}), std::size_t{1});
    }

    void upperBoundsAreJudgedAtTheEnd()
    {
        const std::string lines = "type: event_count\nrules: fail\ngroup-by: [actor.alternateId]\ntimespan: 10m\n"
                                  "condition: {gte: 2, lte: 3}";
        Run few(lines);
        QCOMPARE(few.count({at(0, "fail"), at(10, "fail")}), std::size_t{0});
        QCOMPARE(few.count({at(2000, "good")}), std::size_t{1});
        Run many(lines);
        QCOMPARE(many.count({at(0, "fail"), at(10, "fail"), at(20, "fail"), at(30, "fail"), at(2000, "good")}),
            std::size_t{0});
        Run open(lines);
        QCOMPARE(open.count({at(0, "fail"), at(10, "fail")}), std::size_t{0});
        QCOMPARE(open.finish().size(), std::size_t{1});
    }

    void numbers()
    {
        const auto of = [](const std::string &type, const std::string &condition) {
            Run run(
                "type: " + type + "\nrules: fail\ntimespan: 1h\ncondition: {field: client.port, " + condition + "}");
            std::vector<std::string> events;
            for (const char *port : {"10", "20", "30", "100"}) {
                events.push_back(
                    at(static_cast<int>(events.size()), "fail", "a", "1.1.1.1", ",\"port\":" + std::string(port)));
            }
            return run.count(events);
        };
        QCOMPARE(of("value_sum", "gte: 160"), std::size_t{1});
        QCOMPARE(of("value_sum", "gt: 160"), std::size_t{0});
        QCOMPARE(of("value_avg", "gte: 40"), std::size_t{1});
        QCOMPARE(of("value_percentile", "gte: 100, percentile: 99"), std::size_t{1});
        QCOMPARE(of("value_percentile", "gte: 30, percentile: 50"), std::size_t{0});
    }

    void aliases()
    {
        Run run("type: temporal\nrules: [fail, good]\ngroup-by: [who]\ntimespan: 10m\n"
                "aliases: {who: {fail: actor.alternateId, good: client.zone}}");
        QCOMPARE(run.count({at(0, "fail", "ann")}), std::size_t{0});
        QCOMPARE(run.count({at(1, "good", "ann", "1.1.1.1", ",\"zone\":\"bob\"")}), std::size_t{0});
        const auto matches = run.give(at(2, "good", "x", "1.1.1.1", ",\"zone\":\"Ann\""));
        QCOMPARE(matches.size(), std::size_t{1});
        QCOMPARE(matches[0].group.front().first, std::string("who"));
    }

    void chains()
    {
        const std::string inner = "title: inner\nname: inner\ncorrelation:\n  type: event_count\n  rules: fail\n"
                                  "  group-by: [actor.alternateId]\n  timespan: 10m\n  condition: {gte: 3}\n---\n";
        Run run(load(inner
            + correlation(
                "type: temporal_ordered\nrules: [inner, good]\ngroup-by: [actor.alternateId]\ntimespan: 1h")));
        QCOMPARE(run.count({at(0, "fail"), at(1, "fail"), at(2, "good"), at(3, "fail")}), std::size_t{0});
        const auto matches = run.give(at(10, "good"));
        QCOMPARE(matches.size(), std::size_t{1});
        QCOMPARE(matches[0].members.size(), std::size_t{4});
    }

    void generate()
    {
        const auto titles = [](const std::string &more) {
            const auto rules
                = load(correlation("type: event_count\nrules: fail\ntimespan: 5m\ncondition: {gte: 2}" + more));
            QStringList raising;
            for (const RulePtr &rule : rules) {
                if (rule->raises) {
                    raising.append(rule->title);
                }
            }
            raising.sort();
            return raising;
        };
        QCOMPARE(titles(""), (QStringList{u"correlated"_s, u"good"_s, u"reset"_s}));
        QCOMPARE(titles("\ngenerate: true"), (QStringList{u"correlated"_s, u"fail"_s, u"good"_s, u"reset"_s}));
    }

    void firstSeen()
    {
        Run run("type: first_seen\nrules: good\ngroup-by: [actor.alternateId]\nfield: client.ipAddress\n"
                "timespan: 30d\nlearning: 1d");
        const int day = 86'400;
        QCOMPARE(run.count({at(0, "good", "ann", "1.1.1.1"), at(3600, "good", "ann", "2.2.2.2")}), std::size_t{0});
        QCOMPARE(
            run.count({at(2 * day, "good", "ann", "2.2.2.2"), at(2 * day, "good", "bob", "3.3.3.3")}), std::size_t{0});
        const auto matches = run.give(at(2 * day + 1, "good", "ann", "3.3.3.3"));
        QCOMPARE(matches.size(), std::size_t{1});
        QVERIFY(matches[0].measure.ends_with("3.3.3.3"));
        QCOMPARE(run.count({at(2 * day + 2, "good", "ann", "3.3.3.3")}), std::size_t{0});
        run.restart();
        QCOMPARE(run.count({at(3 * day, "good", "ann", "2.2.2.2")}), std::size_t{0});
        // Not for 30 days: new again. And what comes late is not new.
        QCOMPARE(run.count({at(40 * day, "good", "ann", "1.1.1.1")}), std::size_t{1});
        QCOMPARE(run.count({at(-day, "good", "ann", "9.9.9.9")}), std::size_t{0});
    }

    void travel()
    {
        Run run("type: travel\nrules: good\ngroup-by: [actor.alternateId]\ntimespan: 24h\ncondition: {gt: 900}");
        const std::string berlin = from(52.52, 13.405, "Berlin");
        const std::string potsdam = from(52.39, 13.06, "Potsdam");
        const std::string tokyo = from(35.68, 139.69, "Tokyo");
        QCOMPARE(run.count({at(0, "good", "ann", "1", berlin), at(1, "good", "ann", "2", potsdam),
                     at(2, "good", "bob", "3", tokyo), at(3, "good", "ann", "4")}),
            std::size_t{0});
        run.restart();
        const auto matches = run.give(at(3600, "good", "ann", "5", tokyo));
        QCOMPARE(matches.size(), std::size_t{1});
        QCOMPARE(matches[0].members.size(), std::size_t{2});
        QVERIFY2(matches[0].measure.starts_with("Potsdam to Tokyo"), matches[0].measure.c_str());
        // Twelve hours are enough for the way back.
        QCOMPARE(run.count({at(3600 * 13, "good", "ann", "6", berlin)}), std::size_t{0});
        const double distance = distanceBetween(52.52, 13.405, 35.68, 139.69);
        QVERIFY2(distance > 8900 && distance < 8940, qPrintable(QString::number(distance)));
    }

    void restartChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("lines");
        const QByteArray tail = "\ngroup-by: [client.ipAddress]\ntimespan: 10m\n";
        QTest::newRow("event_count") << "type: event_count\nrules: fail" + tail + "condition: {gte: 4}";
        QTest::newRow("value_count") << "type: value_count\nrules: fail" + tail
                + "condition: {field: actor.alternateId, gte: 3}";
        QTest::newRow("temporal") << "type: temporal\nrules: [fail, good, reset]" + tail;
        QTest::newRow("temporal_ordered") << "type: temporal_ordered\nrules: [reset, fail, good]" + tail;
        QTest::newRow("bounded") << "type: event_count\nrules: fail" + tail + "condition: {eq: 2}";
        QTest::newRow("bounded, and looked through at parts of seconds")
            << QByteArray("type: event_count\nrules: fail\ntimespan: 155s\ncondition: {lte: 3}");
        QTest::newRow("first_seen") << "type: first_seen\nrules: [fail, good]\nfield: actor.alternateId" + tail;
    }
    void restartChangesNothing()
    {
        QFETCH(QByteArray, lines);
        std::mt19937 random(11);
        const auto pick = [&](int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); };
        Run whole(lines.toStdString());
        Run broken(lines.toStdString());
        std::size_t matches = 0;
        for (int i = 0; i < 1500; ++i) {
            const char *type = std::array{"fail", "fail", "good", "reset"}[static_cast<std::size_t>(pick(4))];
            const std::string json
                = at(i * 40 - pick(400), type, "user" + std::to_string(pick(12)), "10.0.0." + std::to_string(pick(6)));
            const auto a = whole.give(json);
            const auto b = broken.give(json);
            const auto told = [](const std::vector<Match> &all) {
                QStringList texts;
                for (const Match &match : all) {
                    texts.append(match.dedupKey + u' ' + QString::fromStdString(event::formatTimestamp(match.first)));
                }
                return texts.join(u'\n');
            };
            QCOMPARE(told(b), told(a));
            for (std::size_t j = 0; j < a.size(); ++j) {
                QCOMPARE(b[j].dedupKey, a[j].dedupKey);
                QCOMPARE(b[j].members.size(), a[j].members.size());
                QCOMPARE(b[j].first, a[j].first);
            }
            matches += a.size();
            if (i % 37 == 0) {
                broken.restart();
            }
        }
        QVERIFY(matches > 10);
    }

    /// What is forgotten of a flood does not depend on when the program was started.
    void restartForgetsNothingEarlier()
    {
        const std::string lines = "type: event_count\nrules: fail\ngroup-by: [actor.alternateId]\ntimespan: 10m\n"
                                  "condition: {gte: 3}";
        Run whole(lines);
        Run broken(lines);
        for (const std::string &json : {at(0, "fail"), at(1, "fail")}) {
            QVERIFY(whole.give(json).empty() && broken.give(json).empty());
        }
        // More than 50,000 later ones: whether the first are still known is a matter of when groups are tidied.
        for (int i = 2; i < 53'200; ++i) {
            const std::string json = at(86'400 + 700 * i, "fail", "live");
            QVERIFY(whole.give(json).empty() && broken.give(json).empty());
            if (i == 4000 || i == 30'001) {
                broken.restart();
            }
        }
        const auto a = whole.give(at(2, "fail"));
        const auto b = broken.give(at(2, "fail"));
        QCOMPARE(a.size(), std::size_t{1});
        QCOMPARE(b.size(), a.size());
        // And once they are forgotten, they are for both.
        for (int i = 53'200; i < 54'000; ++i) {
            const std::string json = at(86'400 + 700 * i, "fail", "live");
            QVERIFY(whole.give(json).empty() && broken.give(json).empty());
        }
        QCOMPARE(broken.give(at(3, "fail")).size(), whole.give(at(3, "fail")).size());
    }

    void anotherRuleStartsAnew()
    {
        Run run("type: event_count\nrules: fail\ntimespan: 10m\ncondition: {gte: 3}");
        run.count({at(0, "fail"), at(1, "fail")});
        run.restart();
        QVERIFY(!run.state().empty());
        SigmaDetector other(load(correlation("type: event_count\nrules: fail\ntimespan: 11m\ncondition: {gte: 3}")));
        other.restore(run.state());
        const auto changed = other.takeChangedState();
        QCOMPARE(changed.size(), run.state().size());
        QVERIFY(std::ranges::all_of(changed, [](const auto &entry) { return entry.second.empty(); }));
    }

    void hostileState()
    {
        Run run("type: temporal\nrules: [fail, good]\ngroup-by: [actor.alternateId]\ntimespan: 10m");
        run.give(at(0, "fail"));
        run.restart();
        auto state = run.state();
        std::mt19937 random(3);
        for (int i = 0; i < 300; ++i) {
            for (auto &[key, text] : state) {
                text.resize(random() % (text.size() + 1));
                for (char &c : text) {
                    c = random() % 8 == 0 ? static_cast<char>(random()) : c;
                }
            }
            SigmaDetector detector(
                load(correlation("type: temporal\nrules: [fail, good]\ngroup-by: [actor.alternateId]\ntimespan: 10m")));
            detector.restore(state);
            state = run.state();
        }
    }

    void stateIsBounded()
    {
        Run run("type: value_count\nrules: fail\ngroup-by: [actor.alternateId]\ntimespan: 1h\n"
                "condition: {field: client.ipAddress, gte: 1000000}");
        for (int i = 0; i < 60'000; ++i) {
            run.give(at(i, "fail", "user" + std::to_string(i), std::to_string(i)));
            run.give(at(i, "fail", "one", std::to_string(i)));
        }
        run.restart();
        std::size_t bytes = 0;
        for (const auto &[key, text] : run.state()) {
            bytes += text.size();
        }
        QVERIFY2(bytes < 20'000'000, qPrintable(QString::number(bytes)));
    }
};

QTEST_GUILESS_MAIN(TestCorrelations)
#include "tst_correlations.moc"
