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
using store::AlertMoment;
using store::AlertQuery;
using store::AlertSeverity;
using store::AlertState;
using store::Finding;
using Names = std::vector<std::string>;

/// What analysts do with alerts.
class TestAlertWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_case = std::make_unique<AlertCase>(); }
    void cleanup() { m_case.reset(); }

    void listsFilteredAndSorted();
    void tellsWhenAlertsBegan();
    void changesStatesAndUndoes();
    void removesAndBringsBack();
    void keepsNotes();
    void tellsWhatChanged();
    void suppressesUntil();
    void suppressesOnlyWhatMatchesWhole();
    void refusesSuppressionsThatMakeNoSense();
    void goesWithItsSource();

private:
    store::DetectionReport commit(std::vector<Finding> findings) { return m_case->commit(std::move(findings)); }
    std::vector<Alert> list(const AlertQuery &query = {}) { return m_case->list(query); }
    Names keys(const AlertQuery &query) { return m_case->keys(query); }

    std::unique_ptr<AlertCase> m_case;
};

void TestAlertWork::listsFilteredAndSorted()
{
    const auto add = [&](const char *rule, const char *key, AlertSeverity severity, event::Timestamp time) {
        Finding f = finding(rule, key, time, key);
        f.severity = severity;
        f.tags = {u"attack.t1110"_s, u"attack.credential_access"_s};
        commit({f});
    };
    add("b", "ann", AlertSeverity::Low, noon);
    add("a", "Bob", AlertSeverity::Critical, noon + 2h);
    add("a", "cleo", AlertSeverity::Medium, noon + 1h);
    QCOMPARE(keys({}), (Names{"Bob", "cleo", "ann"}));
    using store::AlertOrder;
    QCOMPARE(keys({.order = AlertOrder::Severity}), (Names{"Bob", "cleo", "ann"}));
    QCOMPARE(keys({.order = AlertOrder::Severity, .descending = false}), (Names{"ann", "cleo", "Bob"}));
    QCOMPARE(keys({.order = AlertOrder::Actor, .descending = false}), (Names{"ann", "Bob", "cleo"}));
    QCOMPARE(keys({.order = AlertOrder::Rule, .descending = false}), (Names{"cleo", "Bob", "ann"}));
    for (const AlertOrder order : {AlertOrder::Title, AlertOrder::Source, AlertOrder::Matches, AlertOrder::First,
             AlertOrder::State, AlertOrder::Assignee}) {
        QCOMPARE(keys({.order = order}).size(), 3U);
    }
    QCOMPARE(keys({.leastSeverity = AlertSeverity::Medium}), (Names{"Bob", "cleo"}));
    QCOMPARE(keys({.ruleId = u"b"_s}), Names{"ann"});
    QCOMPARE(keys({.actor = u"ann"_s}), Names{"ann"});
    QCOMPARE(keys({.text = u"T1110 CLEO"_s}), Names{"cleo"});
    QCOMPARE(keys({.text = u"100% _"_s}), Names{});
    QCOMPARE(keys({.sources = {2}}), Names{});
    QCOMPARE(keys({.range = {noon + 30min, noon + 90min}}), Names{"cleo"});
    const store::AlertList some = must(get(m_case->alerts->list({.limit = 2})));
    QCOMPARE(some.alerts.size(), 2U);
    QCOMPARE(some.total, 3);
    must(get(m_case->alerts->setState({list({.actor = u"ann"_s}).front().id}, AlertState::Resolved)));
    QCOMPARE(keys({.states = {AlertState::Open, AlertState::Acknowledged}}), (Names{"Bob", "cleo"}));
    QCOMPARE(keys({.states = {AlertState::Resolved}}), Names{"ann"});
}

void TestAlertWork::tellsWhenAlertsBegan()
{
    const auto raise = [&](const char *key, event::Timestamp time, AlertSeverity severity) {
        Finding f = finding("r", key, time, key);
        f.severity = severity;
        commit({f});
    };
    raise("before", noon - 1us, AlertSeverity::Critical);
    raise("ann", noon, AlertSeverity::Low);
    raise("bob", noon + 59s, AlertSeverity::High);
    raise("cleo", noon + 3min, AlertSeverity::Medium);
    raise("after", noon + 5min, AlertSeverity::Critical);
    const auto moments
        = [&](const AlertQuery &query) { return must(get(m_case->alerts->moments(query, noon, 1min, 5))); };
    const std::vector<AlertMoment> all = moments({});
    QCOMPARE(all.size(), 2U);
    QCOMPARE(all[0].time.time_since_epoch().count(), noon.time_since_epoch().count());
    QCOMPARE(all[0].count, 2);
    QVERIFY(all[0].severity == AlertSeverity::High);
    QCOMPARE(all[0].title, QStringLiteral("Rule r by bob"));
    QCOMPARE(all[1].time.time_since_epoch().count(), (noon + 3min).time_since_epoch().count());
    QCOMPARE(all[1].count, 1);
    QVERIFY(all[1].severity == AlertSeverity::Medium);
    AlertQuery grave;
    grave.leastSeverity = AlertSeverity::High;
    QCOMPARE(moments(grave).size(), 1U);
    QVERIFY(must(get(m_case->alerts->moments({}, noon, 0us, 0))).empty());
}

