// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EngineWorld.h"
#include "tests/store/Case.h"

#include "detect/Engine.h"
#include "store/Alerts.h"

#include <QSignalSpy>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::detect;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60000;

event::LogEvent recent(int number, const std::string &type, const std::string &ip)
{
    return event::LogEvent::fromBytes(R"({"uuid":"r)" + std::to_string(number) + R"(","published":")"
        + event::formatTimestamp(event::now() - std::chrono::minutes(1000 - number)) + R"(","eventType":")" + type
        + R"(","actor":{"alternateId":"ann"},"client":{"ipAddress":")" + ip + "\"}}");
}

QByteArray failureRule(const QByteArray &id, const QByteArray &type = "fail")
{
    return "title: A failure\nid: " + id + "\nlogsource: {product: okta, service: okta}\ndetection: {s: {eventType: "
        + type + "}, condition: s}\nalert: {period: 1d}\n";
}

/// A bundled pack.
Pack bundled(const QByteArray &rule)
{
    RuleLoader loader;
    loader.addText(u"bundled.yml"_s, rule.toStdString());
    Pack pack;
    pack.id = u"bundled"_s;
    pack.title = u"Bundled"_s;
    pack.isBundled = true;
    pack.isOnByDefault = true;
    pack.set = loader.link();
    return pack;
}

} // namespace

