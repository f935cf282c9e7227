// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/PantherRules.h"

#include <QTest>

using namespace octotrail;
using namespace octotrail::detect;
using namespace octotrail::detect::panther;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString fixture(const QString &name)
{
    return QStringLiteral(PANTHER_FIXTURES) + u'/' + name;
}

std::string signIn(const QByteArray &actor, const QByteArray &address, const QByteArray &published = "10:00:00.000")
{
    return ("{\"uuid\":\"u\",\"published\":\"2026-11-02T" + published
        + "Z\",\"eventType\":\"user.session.start\",\"outcome\":{\"result\":\"FAILURE\"},\"actor\":{\"id\":\"" + actor
        + "\",\"alternateId\":\"" + actor + "\"},\"client\":{\"ipAddress\":\"" + address
        + "\"},\"target\":[{\"alternateId\":\"a\"},{\"alternateId\":\"b\"},{\"alternateId\":\"a\"}]}")
        .toStdString();
}

PythonHost::Options impatient()
{
    PythonHost::Options options;
    options.functionLimit = 1s;
    options.memoryBytes = 512LL * 1024 * 1024;
    return options;
}

PantherRules::Outcome ran(PantherRules &rules, const std::vector<std::string> &events)
{
    std::vector<PantherRules::Event> batch;
    for (const std::string &bytes : events) {
        batch.push_back({bytes, "acme", "1", static_cast<std::int64_t>(batch.size())});
    }
    auto outcome = rules.run(batch);
    if (!outcome) {
        qWarning() << outcome.error().sentence;
        return {};
    }
    return *outcome;
}

std::optional<Fault> faultOf(const std::vector<Fault> &faults, const QString &ruleId)
{
    std::optional<Fault> last;
    for (const Fault &fault : faults) {
        if (fault.ruleId == ruleId) {
            last = fault;
        }
    }
    return last;
}

int hitsOf(const PantherRules &rules, const PantherRules::Outcome &outcome, const QString &ruleId)
{
    int count = 0;
    for (const Hit &hit : outcome.hits) {
        count += rules.rules()[hit.rule].id == ruleId ? 1 : 0;
    }
    return count;
}

} // namespace

class PantherRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAFolder();
    void runsTheRulesOwnTests();
    void givesRulesTheEventThatTheyExpect();
    void testsOnOtherLogsWithTheirModels();
    void runsWhatIsDerivedFromAnother();
    void asksAllFunctions();
    void fallsBackWhereAFunctionFails();
    void runsRulesThatAreYamlAlone();
    void remembersBetweenEventsAndProcesses();
    void namesTheLineOfWhatCannotBeLoaded();
    void harmsNothingButItself_data();
    void harmsNothingButItself();
    void keepsRulesInTheirPlace();
    void disablesARuleThatKeepsFailing();
    void saysHowToGetPython();

private:
    Folder m_folder = readFolder(fixture(u"."_s));
};

void PantherRulesTest::readsAFolder()
{
    QStringList ids;
    for (const Rule &rule : m_folder.rules) {
        if (rule.id.startsWith(u"Test."_s)) {
            ids << rule.id;
        }
    }
    ids.sort();
    QCOMPARE(ids, (QStringList{u"Test.Draft"_s, u"Test.Login"_s, u"Test.Many"_s, u"Test.Simple"_s}));
    QCOMPARE(m_folder.helpers.size(), 1);
    QCOMPARE(m_folder.models.size(), 2); // Okta's, and one that a rule for both logs is tested with
    QCOMPARE(m_folder.packs.size(), 1);
    QCOMPARE(m_folder.packs.first().ids, (QStringList{u"Test.Login"_s, u"Test.Many"_s}));
    QCOMPARE(m_folder.others, 3); // a rule, a correlation and a model
    QCOMPARE(m_folder.leftOut.size(), 2U);
    QVERIFY(m_folder.leftOut[0].file.endsWith(u"correlation.yml"_s));
    QVERIFY(m_folder.leftOut[0].reason.startsWith(u"\"Sign-in without a badge\" is a correlation"_s));
    QVERIFY(m_folder.leftOut[1].file.endsWith(u"scheduled.yml"_s));
    QVERIFY(m_folder.leftOut[1].reason.startsWith(u"\"Test.Scheduled\" is a scheduled rule"_s));

    QCOMPARE(m_folder.problems.size(), 2U);
    QVERIFY2(m_folder.problems[0].file.endsWith(u"broken.yml"_s), qPrintable(m_folder.problems[0].file));
    QVERIFY2(m_folder.problems[0].line > 0, qPrintable(m_folder.problems[0].text()));
    QVERIFY(m_folder.problems[1].file.endsWith(u"outside.yml"_s));
    QVERIFY(m_folder.problems[1].reason.contains(u"outside the folder"_s));

    for (const Rule &rule : m_folder.rules) {
        if (rule.id == u"Test.Login"_s) {
            QCOMPARE(rule.title, u"Failed sign-in"_s);
            QCOMPARE(rule.severity, u"MEDIUM"_s);
            QCOMPARE(rule.threshold, 2);
            QCOMPARE(rule.dedupPeriod, 15min);
            QCOMPARE(rule.tags, (QStringList{u"Okta"_s, u"attack.t1110.001"_s}));
            QVERIFY(rule.enabled);
        }
        if (rule.id == u"Test.Draft"_s) {
            QVERIFY(!rule.enabled);
        }
    }
}

