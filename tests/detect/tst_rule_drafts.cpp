// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/FolderWatch.h"
#include "detect/RuleCheck.h"
#include "detect/RuleStart.h"
#include "detect/SigmaWriter.h"
#include "detect/SuppressionStart.h"
#include "filter/Matcher.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace octotrail::detect;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60000;

RuleDraft sigma(const char *yaml)
{
    RuleDraft draft;
    draft.yaml = QString::fromUtf8(yaml);
    return draft;
}

constexpr auto goodRule = R"(title: Report exported
id: 5f0c43f5-5f5e-4d2d-8f2f-2f7a8a0f6c11
detection:
  selection:
    eventType: analytics.reports.export.download
  condition: selection
level: low
tests:
  - name: An export
    match: true
    events: [{eventType: analytics.reports.export.download}]
  - name: A request
    match: false
    events: [{eventType: analytics.reports.export.request}]
)";

RuleDraft pythonDraft(const QString &code)
{
    RuleDraft draft;
    draft.format = Rule::Format::Panther;
    draft.yaml = QString::fromUtf8(R"(AnalysisType: rule
RuleID: Own.Test
DisplayName: Own test
Filename: own.py
Enabled: true
LogTypes: [Okta.SystemLog]
Severity: Medium
Tests:
  - Name: Fails
    ExpectedResult: true
    Log: {eventType: user.session.start, actor: {alternateId: dana@example.com}}
  - Name: Does not
    ExpectedResult: false
    Log: {eventType: user.session.end}
)");
    draft.python = code;
    return draft;
}

std::vector<event::LogEvent> sampleEvents()
{
    std::vector<event::LogEvent> events;
    for (const char *json :
        {
            R"({"uuid":"1","published":"2026-01-05T04:00:00Z","eventType":"user.session.start","outcome":{"result":"FAILURE"},
               "actor":{"alternateId":"dana@example.com"},"client":{"ipAddress":"203.0.113.7"},
               "securityContext":{"asNumber":64500},"target":[{"type":"User","alternateId":"a*b?c\\d"}]})",
            R"({"uuid":"2","published":"2026-01-05T12:00:00Z","eventType":"user.session.start","outcome":{"result":"SUCCESS"},
               "actor":{"alternateId":"Omar@Example.com"},"client":{"ipAddress":"198.51.100.9"},
               "debugContext":{"debugData":{"risk":"level=HIGH","odd":""}}})",
            R"({"uuid":"3","published":"2026-01-06T23:00:00Z","eventType":"policy.rule.update","severity":"WARN",
               "actor":{"alternateId":"admin: 'root' # x"},"target":[{"type":"PolicyRule","displayName":"yes"},
               {"type":"User","alternateId":"omar@example.com","displayName":"omar@example.com"}]})",
            R"({"uuid":"4","eventType":"user.mfa.factor.activate","actor":{"alternateId":""},"outcome":{"reason":"abc\ndef"}})"}) {
        events.push_back(event::LogEvent::fromBytes(json));
    }
    return events;
}

} // namespace

