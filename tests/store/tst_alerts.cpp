// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "AlertCase.h"
#include "Events.h"

#include <QSignalSpy>
#include <QTest>
#include <algorithm>

using namespace octotrail;
using namespace octotrail::test;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using store::Alert;
using store::AlertQuery;
using store::AlertSeverity;
using store::AlertState;
using store::Finding;
using Names = std::vector<std::string>;

/// Findings become alerts.
class TestAlerts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_case = std::make_unique<AlertCase>(); }
    void cleanup() { m_case.reset(); }

    void joinsFindingsOfAWindow();
    void joinsWithinOneCommit();
    void countsAnEventOnce();
    void takesWhatComesLate();
    void raisesAtTheThreshold();
    void countsUniqueValues();
    void countsACorrelationsMatches();
    void tellsHowFarACorrelationHasCome();
    void keepsTheHighestSeverity();
    void takesTheActorFromTheEvent();
    void tellsWhoDidItsEvents();
    void keepsTheActorThatTheRuleNames();
    void recordsWithoutCalling();
    void boundsWhatEventsSay();
    void remembersCursorAndState();
    void refusesNothingHalfway();
    void survivesReopening();

private:
    store::DetectionReport commit(std::vector<Finding> findings) { return m_case->commit(std::move(findings)); }
    std::vector<Alert> list(const AlertQuery &query = {}) { return m_case->list(query); }
    Names keys(const AlertQuery &query) { return m_case->keys(query); }

    std::unique_ptr<AlertCase> m_case;
};

void TestAlerts::joinsFindingsOfAWindow()
{
    QCOMPARE(commit({finding("r", "ann", noon, "1")}).raised.size(), 1U);
    const auto report = commit({finding("r", "ann", noon + 59min, "2")});
    QVERIFY(report.raised.empty());
    QCOMPARE(report.updated.size(), 1U);
    // The window does not slide: it ends an hour after its first event.
    QCOMPARE(commit({finding("r", "ann", noon + 60min, "3")}).raised.size(), 1U);
    // Another key and another rule are others.
    commit({finding("r", "bob", noon, "4"), finding("s", "ann", noon, "5")});
    const std::vector<Alert> alerts = list({.order = store::AlertOrder::First, .descending = false});
    QCOMPARE(alerts.size(), 4U);
    const auto ann = std::ranges::find_if(
        alerts, [](const Alert &a) { return a.first == noon && a.dedupKey == u"ann"_s && a.ruleId == u"r"_s; });
    QVERIFY(ann != alerts.end());
    QCOMPARE(ann->matches, 2);
    QCOMPARE(ann->events, 2);
    QVERIFY(ann->last == noon + 59min);
    QCOMPARE(ann->title, u"Rule r by ann"_s);
}

void TestAlerts::joinsWithinOneCommit()
{
    std::vector<Finding> findings;
    for (int i = 0; i < 3000; ++i) {
        findings.push_back(finding("r", i % 2 ? "ann" : "bob", noon + i * 1s, std::to_string(i)));
    }
    const auto report = commit(findings);
    QCOMPARE(report.raised.size(), 2U);
    for (const Alert &alert : list()) {
        QCOMPARE(alert.matches, 1500);
        QCOMPARE(must(get(m_case->alerts->alert(alert.id))).uuids.size(), 1500U);
    }
    // Every one of them again.
    QVERIFY(commit(findings).updated.empty());
    QCOMPARE(list().front().matches, 1500);
}

void TestAlerts::countsAnEventOnce()
{
    commit({finding("r", "ann", noon, "1"), finding("r", "ann", noon, "1")});
    const auto report = commit({finding("r", "ann", noon, "1")});
    QVERIFY(report.raised.empty());
    QVERIFY(report.updated.empty());
    QCOMPARE(list().size(), 1U);
    QCOMPARE(list().front().matches, 1);
}

void TestAlerts::takesWhatComesLate()
{
    commit({finding("r", "ann", noon, "1")});
    // A minute before the first one, but seen after it.
    QVERIFY(commit({finding("r", "ann", noon - 1min, "0")}).raised.empty());
    QVERIFY(list().front().first == noon - 1min);
    // Again: still once.
    commit({finding("r", "ann", noon - 1min, "0")});
    QCOMPARE(list().front().matches, 2);
    // The window stays where it was opened.
    QVERIFY(commit({finding("r", "ann", noon + 59min, "2")}).raised.empty());
    // Two hours before is another story; so is the day before, which the past is read for later.
    QCOMPARE(commit({finding("r", "ann", noon - 2h, "3")}).raised.size(), 1U);
    QCOMPARE(
        commit({finding("r", "ann", noon - 24h, "4"), finding("r", "ann", noon - 24h + 30min, "5")}).raised.size(), 1U);
    QCOMPARE(list().size(), 3U);
}