void PantherRulesTest::runsTheRulesOwnTests()
{
    PantherRules rules(m_folder, {u"Test.Login"_s, u"Test.Simple"_s}, {});
    const auto faults = rules.start();
    QVERIFY2(faults, faults ? "" : qPrintable(faults.error().sentence));
    QVERIFY(faults->empty());
    int tests = 0;
    for (int rule = 0; rule < rules.rules().size(); ++rule) {
        for (const TestOutcome &outcome : rules.test(rule)) {
            QVERIFY2(outcome.passed, qPrintable(outcome.name + u": "_s + outcome.sentence));
            ++tests;
        }
    }
    QCOMPARE(tests, 5);
}

void PantherRulesTest::givesRulesTheEventThatTheyExpect()
{
    PantherRules rules(m_folder, {u"Shape.EventObject"_s}, {});
    QVERIFY(rules.start());
    const auto outcomes = rules.test(0);
    QCOMPARE(outcomes.size(), 3U);
    for (const TestOutcome &outcome : outcomes) {
        QVERIFY2(outcome.passed, qPrintable(outcome.name + u": "_s + outcome.sentence));
    }
}

void PantherRulesTest::testsOnOtherLogsWithTheirModels()
{
    PantherRules rules(m_folder, {u"Shape.Standard"_s}, {});
    QVERIFY(rules.start());
    const auto outcomes = rules.test(0);
    QCOMPARE(outcomes.size(), 2U);
    QVERIFY2(outcomes[0].passed, qPrintable(outcomes[0].sentence));
    // It fires there, and what only sets off to exit fails as what throws does.
    QVERIFY(!outcomes[1].passed);
    QVERIFY2(outcomes[1].sentence.contains(u"SystemExit"_s), qPrintable(outcomes[1].sentence));
    const auto outcome = ran(rules, {signIn("ada@example.com", "192.0.2.66")});
    QCOMPARE(outcome.hits.size(), 1U);
    QCOMPARE(outcome.hits[0].title, u"One address, several logs"_s);
    QVERIFY(faultOf(outcome.faults, u"Shape.Standard"_s));
}

void PantherRulesTest::runsWhatIsDerivedFromAnother()
{
    PantherRules rules(m_folder, {u"Shape.Derived"_s}, {});
    QVERIFY(rules.start());
    QCOMPARE(rules.rules().size(), 1);
    QCOMPARE(rules.rules()[0].title, u"Failed sign-in, ours"_s);
    QCOMPARE(rules.rules()[0].dedupPeriod, 5min);
    QCOMPARE(rules.rules()[0].threshold, 2);
    const auto outcome = ran(rules, {signIn("ada@example.com", "192.0.2.1")});
    QCOMPARE(outcome.hits.size(), 1U);
    QCOMPARE(outcome.hits[0].severity, u"CRITICAL"_s);
    QCOMPARE(outcome.hits[0].title, u"ada@example.com failed from 192.0.2.1"_s);
}