/// Rules in a folder whose files change while the engine runs.
class TestRuleFiles : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<store::Store> m_store;
    std::unique_ptr<store::Alerts> m_alerts;
    std::unique_ptr<Engine> m_engine;
    int m_events = 0;

    void write(const QString &name, const QByteArray &text)
    {
        QVERIFY(QDir(m_folder->path()).mkpath(u"rules"_s));
        QFile file(m_folder->filePath(u"rules/"_s + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    void start(const Pack &pack)
    {
        m_engine = std::make_unique<Engine>(m_store, std::vector<Pack>{pack});
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->status().isRunning, patience);
        RuleChoices choices;
        choices.setFolders({m_folder->filePath(u"rules"_s)});
        m_engine->setChoices(choices);
        QTRY_COMPARE_WITH_TIMEOUT(m_engine->packs()->size(), std::size_t{2}, patience);
    }
    void choose(const RuleChoices &choices)
    {
        QSignalSpy changed(m_engine.get(), &Engine::packsChanged);
        m_engine->setChoices(choices);
        QVERIFY(changed.wait(patience));
    }
    const RuleSet &folderRules() const { return m_engine->packs()->back().set; }
    /// One event, and what has alerts afterwards.
    QStringList give(const std::string &type, const std::string &ip = "1.1.1.1")
    {
        must(get(m_store->append({1, {recent(++m_events, type, ip)}, {}})));
        [&] { QTRY_COMPARE_WITH_TIMEOUT(m_engine->status().cursor, store::Seq{m_events}, patience); }();
        QStringList lines;
        for (const store::Alert &alert : must(get(m_alerts->list({}))).alerts) {
            lines.append(u"%1 %2"_s.arg(alert.ruleId).arg(alert.events));
        }
        lines.sort();
        return lines;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = must(store::Store::open(m_folder->filePath(u"case.duckdb"_s)));
        m_alerts = std::make_unique<store::Alerts>(m_store);
        m_events = 0;
    }
    void cleanup()
    {
        m_engine.reset();
        m_alerts.reset();
        m_store.reset();
    }

    void anIdThatChanges()
    {
        write(u"a.yml"_s, failureRule("first-id"));
        start(bundled(failureRule("other", "never")));
        QVERIFY(folderRules().find(u"first-id"_s));
        QCOMPARE(give("fail"), (QStringList{u"first-id 1"_s}));
        QCOMPARE(give("fail"), (QStringList{u"first-id 2"_s}));
        write(u"a.yml"_s, failureRule("second-id"));
        QTRY_VERIFY_WITH_TIMEOUT(folderRules().find(u"second-id"_s), patience);
        QVERIFY(!folderRules().find(u"first-id"_s));
        // What was raised stays as it is, and goes on under the new id.
        QCOMPARE(give("fail"), (QStringList{u"first-id 2"_s, u"second-id 1"_s}));
        write(u"a.yml"_s, failureRule("first-id"));
        QTRY_VERIFY_WITH_TIMEOUT(folderRules().find(u"first-id"_s), patience);
        QCOMPARE(give("fail"), (QStringList{u"first-id 3"_s, u"second-id 1"_s}));
    }

    void anIdThatTwoFilesHave()
    {
        write(u"a.yml"_s, failureRule("same"));
        write(u"b.yml"_s, failureRule("same", "good"));
        write(u"c.yml"_s, failureRule("third"));
        start(bundled(failureRule("other", "never")));
        QCOMPARE(folderRules().rules.size(), std::size_t{2});
        QCOMPARE(folderRules().problems.size(), std::size_t{1});
        const Problem &problem = folderRules().problems.front();
        QVERIFY2(problem.file.endsWith(u"b.yml"_s) && problem.reason.contains(u"same"_s)
                && problem.reason.contains(u"a.yml"_s),
            qPrintable(problem.text()));
        QCOMPARE(give("good"), QStringList());
        QCOMPARE(give("fail"), (QStringList{u"same 1"_s, u"third 1"_s}));
        // The other one counts as soon as it is alone.
        QVERIFY(QFile::remove(m_folder->filePath(u"rules/a.yml"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(folderRules().problems.empty(), patience);
        QCOMPARE(give("good"), (QStringList{u"same 2"_s, u"third 1"_s}));
    }

    void anIdThatTwoPacksHave()
    {
        write(u"a.yml"_s, failureRule("same", "good"));
        start(bundled(failureRule("same", "fail")));
        const auto problems = folderRules().problems;
        QCOMPARE(problems.size(), std::size_t{1});
        QVERIFY2(problems.front().reason.contains(u"\"Bundled\""_s), qPrintable(problems.front().text()));
        QCOMPARE(give("good"), QStringList());
        QCOMPARE(give("fail"), (QStringList{u"same 1"_s}));
        // Whoever switches the pack off has a copy of its own.
        RuleChoices choices = m_engine->choices();
        choices.setPack(u"bundled"_s, false);
        choose(choices);
        QCOMPARE(give("fail"), (QStringList{u"same 1"_s}));
        QCOMPARE(give("good"), (QStringList{u"same 2"_s}));
        choices.setPack(u"bundled"_s, true);
        choose(choices);
        QCOMPARE(give("good"), (QStringList{u"same 2"_s}));
        QCOMPARE(give("fail"), (QStringList{u"same 3"_s}));
    }

    void aRuleThatChangesAndChangesBack()
    {
        const auto rule = [](const QByteArray &timespan) {
            return "title: Good\nname: good\nlogsource: {product: okta, service: okta}\n"
                   "detection: {s: {eventType: good}, condition: s}\n---\n"
                   "title: A new address\nid: new-address\ncorrelation: {type: first_seen, rules: good, "
                   "group-by: [actor.alternateId], field: client.ipAddress, timespan: "
                + timespan + "}\n";
        };
        must(get(
            m_store->append({1, {recent(++m_events, "good", "1.1.1.1"), recent(++m_events, "good", "2.2.2.2")}, {}})));
        write(u"a.yml"_s, rule("30d"));
        start(bundled(failureRule("other", "never")));
        const auto isThere = [&](std::chrono::hours timespan) {
            const RulePtr found = folderRules().find(u"new-address"_s);
            return found && found->correlation()->timespan == timespan;
        };
        QVERIFY(isThere(std::chrono::hours(30 * 24)));
        // It knows what came before it was there, each time that it comes.
        QCOMPARE(give("good", "1.1.1.1"), QStringList());
        write(u"a.yml"_s, rule("20d"));
        QTRY_VERIFY_WITH_TIMEOUT(isThere(std::chrono::hours(20 * 24)), patience);
        QCOMPARE(give("good", "2.2.2.2"), QStringList());
        // So many that what correlations remember is stored, and what no rule remembers any more goes.
        std::vector<event::LogEvent> idle;
        idle.reserve(20'100);
        for (int i = 0; i < 20'100; ++i) {
            idle.push_back(recent(1'000'000 + i, "idle", "9.9.9.9"));
        }
        m_events += static_cast<int>(idle.size());
        must(get(m_store->append({1, std::move(idle), {}})));
        QCOMPARE(give("good", "2.2.2.2"), QStringList());
        write(u"a.yml"_s, rule("30d"));
        QTRY_VERIFY_WITH_TIMEOUT(isThere(std::chrono::hours(30 * 24)), patience);
        QCOMPARE(give("good", "1.1.1.1"), QStringList());
        QCOMPARE(give("good", "3.3.3.3"), (QStringList{u"new-address 1"_s}));
    }

    void aRuleThatIsOffForAWhile()
    {
        const Pack pack = enginePack();
        write(u"a.yml"_s, failureRule("other", "never"));
        start(pack);
        QCOMPARE(give("good", "1.1.1.1"), (QStringList{u"new-address 1"_s}));
        RuleChoices choices = m_engine->choices();
        choices.setRule(*pack.set.find(u"new-address"_s), false);
        choose(choices);
        QCOMPARE(give("good", "2.2.2.2"), (QStringList{u"new-address 1"_s}));
        choices.setRule(*pack.set.find(u"new-address"_s), true);
        choose(choices);
        // What came while it was off is nothing new.
        QCOMPARE(give("good", "2.2.2.2"), (QStringList{u"new-address 1"_s}));
        QCOMPARE(give("good", "3.3.3.3"), (QStringList{u"new-address 2"_s}));
    }

    void aFileThatIsBrokenForAWhile()
    {
        write(u"a.yml"_s, failureRule("a"));
        write(u"b.yml"_s, failureRule("b"));
        start(bundled(failureRule("other", "never")));
        QCOMPARE(give("fail"), (QStringList{u"a 1"_s, u"b 1"_s}));
        write(u"a.yml"_s, "title: [\n");
        QTRY_COMPARE_WITH_TIMEOUT(folderRules().problems.size(), std::size_t{1}, patience);
        QVERIFY(folderRules().problems.front().line > 0);
        QCOMPARE(give("fail"), (QStringList{u"a 1"_s, u"b 2"_s}));
        write(u"a.yml"_s, failureRule("a"));
        QTRY_VERIFY_WITH_TIMEOUT(folderRules().problems.empty(), patience);
        QCOMPARE(give("fail"), (QStringList{u"a 2"_s, u"b 3"_s}));
    }
};

QTEST_GUILESS_MAIN(TestRuleFiles)
#include "tst_rule_files.moc"
