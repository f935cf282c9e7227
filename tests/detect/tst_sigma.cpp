// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SigmaCases.h"

#include "detect/RuleTester.h"
#include "detect/SigmaText.h"
#include "filter/Matcher.h"
#include "filter/Sql.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace octotrail::detect;
using namespace Qt::StringLiterals;

namespace {

std::string indented(const std::string &text)
{
    std::string result = "  ";
    for (const char c : text) {
        result += c;
        result += c == '\n' ? "  " : "";
    }
    return result;
}

std::string ruleText(std::string detection)
{
    if (detection.find("condition:") == std::string::npos) {
        detection += "\ncondition: s";
    }
    return "title: Test\nlogsource: {product: okta, service: okta}\ndetection:\n" + indented(detection) + "\n";
}

RuleSet load(const std::string &text, const Placeholders &placeholders = {})
{
    RuleLoader loader;
    loader.addText(u"rule.yml"_s, text, placeholders);
    return loader.link();
}

QString problemsOf(const RuleSet &set)
{
    QStringList all;
    for (const Problem &problem : set.problems) {
        all.append(problem.text());
    }
    return all.join(u'\n');
}

void write(const QString &file, const std::string &text)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(QByteArray::fromStdString(text));
}

} // namespace

class TestSigma : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void detections_data()
    {
        QTest::addColumn<QByteArray>("detection");
        QTest::addColumn<bool>("isMatch");
        for (const SigmaCase &one : sigmaCases) {
            QTest::addRow("%s", one.detection) << QByteArray(one.detection) << one.isMatch;
        }
    }
    void detections()
    {
        QFETCH(QByteArray, detection);
        QFETCH(bool, isMatch);
        const RuleSet set = load(ruleText(detection.toStdString()));
        QVERIFY2(set.problems.empty(), qPrintable(problemsOf(set)));
        QCOMPARE(set.rules.size(), std::size_t{1});
        const auto event = event::LogEvent::fromBytes(sampleEvent);
        QVERIFY2(event.defects().isEmpty(), qPrintable(event.defects()));
        const filter::Expression &expression = *set.rules.front()->expression();
        QVERIFY2(filter::Matcher(expression).matches(event) == isMatch, expression.toString().c_str());
        // As it is written in the filter language, it means the same: so it can be shown, and searched for.
        const auto again = filter::parse(expression.toString());
        if (detection.contains("asNumber|re")) {
            return; // the language itself compares numbers as numbers only
        }
        QVERIFY2(again, expression.toString().c_str());
        QVERIFY2(filter::Matcher(*again).matches(event) == isMatch, expression.toString().c_str());
    }

    void mostRulesAreDecidedByTheStore()
    {
        const auto isExact = [](const std::string &detection) {
            const RuleSet set = load(ruleText(detection));
            return !set.rules.empty() && filter::toSql(*set.rules.front()->expression()).exact;
        };
        QVERIFY(isExact("s: {eventType: a, target.displayName|contains: b, securityContext.isProxy: 'true'}"));
        QVERIFY(isExact("s: {debugcontext.debugdata.traceid|startswith: b, published|hour|lt: 6}"));
        QVERIFY(isExact("s: {actor.id|fieldref: target.id, client.ipAddress|cidr: 10.0.0.0/8}"));
        QVERIFY(!isExact("s: {request.ipChain.ip: b}"));
        QVERIFY(!isExact("s: [keyword]"));
    }

    void badRules_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QByteArray>("says");
        for (const BadRule &one : ::badRules) {
            QTest::newRow(one.name) << QByteArray(one.text) << one.line << QByteArray(one.says);
        }
    }
    void badRules()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(QByteArray, says);
        const RuleSet set = load(text.toStdString());
        QVERIFY(set.rules.empty());
        QCOMPARE(set.problems.size(), std::size_t{1});
        QVERIFY2(set.problems.front().reason.contains(QString::fromUtf8(says)), qPrintable(problemsOf(set)));
        QVERIFY2(set.problems.front().line == line, qPrintable(problemsOf(set)));
        QCOMPARE(set.problems.front().file, u"rule.yml"_s);
    }

    void hostileYaml()
    {
        std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 12; ++i) {
            const std::string n = std::to_string(i);
            const std::string p = "*a" + std::to_string(i - 1);
            bomb += "a" + n + ": &a" + n + " [" + p + ", " + p + ", " + p + ", " + p + ", " + p + ", " + p + "]\n";
        }
        const std::vector<std::string> texts{bomb, std::string(100'000, '['), std::string(100'000, '{'),
            "title: " + std::string(2'000'000, 'x'), "a: &a [*a]", "? [a, b]\n: c", std::string(5000, '-') + " x",
            "title: t\ndetection:\n  s: {a: b}\n  condition: " + std::string(100'000, '('),
            "title: t\ndetection:\n  s: {a: b}\n  condition: " + std::string(3000, ' ') + "not not not not",
            "\xff\xfe\x00", std::string("title: \0", 8), "%YAML 9.9\n---\na: b", "!!binary xxx", "a: !<tag:x> [1]"};
        for (const std::string &text : texts) {
            const RuleSet set = load(text);
            QVERIFY2(!set.problems.empty(), text.substr(0, 50).c_str());
            QVERIFY(set.rules.empty());
        }
    }

    void aBadRuleStopsNothingElse()
    {
        const RuleSet set = load(ruleText("s: {a: b}") + "---\ntitle: bad\n---\n" + ruleText("s: {c: d}"));
        QCOMPARE(set.rules.size(), std::size_t{2});
        QCOMPARE(set.problems.size(), std::size_t{1});
        QVERIFY(set.rules[0]->id != set.rules[1]->id);
    }

    void describesTheRule()
    {
        const RuleSet set
            = load("title: A title\nid: 11111111-2222-3333-4444-555555555555\nname: short\nstatus: test\n"
                   "description: >\n  two\n  lines\nauthor: me\ndate: 2026-01-02\nlevel: high\n"
                   "tags: [attack.t1110.003, attack.credential-access]\nreferences: [https://a, https://b]\n"
                   "falsepositives: [none]\nresponse: [look, act]\n"
                   "alert: {title: 'From {client.ipAddress}', dedup: [client.ipAddress], period: 2h, "
                   "threshold: 3}\ndetection: {s: {a: b}, condition: s}\n");
        QVERIFY2(set.problems.empty(), qPrintable(problemsOf(set)));
        const Rule &rule = *set.rules.front();
        QCOMPARE(rule.title, u"A title"_s);
        QCOMPARE(rule.id, u"11111111-2222-3333-4444-555555555555"_s);
        QCOMPARE(rule.description, u"two lines"_s);
        QCOMPARE(rule.level, Level::High);
        QCOMPARE(rule.techniques(), QStringList{u"T1110.003"_s});
        QCOMPARE(rule.references.size(), 2);
        QCOMPARE(rule.response, (QStringList{u"look"_s, u"act"_s}));
        QCOMPARE(rule.alert.threshold, 3);
        QCOMPARE(rule.alert.period, std::chrono::minutes(120));
        QVERIFY(rule.raises);
    }

    void placeholders()
    {
        const std::string rule = ruleText("s:\n  actor.alternateId|expand|endswith: '%names%@example.com'");
        const RuleSet set = load(rule, {{"names", {"nobody", "ann.bauer"}}});
        QVERIFY2(set.problems.empty(), qPrintable(problemsOf(set)));
        const auto event = event::LogEvent::fromBytes(sampleEvent);
        QVERIFY(filter::Matcher(*set.rules.front()->expression()).matches(event));
        const RuleSet none = load(rule, {{"names", {"nobody"}}});
        QVERIFY(!filter::Matcher(*none.rules.front()->expression()).matches(event));
    }

    void filtersNarrowRules()
    {
        const std::string filter = "---\ntitle: Not Ann\nlogsource: {product: okta}\nfilter:\n  rules: [one]\n"
                                   "  ann: {actor.alternateId|startswith: ann.}\n  condition: not ann\n";
        const std::string rule = "name: one\n" + ruleText("s: {outcome.result: FAILURE}");
        const auto event = event::LogEvent::fromBytes(sampleEvent);
        const RuleSet without = load(rule);
        const RuleSet with = load(rule + filter);
        QVERIFY2(with.problems.empty(), qPrintable(problemsOf(with)));
        QVERIFY(filter::Matcher(*without.rules.front()->expression()).matches(event));
        QVERIFY(!filter::Matcher(*with.rules.front()->expression()).matches(event));
        QVERIFY(with.rules.front()->digest != without.rules.front()->digest);
    }

    void folders()
    {
        QTemporaryDir folder;
        const auto path = [&](const char *name) { return folder.filePath(QString::fromLatin1(name)); };
        write(path("a.yml"), ruleText("s: {a: b}"));
        write(path("deep/b.yaml"), "name: base\n" + ruleText("s: {actor.id|expand: '%admins%'}"));
        write(path("deep/placeholders.yml"), "admins: [1, 2]\n");
        write(path("c.yml"),
            "title: c\ncorrelation: {type: event_count, rules: base, timespan: 5m, condition: {gte: 2}}\n");
        write(path("windows.yml"), "title: w\nlogsource: {product: windows}\ndetection: {s: {a: b}, condition: s}\n");
        write(path("panther.yml"), "AnalysisType: rule\nRuleID: A\nFilename: a.py\n");
        write(path("pack.yml"), "id: p\n");
        write(path("bad.yml"), "title: [\n");
        write(path("notes.txt"), "no rule");
        RuleLoader loader;
        loader.addFolder(folder.path());
        const RuleSet set = loader.link();
        QVERIFY2(set.problems.size() == 1, qPrintable(problemsOf(set)));
        QVERIFY(set.problems.front().file.endsWith(u"bad.yml"_s));
        QCOMPARE(set.foreign, 1);
        QCOMPARE(set.rules.size(), std::size_t{3});
        QVERIFY(!set.find(u"base"_s)->raises);
        QVERIFY(set.find(u"c"_s)->raises);
        QVERIFY(set.find(u"a"_s)->raises);
    }

    void copiesKeepToThemselves()
    {
        const auto file = [](const char *number, const char *type) {
            return std::string("id: base-") + number + "\nname: base\n"
                + ruleText(std::string("s: {eventType: ") + type + "}") + "---\ntitle: c\nid: count-" + number
                + "\ncorrelation: {type: event_count, rules: base, timespan: 5m, condition: {gte: 1}}\n";
        };
        RuleLoader loader;
        loader.addText(u"a.yml"_s, file("1", "a"));
        loader.addText(u"b.yml"_s, file("2", "b"));
        const RuleSet set = loader.link();
        QVERIFY2(set.problems.empty(), qPrintable(problemsOf(set)));
        QCOMPARE(set.find(u"count-1"_s)->correlation()->rules, QStringList(u"base-1"_s));
        QCOMPARE(set.find(u"count-2"_s)->correlation()->rules, QStringList(u"base-2"_s));
    }

    void testsOfRules()
    {
        const RuleSet set = load(ruleText("s: {eventType: a}")
            + "tests:\n"
              "  - {name: right, match: true, events: [{eventType: b}, {eventType: a}]}\n"
              "  - {name: near, match: false, events: [{eventType: b}]}\n"
              "  - {name: wrong, match: true, events: [{eventType: b, actor: {id: x}}]}\n");
        QVERIFY2(set.problems.empty(), qPrintable(problemsOf(set)));
        const auto outcomes = runTests(set, set.rules.front());
        QCOMPARE(outcomes.size(), std::size_t{3});
        QVERIFY(outcomes[0].passed);
        QVERIFY(outcomes[1].passed);
        QVERIFY(!outcomes[2].passed);
    }
};

QTEST_GUILESS_MAIN(TestSigma)
#include "tst_sigma.moc"