class TestRuleDrafts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What is suppressed is what the events of an alert share.
    void suppressionsBeginWithWhatIsShared()
    {
        store::Alert alert;
        QCOMPARE(suppressionFor(alert), QString());
        alert.actor = u"maya@example.com"_s; // of an older version
        QCOMPARE(suppressionFor(alert), u"actor.alternateId eq \"maya@example.com\""_s);
        alert.actorCount = 2;
        alert.actors = {{u"ada@example.com"_s, 2}, {u"maya@\"x"_s, 1}};
        QCOMPARE(suppressionFor(alert), u"actor.alternateId in (\"ada@example.com\", \"maya@\\\"x\")"_s);
        alert.context = u"{\"client.ipAddress\":\"192.0.2.7\",\"measured\":\"12 events within 10m\"}"_s;
        QCOMPARE(suppressionFor(alert), u"client.ipAddress eq \"192.0.2.7\""_s);
        // An alias is no field, a rule's own context no group; too many actors to name them.
        alert.context = u"{\"who\":\"192.0.2.7\",\"measured\":\"2 events within 10m\"}"_s;
        QVERIFY(suppressionFor(alert).startsWith(u"actor.alternateId in"_s));
        alert.context = u"{\"client.ipAddress\":\"192.0.2.7\"}"_s;
        QVERIFY(suppressionFor(alert).startsWith(u"actor.alternateId in"_s));
        alert.actorCount = 51;
        QCOMPARE(suppressionFor(alert), QString());
    }

    void draftsAreKept()
    {
        const RuleDraft draft = sigma(goodRule);
        const auto back = RuleDraft::fromBytes(draft.toBytes());
        QVERIFY(back);
        QCOMPARE(*back, draft);
        const RuleDraft python = pythonDraft(u"def rule(event):\n    return True\n"_s);
        QCOMPARE(*RuleDraft::fromBytes(python.toBytes()), python);
        QVERIFY(!RuleDraft::fromBytes("{}"));
        QCOMPARE(draft.title(), u"Report exported"_s);
        QCOMPARE(python.title(), u"Own test"_s);
        QCOMPARE(draft.fileName(), u"report-exported"_s);
        QCOMPARE(sigma("title: 'It''s odd: / Ünïcode'").title(), u"It's odd: / Ünïcode"_s);
    }

    void aCopyIsARuleOfItsOwn()
    {
        const RuleDraft copy = sigma(goodRule).copy();
        QVERIFY(!copy.yaml.contains(u"5f0c43f5"));
        QCOMPARE(copy.title(), u"Report exported (copy)"_s);
        QVERIFY(checkDraft(copy).isUsable());
        const RuleDraft python = pythonDraft(u"def rule(event):\n    return True\n"_s).copy();
        QCOMPARE(python.title(), u"Own test (copy)"_s);
        QVERIFY(python.yaml.contains(u"RuleID: \"Own.Test."_s));
        // What refers to a rule by its id refers to the copy's.
        const RuleDraft pair = sigma("title: Base\nid: 11111111-1111-4111-8111-111111111111\n"
                                     "detection: {s: {eventType: a}, condition: s}\n---\ntitle: Many\n"
                                     "id: 22222222-2222-4222-8222-222222222222\ncorrelation:\n  type: event_count\n"
                                     "  rules: [11111111-1111-4111-8111-111111111111]\n  group-by: [actor.id]\n"
                                     "  timespan: 1h\n  condition: {gte: 2}\n")
                                   .copy();
        QVERIFY(!pair.yaml.contains(u"11111111-1111"));
        const RuleCheck check = checkDraft(pair);
        QVERIFY2(check.isUsable(), check.remarks.empty() ? "" : qPrintable(check.remarks.front().sentence));
        QCOMPARE(check.rule->title, u"Many (copy)"_s);
    }

    void filesComeAndGo()
    {
        const QTemporaryDir folder;
        const RuleDraft python = pythonDraft(u"def rule(event):\n    return True\n"_s);
        const auto first = writeDraft(python, folder.path());
        const auto second = writeDraft(python, folder.path());
        QVERIFY(first && second && *first != *second);
        const auto read = readDraft(*second);
        QVERIFY(read);
        QCOMPARE(read->python, python.python);
        QVERIFY(read->yaml.contains(u"Filename: own-test-2.py"));
        QVERIFY(!readDraft(folder.filePath(u"none.yml"_s)));
    }

    void aCheckTellsTestsAndHints()
    {
        const RuleCheck check = checkDraft(sigma(goodRule));
        QVERIFY(check.isUsable());
        QVERIFY(check.remarks.empty());
        QCOMPARE(check.tests.size(), std::size_t(2));
        QVERIFY(check.tests[0].passed && check.tests[1].passed);
        QCOMPARE(check.tests[1].line, 12);

        QString wrong = QString::fromUtf8(goodRule);
        wrong.replace(u"export.download\n  condition"_s, u"export.downlaod\n  condition"_s);
        const RuleCheck slip = checkDraft(sigma(wrong.toUtf8().constData()));
        QVERIFY(slip.isUsable());
        QVERIFY(!slip.tests[0].passed);
        QCOMPARE(slip.remarks.size(), std::size_t(1));
        QCOMPARE(slip.remarks[0].weight, Remark::Weight::Hint);
        QCOMPARE(slip.remarks[0].line, 5);
        QVERIFY(slip.remarks[0].sentence.contains(u"downlaod"));
    }

    void aCheckNamesTheLine_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<int>("line");
        QTest::newRow("no YAML") << u"title: A\ndetection: [\n"_s << 3;
        QTest::newRow("modifier") << u"title: A\ndetection:\n  s:\n    eventType|sounds: x\n  condition: s\n"_s << 4;
        QTest::newRow("condition") << u"title: A\ndetection:\n  s:\n    eventType: x\n  condition: t\n"_s << 5;
        QTest::newRow("level") << u"title: A\ndetection: {s: {eventType: x}, condition: s}\nlevel: huge\n"_s << 3;
        QTest::newRow("empty") << u""_s << 0;
    }

    void aCheckNamesTheLine()
    {
        QFETCH(QString, yaml);
        QFETCH(int, line);
        const RuleCheck check = checkDraft(sigma(yaml.toUtf8().constData()));
        QVERIFY(!check.isUsable());
        QCOMPARE(check.remarks.size(), std::size_t(1));
        QCOMPARE(check.remarks[0].weight, Remark::Weight::Error);
        QVERIFY2(std::abs(check.remarks[0].line - line) <= 1, qPrintable(QString::number(check.remarks[0].line)));
    }

    void pythonIsCheckedInItsProcess()
    {
        const RuleCheck good = checkDraft(
            pythonDraft(u"def rule(event):\n    return event.get('eventType') == 'user.session.start'\n"_s));
        QVERIFY2(good.isUsable(), good.remarks.empty() ? "" : qPrintable(good.remarks.front().sentence));
        QCOMPARE(good.tests.size(), std::size_t(2));
        QVERIFY(good.tests[0].passed && good.tests[1].passed);
        QCOMPARE(good.tests[0].line, 9);

        const RuleCheck broken = checkDraft(pythonDraft(u"def rule(event):\n    return (\n"_s));
        QVERIFY(!broken.isUsable());
        QVERIFY(broken.remarks[0].isOfPython);
        QCOMPARE(broken.remarks[0].line, 2);

        RuleDraft outside = pythonDraft(u"def rule(event):\n    return True\n"_s);
        outside.yaml.replace(u"own.py"_s, u"../own.py"_s);
        QVERIFY(!checkDraft(outside).isUsable());
        RuleDraft other = pythonDraft(u"def rule(event):\n    return True\n"_s);
        other.yaml.replace(u"Okta.SystemLog"_s, u"AWS.CloudTrail"_s);
        QVERIFY(!checkDraft(other).isUsable());
    }

    void pythonMayUseTheFoldersHelpers()
    {
        Pack pack = packsIn(QStringLiteral(PANTHER_FIXTURES)).front();
        const PythonHelpers helpers = helpersOf({pack});
        QCOMPARE(helpers.helpers.size(), 1);
        const RuleCheck check = checkDraft(
            pythonDraft(u"from octo_helpers import who\n\ndef rule(event):\n    return bool(who(event)) and "
                        "event.get('eventType') == 'user.session.start'\n"_s),
            helpers);
        QVERIFY2(check.isUsable(), check.remarks.empty() ? "" : qPrintable(check.remarks.front().sentence));
        QVERIFY2(check.tests[0].passed, qPrintable(check.tests[0].sentence));
    }

    void ownRulesAreAPack()
    {
        std::vector<OwnRule> rules{{u"a"_s, sigma(goodRule)}, {u"b"_s, sigma("title: [")},
            {u"c"_s, pythonDraft(u"def rule(event):\n    return True\n"_s)}};
        std::vector<Pack> packs{ownPack(rules)};
        QCOMPARE(packs[0].set.rules.size(), std::size_t(2));
        QCOMPARE(packs[0].set.problems.size(), std::size_t(1));
        QCOMPARE(ownDocument(packs[0].set.problems[0].file), u"b"_s);
        QCOMPARE(ownDocument(packs[0].set.rules[1]->file), u"c"_s);
        QVERIFY(packs[0].set.rules[1]->python());
        QVERIFY(QFile::exists(packs[0].set.rules[1]->python()->folder->rules.front().script));
        Pack other = packs[0];
        other.title = u"Other"_s;
        other.folder = u"/rules"_s;
        packs.push_back(other);
        tellDoubles(packs);
        QCOMPARE(packs[1].id, u"/rules"_s);
        QCOMPARE(packs[0].set.problems.size(), std::size_t(1));
        QCOMPARE(packs[1].set.problems.size(), std::size_t(3));
    }

    void filtersBecomeRules_data()
    {
        QTest::addColumn<QString>("filter");
        for (const char *filter :
            {R"(eventType eq "user.session.start")",
                R"(eventType eq "user.session.start" and outcome.result eq "FAILURE" and not (client.ipAddress sw "10."))",
                R"(eventType in ("policy.rule.update", "user.session.start") and (severity eq "WARN" or outcome.result ne "SUCCESS"))",
                R"(actor.alternateId co "EXAMPLE" or actor.alternateId ew "x" or target.displayName sw "om")",
                R"(target.alternateId eq "a*b?c\\d")", R"(client.ipAddress cidr ("203.0.113.0/24", "10.0.0.0/8"))",
                R"(not (outcome.reason pr) and eventType pr)", R"(published.hour lt 6 or published.hour ge 22)",
                R"(published ge "2026-01-06T00:00:00Z")", R"(securityContext.asNumber ge 64500)",
                R"(actor.alternateId re "^(?i)omar")", R"(target.alternateId eq field(target.displayName))",
                R"(* co "omar" and not (* co "policy"))", R"(outcome.result eq null)", R"(outcome.result ne null)",
                R"(debugContext.debugData.risk co "level=HIGH")", R"(actor.alternateId eq "admin: 'root' # x")",
                R"(target.displayName eq "yes" or severity eq "warn")", R"(outcome.reason eq "abc\ndef")",
                R"(actor.alternateId eq "")", R"(target[alternateId co "omar"])",
                R"(not (eventType eq "a" or not (outcome.result eq "FAILURE" and severity ne "WARN")))",
                R"(actor.alternateId co "a" and actor.alternateId co "example")", R"(omar example)"}) {
            QTest::newRow(filter) << QString::fromUtf8(filter);
        }
    }

    /// The rule says of every event what the filter says of it.
    void filtersBecomeRules()
    {
        QFETCH(QString, filter);
        const auto input = filter::parseInput(filter.toStdString());
        QVERIFY(input);
        const auto draft = draftFromFilter(filter);
        QVERIFY2(draft, draft ? "" : qPrintable(draft.error().sentence));
        const RuleCheck check = checkDraft(*draft);
        QVERIFY2(check.isUsable(),
            qPrintable(draft->yaml + (check.remarks.empty() ? QString() : check.remarks.front().sentence)));
        const filter::Matcher wanted(*input);
        const filter::Matcher made(*check.rule->expression());
        for (const event::LogEvent &event : sampleEvents()) {
            QVERIFY2(wanted.matches(event) == made.matches(event), qPrintable(draft->yaml));
        }
    }

    void whatSigmaCannotSay_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("reason");
        QTest::newRow("several of one") << QString::fromUtf8(R"(target[type eq "User" and alternateId co "x"])")
                                        << u"one and the same target"_s;
        QTest::newRow("profile") << QString::fromUtf8(R"(actor.profile.department eq "Finance")")
                                 << u"asks a profile"_s;
        QTest::newRow("order of texts") << QString::fromUtf8(R"(actor.alternateId gt "m")") << u"not texts"_s;
        QTest::newRow("odd name") << QString::fromUtf8(R"(debugContext.debugData."a.b" eq "x")") << u"cannot name"_s;
        QTest::newRow("empty") << u" "_s << u"empty"_s;
        QTest::newRow("wrong") << u"eventType eq (\""_s << QString();
    }

    void whatSigmaCannotSay()
    {
        QFETCH(QString, filter);
        QFETCH(QString, reason);
        const auto draft = draftFromFilter(filter);
        QVERIFY(!draft);
        QVERIFY2(draft.error().sentence.contains(reason), qPrintable(draft.error().sentence));
    }

    void eventsBecomeRules()
    {
        for (const event::LogEvent &event : sampleEvents()) {
            const auto traits = traitsOf(event);
            QVERIFY(!traits.empty());
            QCOMPARE(traits.front().path, std::string("eventType"));
            QVERIFY(traits.front().isUsual);
            const RuleCheck check = checkDraft(draftFromEvent(event, traits));
            QVERIFY2(check.isUsable(), qPrintable(check.draft.yaml));
            QCOMPARE(check.tests.size(), std::size_t(1));
            QVERIFY2(check.tests[0].passed, qPrintable(check.draft.yaml));
            const filter::Matcher matcher(*check.rule->expression());
            for (const event::LogEvent &other : sampleEvents()) {
                QVERIFY2(matcher.matches(other) == (other.uuid() == event.uuid()), qPrintable(check.draft.yaml));
            }
        }
    }

    void templatesPassTheirTests()
    {
        const auto templates = ruleTemplates();
        QVERIFY(templates.size() >= 10);
        QSet<QString> ids;
        for (const RuleTemplate &one : templates) {
            QVERIFY2(!one.description.isEmpty() && !one.title.isEmpty(), qPrintable(one.id));
            QVERIFY(!one.draft.yaml.contains(u"SPDX"));
            const RuleCheck check = checkDraft(one.draft.withNewIds());
            QVERIFY2(check.isUsable(),
                qPrintable(one.id + (check.remarks.empty() ? QString() : check.remarks.front().sentence)));
            for (const Remark &remark : check.remarks) {
                QFAIL(qPrintable(one.id + u": "_s + remark.sentence));
            }
            QVERIFY2(check.tests.size() >= 2, qPrintable(one.id));
            for (const CheckedTest &test : check.tests) {
                QVERIFY2(test.passed, qPrintable(one.id + u": "_s + test.name + u": "_s + test.sentence));
            }
            ids.insert(one.title);
        }
        QVERIFY(ids.contains(u"Suspicious Behavior Reported"_s));
    }

    void foldersAreWatched()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(u"below"_s));
        FolderWatch watch;
        watch.setFolders({folder.path()});
        QSignalSpy changed(&watch, &FolderWatch::changed);
        const auto write = [](const QString &name, const char *text) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(folder.filePath(u"below/a.yml"_s), "title: A");
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), patience);
        changed.clear();
        write(folder.filePath(u"below/a.yml"_s), "title: B");
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), patience);
        changed.clear();
        QVERIFY(QFile::remove(folder.filePath(u"below/a.yml"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), patience);
    }
};

QTEST_GUILESS_MAIN(TestRuleDrafts)
#include "tst_rule_drafts.moc"