void TestAlerts::raisesAtTheThreshold()
{
    QSignalSpy changed(m_case->alerts.get(), &store::Alerts::changed);
    const auto weak = [](event::Timestamp time, const char *uuid) {
        Finding f = finding("r", "ann", time, uuid);
        f.threshold = 3;
        f.dedupPeriod = 10min;
        return f;
    };
    QVERIFY(commit({weak(noon, "1")}).raised.empty());
    QVERIFY(commit({weak(noon + 1min, "2"), weak(noon + 1min, "2")}).raised.empty());
    QVERIFY(list().empty());
    QCOMPARE(must(get(m_case->alerts->counts())).all(), 0);
    // Too late for the window: pending anew.
    QVERIFY(commit({weak(noon + 10min, "3")}).raised.empty());
    QVERIFY(list().empty());
    QVERIFY(changed.isEmpty());
    const auto report = commit({weak(noon + 9min, "4")});
    QCOMPARE(report.raised.size(), 1U);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(list().size(), 1U);
    QCOMPARE(list().front().matches, 3);
    QCOMPARE(must(get(m_case->alerts->alert(report.raised.front()))).uuids.size(), 3U);
}

void TestAlerts::countsUniqueValues()
{
    const auto from = [](const char *address, const char *uuid, event::Timestamp time) {
        Finding f = finding("r", "ann", time, uuid);
        f.threshold = 2;
        f.uniqueValue = address;
        return f;
    };
    for (int i = 0; i < 5; ++i) {
        QVERIFY(commit({from("192.0.2.1", std::to_string(i).c_str(), noon + i * 1s)}).raised.empty());
    }
    QCOMPARE(commit({from("192.0.2.2", "9", noon + 9s)}).raised.size(), 1U);
    QCOMPARE(list().front().matches, 6);
}

void TestAlerts::countsACorrelationsMatches()
{
    Finding first = finding("r", "ann", noon, "1");
    first.uuids = {"1", "2", "3"};
    first.seqs = {1, 2, 3};
    first.last = noon + 2s;
    Finding second = first;
    second.uuids = {"2", "3", "4"};
    second.seqs = {2, 3, 4};
    second.first = noon + 1s;
    second.last = noon + 3s;
    commit({first});
    commit({second, second});
    QCOMPARE(list().size(), 1U);
    QCOMPARE(list().front().matches, 2);
    QCOMPARE(list().front().events, 4);
    QVERIFY(list().front().last == noon + 3s);
}

void TestAlerts::tellsHowFarACorrelationHasCome()
{
    const auto tally = [](const char *uuid, int count, bool isTally) {
        Finding one = finding("r", "ann", noon, uuid);
        one.context = QStringLiteral("{\"measured\":%1}").arg(count);
        one.isTally = isTally;
        return one;
    };
    const auto context = [this] { return must(get(m_case->alerts->alert(list().front().id))).alert.context; };
    commit({tally("1", 5, true), tally("2", 6, true)});
    QCOMPARE(context(), QStringLiteral("{\"measured\":6}"));
    commit({tally("3", 7, true)});
    QCOMPARE(context(), QStringLiteral("{\"measured\":7}"));
    // Neither an event that is known nor another kind of finding changes it.
    commit({tally("3", 8, true), tally("4", 9, false)});
    QCOMPARE(context(), QStringLiteral("{\"measured\":7}"));
    QCOMPARE(list().size(), 1U);
}

void TestAlerts::keepsTheHighestSeverity()
{
    Finding f = finding("r", "ann", noon, "1");
    f.severity = AlertSeverity::Low;
    commit({f});
    f = finding("r", "ann", noon + 1s, "2");
    f.severity = AlertSeverity::Critical;
    commit({f});
    f = finding("r", "ann", noon + 2s, "3");
    f.severity = AlertSeverity::Info;
    commit({f});
    QCOMPARE(list().front().severity, AlertSeverity::Critical);
    QCOMPARE(must(get(m_case->alerts->counts())).highest(), AlertSeverity::Critical);
}

