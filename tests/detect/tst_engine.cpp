// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EngineWorld.h"
#include "tests/store/Case.h"

#include "detect/BackTest.h"
#include "detect/Engine.h"
#include "store/Alerts.h"
#include "store/Arrivals.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::detect;
using namespace octotrail::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60000;

QString lineOf(const QString &rule, const QString &key, event::Timestamp first, std::size_t events)
{
    return u"%1|%2|%3|%4"_s.arg(rule, key, QString::fromStdString(event::formatTimestamp(first))).arg(events);
}

/// What alerts say, without what differs from run to run.
QStringList summaryOf(store::Alerts &alerts)
{
    QStringList lines;
    for (const store::Alert &alert : must(get(alerts.list({}))).alerts) {
        const auto details = must(get(alerts.alert(alert.id)));
        lines.append(lineOf(alert.ruleId, alert.dedupKey, alert.first, details.uuids.size()));
    }
    lines.sort();
    return lines;
}

/// All that does not come from this machine's clock.
QStringList fullSummaryOf(store::Alerts &alerts)
{
    QStringList lines;
    for (const store::Alert &one : must(get(alerts.list({}))).alerts) {
        const auto details = must(get(alerts.alert(one.id)));
        const store::Alert &alert = details.alert;
        lines.append(lineOf(alert.ruleId, alert.dedupKey, alert.first, details.uuids.size())
            + u"|%1|%2|%3|%4|%5|%6"_s.arg(alert.id)
                  .arg(alert.title, QString::fromStdString(event::formatTimestamp(alert.last)))
                  .arg(alert.matches)
                  .arg(alert.events)
                  .arg(alert.context));
    }
    lines.sort();
    return lines;
}

QStringList summaryOf(const std::vector<AlertFold::Alert> &alerts)
{
    QStringList lines;
    for (const auto &alert : alerts) {
        const Match &match = alert.match;
        lines.append(lineOf(match.rule->id, match.dedupKey, match.first, match.members.size()));
    }
    lines.sort();
    return lines;
}

std::shared_ptr<store::Store> opened(const QString &file)
{
    return must(store::Store::open(file));
}

void append(store::Store &store, int first, int count)
{
    must(get(store.append({1, engineEvents(first, count), {}})));
}

/// Within what first_seen looks back.
event::LogEvent recent(int number, const std::string &ip)
{
    return event::LogEvent::fromBytes(R"({"uuid":"r)" + std::to_string(number) + R"(","published":")"
        + event::formatTimestamp(event::now() - std::chrono::hours(100 - number))
        + R"(","eventType":"good","actor":{"alternateId":"ann"},"client":{"ipAddress":")" + ip + "\"}}");
}

} // namespace

class TestEngine : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_number = 0;
    QString newFile() { return m_folder.filePath(u"%1.duckdb"_s.arg(++m_number)); }