void PantherRulesTest::asksAllFunctions()
{
    PantherRules rules(m_folder, {u"Test.Login"_s}, {});
    QVERIFY(rules.start());
    std::string placed = signIn("ada@example.com", "192.0.2.1");
    placed.insert(placed.find("\"ipAddress"), R"("geographicalContext":{"country":"South Korea"},)");
    placed.insert(placed.find("\"result\""), R"("reason":null,)");
    const auto outcome = ran(rules, {placed, signIn("root@example.com", "192.0.2.2")});
    QCOMPARE(outcome.hits.size(), 2U);
    const Hit &first = outcome.hits[0];
    QCOMPARE(first.event, 0U);
    QCOMPARE(first.title, u"ada@example.com failed from 192.0.2.1"_s);
    QCOMPARE(first.dedup, u"ada@example.com"_s);
    QCOMPARE(first.severity, u"MEDIUM"_s);
    QCOMPARE(first.runbook, u"Ask the user."_s);
    QCOMPARE(first.description, u"Somebody failed to sign in."_s);
    QVERIFY2(first.context.contains(u"\"targets\": [\"a\", \"b\"]"_s), qPrintable(first.context));
    QVERIFY2(first.context.contains(u"\"country\": \"KR\""_s), qPrintable(first.context));
    QVERIFY2(first.context.contains(u"NONE GIVEN"_s), qPrintable(first.context));
    QVERIFY(!first.destinations);
    QCOMPARE(outcome.hits[1].severity, u"HIGH"_s);
    QVERIFY(outcome.faults.empty());
}

void PantherRulesTest::fallsBackWhereAFunctionFails()
{
    PantherRules rules(m_folder, {u"Test.Login"_s}, {});
    QVERIFY(rules.start());
    const auto outcome = ran(rules, {signIn("eve@example.com", "192.0.2.1")});
    QCOMPARE(outcome.hits.size(), 1U);
    QCOMPARE(outcome.hits[0].runbook, QString());
    const auto fault = faultOf(outcome.faults, u"Test.Login"_s);
    QVERIFY(fault);
    QCOMPARE(fault->function, u"runbook"_s);
    QVERIFY2(fault->sentence.contains(u"login.py, line"_s), qPrintable(fault->sentence));
    QVERIFY(fault->traceback.contains(u"no runbook for eve"_s));
    QVERIFY(!fault->disabled);
}

void PantherRulesTest::runsRulesThatAreYamlAlone()
{
    PantherRules rules(m_folder, {u"Test.Simple"_s}, {});
    QVERIFY(rules.start());
    const std::string event = R"({"uuid":"u","published":"2026-11-02T10:00:00.000Z","severity":"ERROR",)"
                              R"("eventType":"group.privilege.grant","actor":{"id":"00u1","alternateId":"ada@x.com"},)"
                              R"("target":[{"type":"UserGroup"}]})";
    const auto outcome = ran(rules, {event});
    QCOMPARE(outcome.hits.size(), 1U);
    QCOMPARE(outcome.hits[0].title, u"ada@x.com got a role"_s);
    QCOMPARE(outcome.hits[0].dedup, u"00u1"_s);
    QCOMPARE(outcome.hits[0].severity, u"CRITICAL"_s);
}

void PantherRulesTest::remembersBetweenEventsAndProcesses()
{
    std::map<std::string, std::string> kept;
    const auto keep = [&kept](const PantherRules::Outcome &outcome) {
        for (const auto &[key, text] : outcome.state) {
            if (text) {
                kept[key] = *text;
            } else {
                kept.erase(key);
            }
        }
    };
    {
        PantherRules rules(m_folder, {u"Test.Many"_s}, kept);
        QVERIFY(rules.start());
        const auto outcome
            = ran(rules, {signIn("ada", "192.0.2.1", "10:00:00"), signIn("ada", "192.0.2.2", "10:01:00.250")});
        QVERIFY(outcome.hits.empty());
        QCOMPARE(outcome.state.size(), 3U); // and the clock
        keep(outcome);
    }
    {
        PantherRules rules(m_folder, {u"Test.Many"_s}, kept);
        QVERIFY(rules.start());
        const auto outcome
            = ran(rules, {signIn("bob", "192.0.2.1", "10:02:00"), signIn("ada", "192.0.2.1", "10:03:00")});
        QCOMPARE(outcome.hits.size(), 1U);
        QCOMPARE(outcome.hits[0].event, 1U);
    }
    {
        PantherRules rules(m_folder, {u"Test.Many"_s}, kept);
        QVERIFY(rules.start());
        // What was remembered ends an hour later, by the events' own time.
        const auto outcome = ran(rules, {signIn("cleo", "192.0.2.1", "11:30:00")});
        QVERIFY(outcome.hits.empty());
        keep(outcome);
    }
    {
        PantherRules rules(m_folder, {u"Test.Many"_s}, kept);
        QVERIFY(rules.start());
        // One that comes late does not turn the clock back, although this process did not see the later ones.
        QVERIFY(ran(rules, {signIn("ada", "192.0.2.1", "10:04:00")}).hits.empty());
    }
}