void TestAlerts::takesTheActorFromTheEvent()
{
    const auto report = m_case->file.append(events(0, 3));
    Finding f = finding("r", "key", publishedOf(1), uuidOf(1), report.firstSeq + 1);
    f.actor.clear();
    commit({f});
    QCOMPARE(list().front().actor.toStdString(), actorOf(1));
    const store::AlertDetails details = must(get(m_case->alerts->alert(list().front().id)));
    QCOMPARE(details.seqs, std::vector<store::Seq>{report.firstSeq + 1});
}

void TestAlerts::tellsWhoDidItsEvents()
{
    // Three events of one, then five of another.
    const auto report = m_case->file.append(events(0, 1000));
    const std::string one = actorOf(0);
    std::string other;
    int ones = 0;
    int others = 0;
    Finding first = finding("r", "key", publishedOf(0), {});
    first.actor.clear();
    first.uuids.clear();
    first.seqs.clear();
    Finding second = first;
    for (int n = 0; n < 1000; ++n) {
        if (actorOf(n) == one && ones < 3) {
            ++ones;
            first.uuids.push_back(uuidOf(n));
            first.seqs.push_back(report.firstSeq + n);
        } else if (actorOf(n) != one && (other.empty() || actorOf(n) == other) && others < 5) {
            other = actorOf(n);
            Finding &its = others++ == 0 ? first : second;
            its.uuids.push_back(uuidOf(n));
            its.seqs.push_back(report.firstSeq + n);
        }
    }
    QCOMPARE(ones, 3);
    QCOMPARE(others, 5);
    commit({first, finding("r", "alone", noon, "alone", 0)});
    const QString oneName = QString::fromStdString(one);
    const QString otherName = QString::fromStdString(other);
    const AlertQuery ofOther{.actor = otherName};
    Alert alert = list(ofOther).at(0);
    QCOMPARE(list(ofOther).size(), 1U);
    QCOMPARE(alert.actor, oneName);
    QCOMPARE(alert.actorCount, 2);
    QVERIFY((alert.actors == std::vector<store::AlertActor>{{oneName, 3}, {otherName, 1}}));
    QCOMPARE(list({.text = otherName.toUpper()}).size(), 1U);
    // Whoever did most of it by now.
    second.first = second.last = publishedOf(1);
    commit({second});
    alert = must(get(m_case->alerts->alert(alert.id))).alert;
    QCOMPARE(alert.matches, 2);
    QCOMPARE(alert.actor, otherName);
    QVERIFY((alert.actors == std::vector<store::AlertActor>{{otherName, 5}, {oneName, 3}}));
    QCOMPARE(list({.actor = oneName}).size(), 1U);
}

void TestAlerts::keepsTheActorThatTheRuleNames()
{
    const auto report = m_case->file.append(events(0, 2));
    Finding f = finding("r", "key", publishedOf(0), uuidOf(0), report.firstSeq);
    f.actor = u"victim@example.com"_s;
    commit({f});
    f.uuids = {uuidOf(1)};
    f.seqs = {report.firstSeq + 1};
    commit({f});
    const Alert alert = list({.actor = u"victim@example.com"_s}).at(0);
    QCOMPARE(alert.actor, u"victim@example.com"_s);
    QVERIFY(alert.actorCount >= 1);
    QCOMPARE(list({.actor = QString::fromStdString(actorOf(1))}).size(), 1U);
}

void TestAlerts::recordsWithoutCalling()
{
    Finding f = finding("r", "ann", noon, "1");
    f.severity = AlertSeverity::Info;
    f.isRecord = true;
    commit({f});
    QCOMPARE(list().at(0).state, AlertState::Recorded);
    QCOMPARE(must(get(m_case->alerts->counts())).open(), 0);
    QVERIFY(!must(get(m_case->alerts->counts())).highest());
    f.uuids = {"2"};
    QVERIFY(commit({f}).raised.empty());
    QCOMPARE(list({.states = {AlertState::Recorded}}).at(0).matches, 2);
    // The rule changed: now it asks for work.
    f.uuids = {"3"};
    f.isRecord = false;
    f.severity = AlertSeverity::Medium;
    QCOMPARE(commit({f}).raised.size(), 1U);
    QCOMPARE(list().size(), 1U);
    QCOMPARE(list().at(0).state, AlertState::Open);
    // And back: what is open stays so.
    f.uuids = {"4"};
    f.isRecord = true;
    commit({f});
    QCOMPARE(list().at(0).state, AlertState::Open);
    // What somebody took up stays taken up.
    f = finding("r", "bob", noon, "5");
    f.isRecord = true;
    commit({f});
    must(get(m_case->alerts->setState({list({.text = u"bob"_s}).at(0).id}, AlertState::Acknowledged)));
    f.uuids = {"6"};
    commit({f});
    QCOMPARE(list({.text = u"bob"_s}).at(0).state, AlertState::Acknowledged);
}