private Q_SLOTS:
    void arrivals()
    {
        const auto store = opened(newFile());
        const store::Arrivals arrivals(store);
        QCOMPARE(must(arrivals.newest()), store::Seq{0});
        QVERIFY(must(arrivals.after(0, 10)).empty());
        append(*store, 0, 700);
        append(*store, 700, 5);
        QCOMPARE(must(arrivals.newest()), store::Seq{705});
        store::Seq seq = 0;
        while (true) {
            const auto events = must(arrivals.after(seq, 64));
            if (events.empty()) {
                break;
            }
            for (const auto &event : events) {
                QCOMPARE(event.seq, seq + 1);
                QCOMPARE(QByteArray::fromStdString(event.event.bytes()),
                    QByteArray::fromStdString(engineEvent(static_cast<int>(seq))));
                ++seq;
            }
        }
        QCOMPARE(seq, store::Seq{705});
    }

    void raisesAlertsOnNewEvents()
    {
        const auto store = opened(newFile());
        store::Alerts alerts(store);
        Engine engine(store, {enginePack()});
        QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
        QCOMPARE(engine.packs()->size(), std::size_t{1});
        append(*store, 0, 100);
        QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{100}, patience);
        append(*store, 100, 200);
        QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{300}, patience);
        const auto past = must(BackTest(store).alerts(enginePack().set.rules, {}));
        QVERIFY(past.size() > 10);
        QCOMPARE(summaryOf(alerts), summaryOf(past));
        const auto found = must(get(alerts.list({})));
        QVERIFY(std::ranges::any_of(found.alerts, [](const auto &alert) {
            return alert.title == u"Failure of user3"_s && alert.severity == store::AlertSeverity::Low;
        }));
        QVERIFY(std::ranges::any_of(found.alerts, [](const auto &alert) { return alert.ruleId == u"new-address"_s; }));
        QVERIFY(std::ranges::none_of(found.alerts, [](const auto &alert) { return alert.ruleId == u"any"_s; }));
    }

    void batchesMakeNoDifference()
    {
        constexpr int total = 1500;
        QStringList expected;
        std::int64_t findings = 0;
        for (const int size : {total, 7, 113, 500}) {
            const auto store = opened(newFile());
            store::Alerts alerts(store);
            Engine engine(store, {enginePack()});
            QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
            for (int first = 0; first < total; first += size) {
                append(*store, first, std::min(size, total - first));
            }
            QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{total}, patience);
            if (expected.isEmpty()) {
                expected = fullSummaryOf(alerts);
                findings = engine.status().findings;
                QVERIFY(expected.size() > 20);
                QVERIFY(findings > expected.size());
                QVERIFY(expected.filter(u"5 events within"_s).size() < expected.filter(u"many|"_s).size());
            }
            QCOMPARE(fullSummaryOf(alerts), expected);
            QCOMPARE(engine.status().findings, findings);
        }
    }

    void goesOnWhereItWas()
    {
        const QString file = newFile();
        QStringList whole;
        {
            const auto store = opened(newFile());
            store::Alerts alerts(store);
            Engine engine(store, {enginePack()});
            QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
            append(*store, 0, 600);
            QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{600}, patience);
            whole = summaryOf(alerts);
        }
        for (int round = 0; round < 3; ++round) {
            const auto store = opened(file);
            {
                Engine engine(store, {enginePack()});
                QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
                append(*store, round * 200, 100);
                QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{round * 200 + 100}, patience);
            }
            append(*store, round * 200 + 100, 100); // while it is away
        }
        const auto store = opened(file);
        store::Alerts alerts(store);
        Engine engine(store, {enginePack()});
        QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{600}, patience);
        QCOMPARE(summaryOf(alerts), whole);
    }

    void beginsNowAndKnowsThePast()
    {
        const auto store = opened(newFile());
        store::Alerts alerts(store);
        // Recent, so that it is within what first_seen looks back.
        must(get(store->append({1, {recent(1, "1.1.1.1"), recent(2, "2.2.2.2"), recent(3, "3.3.3.3")}, {}})));
        Engine engine(store, {enginePack()});
        QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
        QCOMPARE(engine.status().cursor, store::Seq{3});
        must(get(store->append({1, {recent(4, "2.2.2.2"), recent(5, "4.4.4.4")}, {}})));
        QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{5}, patience);
        const auto found = must(get(alerts.list({}))).alerts;
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().ruleId, u"new-address"_s);
        QCOMPARE(must(get(alerts.alert(found.front().id))).uuids.front(), std::string("r5"));
    }

    void choices()
    {
        const QString file = newFile();
        {
            const auto store = opened(file);
            store::Alerts alerts(store);
            Engine engine(store, {enginePack()});
            QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
            RuleChoices choices = engine.choices();
            choices.setRule(*enginePack().set.find(u"failure"_s), false);
            QSignalSpy changed(&engine, &Engine::packsChanged);
            engine.setChoices(choices);
            QVERIFY(changed.wait(patience));
            QVERIFY(!engine.choices().isRuleOn(*enginePack().set.find(u"failure"_s)));
            append(*store, 0, 60);
            QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{60}, patience);
            for (const store::Alert &alert : must(get(alerts.list({}))).alerts) {
                QVERIFY(alert.ruleId != u"failure"_s);
            }
        }
        const auto store = opened(file);
        store::Alerts alerts(store);
        Engine engine(store, {enginePack()});
        QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
        QVERIFY(!engine.choices().isRuleOn(*enginePack().set.find(u"failure"_s)));
        const auto before = must(get(alerts.list({}))).total;
        QVERIFY(before > 0);
        RuleChoices choices = engine.choices();
        choices.setRule(*enginePack().set.find(u"failure"_s), true);
        choices.setPack(u"engine"_s, false);
        QSignalSpy changed(&engine, &Engine::packsChanged);
        engine.setChoices(choices);
        QVERIFY(changed.wait(patience));
        QVERIFY(engine.choices().isRuleOn(*enginePack().set.find(u"failure"_s)));
        append(*store, 6000, 300);
        QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{360}, patience);
        QCOMPARE(must(get(alerts.list({}))).total, before);
    }

    void rulesInPython()
    {
        const QTemporaryDir folder;
        const auto write = [&](const QString &name, const QByteArray &text) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(u"off.yml"_s,
            "AnalysisType: rule\nRuleID: Off\nFilename: off.py\nEnabled: false\nSeverity: High\n"
            "LogTypes: [Okta.SystemLog]\n");
        write(u"off.py"_s,
            "def rule(event):\n    return event.get('eventType') == 'good'\n\n\ndef title(event):\n"
            "    return f\"{event.get('p_source_label')} says {event.deep_get('actor', 'alternateId')}\"\n");
        const auto store = opened(newFile());
        store::SourceConfig source;
        source.name = u"Acme"_s;
        const store::SourceId id = must(get(store->putSource(source))).id;
        store::Alerts alerts(store);
        Engine engine(store, packsIn(folder.path()));
        QTRY_VERIFY_WITH_TIMEOUT(engine.status().isRunning, patience);
        must(get(store->append({id, engineEvents(0, 4), {}})));
        QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{4}, patience);
        QCOMPARE(must(get(alerts.list({}))).total, 0); // its author has switched it off
        const RulePtr rule = engine.packs()->front().set.find(u"Off"_s);
        QVERIFY(rule && !rule->isOnByDefault && !engine.choices().isRuleOn(*rule));
        RuleChoices choices = engine.choices();
        choices.setRule(*rule, true);
        QSignalSpy changed(&engine, &Engine::packsChanged);
        engine.setChoices(choices);
        QVERIFY(changed.wait(patience));
        must(get(store->append({id, engineEvents(4, 1), {}})));
        QTRY_COMPARE_WITH_TIMEOUT(engine.status().cursor, store::Seq{5}, patience);
        const auto found = must(get(alerts.list({}))).alerts;
        QStringList titles;
        for (const store::Alert &alert : found) {
            titles.append(alert.title);
        }
        QVERIFY2(titles.contains(u"Acme says user4"_s), qPrintable(titles.join(u", "_s)));
    }

    void packsOfSources()
    {
        Pack pack = enginePack();
        pack.isBundled = true;
        RuleChoices choices;
        store::SourceConfig source;
        QVERIFY(!choices.watches(pack, source));
        source.packs = {u"engine"_s};
        QVERIFY(choices.watches(pack, source));
        choices.setPack(u"engine"_s, false);
        QVERIFY(!choices.watches(pack, source));
        choices.setPack(u"engine"_s, std::nullopt);
        store::SourceConfig archive;
        archive.collects = false;
        QVERIFY(choices.watches(pack, archive));
        choices.setFolders({u"/a"_s, u"/b c"_s});
        QCOMPARE(RuleChoices::fromState(choices.toState()), choices);
        QCOMPARE(choices.folders(), (QStringList{u"/a"_s, u"/b c"_s}));
    }

    void exactlyOnceWhateverHappens()
    {
        const QString file = newFile();
        const int total = 6000;
        int kills = 0;
        for (int round = 0; round < 40; ++round) {
            QProcess child;
            child.start(QStringLiteral(ENGINE_CHILD), {file, QString::number(total)});
            QVERIFY(child.waitForStarted());
            // At some batch, and some milliseconds into what comes of it.
            const int batches = static_cast<int>(QRandomGenerator::global()->bounded(3, 12));
            int lines = 0;
            while (lines < batches && child.waitForReadyRead(patience)) {
                lines += static_cast<int>(child.readAll().count('\n'));
            }
            if (round < 12 && child.state() == QProcess::Running) {
                child.waitForFinished(static_cast<int>(QRandomGenerator::global()->bounded(1, 15)));
                child.kill();
                child.waitForFinished(patience);
                ++kills;
                continue;
            }
            QVERIFY(child.waitForFinished(4 * patience));
            QVERIFY2(child.exitCode() == 0 && child.exitStatus() == QProcess::NormalExit,
                child.readAllStandardError().constData());
            break;
        }
        QVERIFY(kills >= 8);
        const auto store = opened(file);
        store::Alerts alerts(store);
        QCOMPARE(must(store::Arrivals(store).newest()), store::Seq{total});
        const auto past = must(BackTest(store).alerts(enginePack().set.rules, {}));
        QVERIFY(past.size() > 50);
        QCOMPARE(summaryOf(alerts), summaryOf(past));
    }

    void backTest()
    {
        const auto store = opened(newFile());
        append(*store, 0, 3000);
        const BackTest test(store);
        const RuleSet set = enginePack().set;
        const auto failure = must(test.run(set, set.find(u"failure"_s), {}));
        QCOMPARE(failure.matches, 1000);
        QCOMPARE(failure.events.size(), std::size_t{1000});
        QCOMPARE(failure.events.front(), store::Seq{1});
        QCOMPARE(failure.alerts, 7); // a user each, for a day
        event::TimeRange range;
        range.until = engineStart + std::chrono::seconds(600);
        QCOMPARE(must(test.run(set, set.find(u"failure"_s), range)).matches, 20);
        const auto many = must(test.run(set, set.find(u"many"_s), {}));
        const auto all = must(test.alerts(set.rules, {}));
        QCOMPARE(many.alerts,
            std::ranges::count_if(all, [](const auto &alert) { return alert.match.rule->id == u"many"_s; }));
        QVERIFY(many.alerts > 3);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!test.run(set, set.find(u"many"_s), {}, stop.get_token()));
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