void PantherRulesTest::namesTheLineOfWhatCannotBeLoaded()
{
    PantherRules rules(m_folder, {u"Hostile.syntax"_s, u"Hostile.good"_s}, {});
    const auto faults = rules.start();
    QVERIFY(faults);
    const auto fault = faultOf(*faults, u"Hostile.syntax"_s);
    QVERIFY(fault);
    QVERIFY(fault->disabled);
    QVERIFY2(fault->traceback.contains(u"line 3"_s), qPrintable(fault->traceback));
    QCOMPARE(ran(rules, {signIn("ada", "192.0.2.1")}).hits.size(), 1U);
}

void PantherRulesTest::harmsNothingButItself_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("told");
    QTest::newRow("loops forever") << u"loops"_s << u"took longer than 1 s"_s;
    QTest::newRow("loops and catches everything") << u"stubborn"_s << u"neither ended nor"_s;
    QTest::newRow("calls os._exit") << u"exits"_s << u"ended the process"_s;
    QTest::newRow("allocates without bound") << u"eats"_s << u"MemoryError"_s;
    QTest::newRow("prints garbage") << u"prints"_s << u"disabled"_s;
    QTest::newRow("returns no bool") << u"wrong"_s << u"a bool is wanted"_s;
}

void PantherRulesTest::harmsNothingButItself()
{
    QFETCH(QString, rule);
    QFETCH(QString, told);
    const QString id = u"Hostile."_s + rule;
    PantherRules rules(m_folder, {id, u"Hostile.good"_s}, {}, impatient());
    QVERIFY(rules.start());
    const auto outcome = ran(rules, {signIn("ada", "192.0.2.1")});
    QCOMPARE(hitsOf(rules, outcome, u"Hostile.good"_s), 1);
    const auto fault = faultOf(outcome.faults, id);
    QVERIFY(fault);
    QVERIFY2(fault->sentence.contains(told), qPrintable(fault->sentence));
    for (const Fault &other : outcome.faults) {
        QCOMPARE(other.ruleId, id);
    }
    // And the next batch goes well.
    QCOMPARE(hitsOf(rules, ran(rules, {signIn("bob", "192.0.2.1")}), u"Hostile.good"_s), 1);
}

void PantherRulesTest::keepsRulesInTheirPlace()
{
    const QStringList ids{u"Hostile.talks"_s, u"Hostile.reads"_s, u"Hostile.kills"_s};
    PantherRules rules(m_folder, ids, {}, impatient());
    QVERIFY(rules.start());
    const PythonHost::Confined confined = rules.confined();
    if (!confined.network || !confined.files) {
        QSKIP("this system keeps processes from neither the network nor files");
    }
    const auto outcome = ran(rules, {signIn("ada", "192.0.2.1")});
    QVERIFY(outcome.hits.empty());
    for (const QString &id : ids) {
        const auto fault = faultOf(outcome.faults, id);
        QVERIFY2(fault, qPrintable(id));
        QVERIFY2(fault->sentence.contains(u"PermissionError"_s), qPrintable(fault->sentence));
    }
}

void PantherRulesTest::disablesARuleThatKeepsFailing()
{
    PantherRules rules(m_folder, {u"Hostile.fails"_s, u"Hostile.good"_s}, {});
    QVERIFY(rules.start());
    const auto outcome = ran(rules, std::vector<std::string>(40, signIn("ada", "192.0.2.1")));
    QCOMPARE(hitsOf(rules, outcome, u"Hostile.good"_s), 40);
    QCOMPARE(outcome.faults.size(), 25U);
    QVERIFY(outcome.faults.back().disabled);
    QVERIFY(outcome.faults.back().traceback.contains(u"KeyError"_s));
    QVERIFY(ran(rules, {signIn("bob", "192.0.2.1")}).faults.empty());
}

void PantherRulesTest::saysHowToGetPython()
{
    PythonHost::Options options;
    options.python = u"/nowhere/python3"_s;
    PantherRules rules(m_folder, {u"Hostile.good"_s}, {}, options);
    const auto faults = rules.start();
    QVERIFY(!faults);
    QVERIFY2(faults.error().sentence.contains(u"/nowhere/python3"_s), qPrintable(faults.error().sentence));
}

QTEST_GUILESS_MAIN(PantherRulesTest)
#include "tst_panther_rules.moc"