void TestAlertWork::changesStatesAndUndoes()
{
    commit({finding("r", "ann", noon, "1"), finding("r", "bob", noon, "2"), finding("r", "cleo", noon, "3")});
    std::vector<store::AlertId> ids;
    for (const Alert &alert : list()) {
        ids.push_back(alert.id);
    }
    must(get(m_case->alerts->setState({ids[0]}, AlertState::Acknowledged)));
    const store::AlertUndo undo = must(get(m_case->alerts->setState(ids, AlertState::Resolved)));
    QCOMPARE(undo.before.size(), 3U);
    QCOMPARE(must(get(m_case->alerts->counts())).open(), 0);
    // Nothing to change, nothing to undo.
    QVERIFY(must(get(m_case->alerts->setState(ids, AlertState::Resolved))).before.empty());
    must(get(m_case->alerts->undo(undo)));
    QCOMPARE(must(get(m_case->alerts->counts())).open(), 2);
    QCOMPARE(must(get(m_case->alerts->alert(ids[0]))).alert.state, AlertState::Acknowledged);

    const store::AlertUndo unassign = must(get(m_case->alerts->setAssignee(ids, u"Ada"_s)));
    QCOMPARE(list({.text = u"ada"_s}).size(), 3U);
    must(get(m_case->alerts->undo(unassign)));
    QCOMPARE(list({.text = u"ada"_s}).size(), 0U);
    // An id that is not there is no error.
    QVERIFY(must(get(m_case->alerts->setState({4711}, AlertState::Resolved))).before.empty());
    // A resolved alert still takes what belongs to it, and stays resolved.
    must(get(m_case->alerts->setState(ids, AlertState::FalsePositive)));
    commit({finding("r", "ann", noon + 5min, "4")});
    QCOMPARE(list().size(), 3U);
    QCOMPARE(must(get(m_case->alerts->counts())).open(), 0);
}

void TestAlertWork::removesAndBringsBack()
{
    commit({finding("r", "ann", noon, "1"), finding("r", "bob", noon, "2")});
    const store::AlertId id = list({.actor = u"ann"_s}).front().id;
    const store::AlertUndo undo = must(get(m_case->alerts->remove({id})));
    QCOMPARE(keys({}), Names{"bob"});
    QCOMPARE(get(m_case->alerts->alert(id)).error().kind, event::ErrorKind::NotFound);
    QCOMPARE(must(get(m_case->alerts->counts())).all(), 1);
    must(get(m_case->alerts->undo(undo)));
    QCOMPARE(list().size(), 2U);
    QCOMPARE(must(get(m_case->alerts->alert(id))).uuids.size(), 1U);
    // What comes after a removal is told again.
    must(get(m_case->alerts->remove({id})));
    QCOMPARE(commit({finding("r", "ann", noon + 1min, "3")}).raised.size(), 1U);
}

void TestAlertWork::keepsNotes()
{
    commit({finding("r", "ann", noon, "1")});
    const store::AlertId id = list().front().id;
    must(get(m_case->alerts->addNote({id}, u"Called her; it was her <b>phone</b>."_s)));
    must(get(m_case->alerts->setState({id}, AlertState::FalsePositive)));
    must(get(m_case->alerts->setAssignee({id}, u"Ada"_s)));
    const store::AlertDetails details = must(get(m_case->alerts->alert(id)));
    QCOMPARE(details.notes.size(), 3U);
    QCOMPARE(details.notes[0].text, u"Called her; it was her <b>phone</b>."_s);
    QCOMPARE(details.notes[1].kind, store::AlertNote::Kind::State);
    QCOMPARE(details.notes[1].state, AlertState::FalsePositive);
    QCOMPARE(details.notes[2].text, u"Ada"_s);
    QVERIFY(details.notes[0].time <= details.notes[2].time);
    QVERIFY(event::now() - details.notes[0].time < 10min);
}