void TestAlerts::boundsWhatEventsSay()
{
    Finding f = finding("r", "ann", noon, "1");
    f.title = QString(100'000, QLatin1Char('x'));
    f.dedupKey = QString(100'000, QLatin1Char('k'));
    f.context = u"{\"a\":\"%1\"}"_s.arg(QString(300'000, QLatin1Char('y')));
    f.uniqueValue = std::string("\xff\xfe not UTF-8");
    commit({f});
    f.uuids = {"2"};
    commit({f});
    const Alert alert = must(get(m_case->alerts->alert(list().front().id))).alert;
    QCOMPARE(alert.matches, 2);
    QCOMPARE(alert.title.size(), 1000);
    QVERIFY(alert.title.endsWith(u"(truncated)"_s));
    QVERIFY(alert.context.size() < 1000);
}

void TestAlerts::remembersCursorAndState()
{
    QCOMPARE(must(get(m_case->alerts->cursor(engine))), 0);
    QVERIFY(must(get(m_case->alerts->state(engine))).empty());
    const std::string blob("a\0b\xff", 4);
    must(get(m_case->alerts->commit({{}, 7, engine, {{"a", blob}, {"b", "2"}}})));
    must(get(m_case->alerts->commit({{}, 9, u"other"_s, {{"a", "theirs"}}})));
    must(get(m_case->alerts->commit({{}, 8, engine, {{"b", ""}, {"c", "3"}}})));
    QCOMPARE(must(get(m_case->alerts->cursor(engine))), 8);
    const std::map<std::string, std::string> expected{{"a", blob}, {"c", "3"}};
    QCOMPARE(must(get(m_case->alerts->state(engine))), expected);
    must(get(m_case->alerts->forget(engine)));
    QCOMPARE(must(get(m_case->alerts->cursor(engine))), 0);
    QVERIFY(must(get(m_case->alerts->state(engine))).empty());
    QCOMPARE(must(get(m_case->alerts->cursor(u"other"_s))), 9);
}

void TestAlerts::refusesNothingHalfway()
{
    // Odd findings: no event, one event without a seq, an end before the beginning.
    Finding none = finding("r", "none", noon, "1");
    none.uuids.clear();
    none.seqs.clear();
    Finding noSeq = finding("r", "no seq", noon, "2");
    noSeq.seqs.clear();
    Finding noPeriod = finding("r", "no period", noon, "3");
    noPeriod.dedupPeriod = 0min;
    noPeriod.threshold = 0;
    QCOMPARE(commit({none, noSeq, noPeriod}).raised.size(), 3U);
    QCOMPARE(commit({none, noSeq, noPeriod}).updated.size(), 1U); // what has no event cannot be known again
}

void TestAlerts::survivesReopening()
{
    Finding f = finding("r", "ann", noon, "1");
    f.threshold = 2;
    f.description = u"Why"_s;
    f.runbook = u"Call\nher"_s;
    f.reference = u"https://example.com"_s;
    f.tags = {u"attack.t1110"_s};
    f.context = u"{\"a\":1}"_s;
    commit({f});
    m_case->open();
    f.uuids = {"2"};
    QCOMPARE(commit({f}).raised.size(), 1U);
    const Alert alert = must(get(m_case->alerts->alert(list().front().id))).alert;
    QCOMPARE(alert.description, u"Why"_s);
    QCOMPARE(alert.runbook, u"Call\nher"_s);
    QCOMPARE(alert.reference, u"https://example.com"_s);
    QCOMPARE(alert.tags, QStringList{u"attack.t1110"_s});
    QCOMPARE(alert.context, u"{\"a\":1}"_s);
    QCOMPARE(alert.matches, 2);
}

QTEST_GUILESS_MAIN(TestAlerts)
#include "tst_alerts.moc"