void TestAlertWork::tellsWhatChanged()
{
    // Also an object that did not do it.
    store::Alerts other(m_case->file.shared());
    std::vector<store::AlertChange> changes;
    connect(
        &other, &store::Alerts::changed, this, [&](const store::AlertChange &change) { changes.push_back(change); });
    Finding f = finding("r", "ann", noon, "1");
    f.description = u"Why"_s;
    commit({f});
    QTRY_COMPARE(changes.size(), 1U);
    QCOMPARE(changes[0].raised.size(), 1U);
    QCOMPARE(changes[0].raised[0].description, u"Why"_s);
    const store::AlertId id = changes[0].raised[0].id;
    commit({finding("r", "ann", noon, "2")});
    must(get(m_case->alerts->setState({id}, AlertState::Resolved)));
    must(get(m_case->alerts->remove({id})));
    must(get(m_case->alerts->commit({{}, 99, engine}))); // nothing to tell
    must(get(m_case->alerts->putSuppression({.filter = u"actor.alternateId eq \"x\""_s})));
    QTRY_COMPARE(changes.size(), 5U);
    QCOMPARE(changes[1].updated, std::vector{id});
    QCOMPARE(changes[2].updated, std::vector{id});
    QCOMPARE(changes[3].removed, std::vector{id});
    QVERIFY(changes[4].suppressions);
    QTest::qWait(0);
    QCOMPARE(changes.size(), 5U);
}

void TestAlertWork::suppressesUntil()
{
    const auto report = m_case->file.append(events(0, 40));
    const std::string actor = actorOf(0);
    const auto find = [&](int n, const char *rule) {
        Finding f = finding(rule, "", publishedOf(n), uuidOf(n), report.firstSeq + n);
        f.dedupKey = QString::number(n);
        return f;
    };
    store::Suppression suppression;
    suppression.ruleId = u"r"_s;
    suppression.filter = QString::fromStdString("actor.alternateId eq \"" + actor + "\"");
    suppression.until = publishedOf(20);
    suppression = must(get(m_case->alerts->putSuppression(suppression)));
    QVERIFY(suppression.id != 0);
    std::vector<Finding> findings;
    int kept = 0;
    int expected = 0;
    for (int n = 0; n < 40; ++n) {
        findings.push_back(find(n, "r"));
        const bool held = actorOf(n) == actor && publishedOf(n) < publishedOf(20);
        expected += held;
        kept += !held;
    }
    QVERIFY(expected > 0);
    const auto first = commit(findings);
    QCOMPARE(first.suppressed, expected);
    QCOMPARE(first.raised.size(), static_cast<std::size_t>(kept));
    // Another rule is not meant.
    QCOMPARE(commit({find(0, "other")}).raised.size(), 1U);
    // Counted, not lost.
    const auto stored = must(get(m_case->alerts->suppressions()));
    QCOMPARE(stored.size(), 1U);
    QCOMPARE(stored[0].suppressed, expected);
    QVERIFY(stored[0].lastSuppressed && *stored[0].lastSuppressed < publishedOf(20));
    // Taken away, it holds nothing back any more.
    must(get(m_case->alerts->removeSuppression(suppression.id)));
    QVERIFY(must(get(m_case->alerts->suppressions())).empty());
    QCOMPARE(commit({find(0, "r")}).raised.size(), 1U);
}

void TestAlertWork::suppressesOnlyWhatMatchesWhole()
{
    const auto report = m_case->file.append(events(0, 60));
    int other = 1;
    while (actorOf(other) == actorOf(0)) {
        ++other;
    }
    store::Suppression suppression;
    suppression.filter = QString::fromStdString("actor.alternateId eq \"" + actorOf(0) + "\"");
    must(get(m_case->alerts->putSuppression(suppression)));
    Finding f = finding("r", "two", publishedOf(0), uuidOf(0), report.firstSeq);
    QCOMPARE(commit({f}).suppressed, 1);
    f.uuids.push_back(uuidOf(other));
    f.seqs.push_back(report.firstSeq + other);
    QCOMPARE(commit({f}).raised.size(), 1U);
    // Without an event there is nothing that could match.
    f = finding("silent", "source", noon, "");
    f.uuids.clear();
    f.seqs.clear();
    QCOMPARE(commit({f}).raised.size(), 1U);
}

void TestAlertWork::refusesSuppressionsThatMakeNoSense()
{
    store::Suppression suppression;
    QCOMPARE(get(m_case->alerts->putSuppression(suppression)).error().kind, event::ErrorKind::InvalidInput);
    suppression.filter = u"actor.alternateId eq"_s;
    const auto error = get(m_case->alerts->putSuppression(suppression)).error();
    QVERIFY(error.column > 0);
    QVERIFY(!error.sentence.isEmpty());
    QVERIFY(must(get(m_case->alerts->suppressions())).empty());
}

void TestAlertWork::goesWithItsSource()
{
    store::SourceConfig source;
    source.name = u"Acme"_s;
    source = must(get(m_case->file.store().putSource(source)));
    m_case->file.append(events(0, 3), source.id);
    Finding f = finding("r", "ann", noon, "1");
    f.source = source.id;
    commit({f});
    must(get(m_case->file.store().removeSource(source.id, false)));
    QCOMPARE(list().size(), 1U);
    must(get(m_case->file.store().removeSource(source.id, true)));
    QCOMPARE(list().size(), 0U);
}

QTEST_GUILESS_MAIN(TestAlertWork)
#include "tst_alert_work.moc"
