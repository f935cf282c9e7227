// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleEvents.h"
#include "exchange/CaseMerge.h"
#include "store/Alerts.h"
#include "store/Annotations.h"
#include "store/Cases.h"
#include "store/Coverage.h"
#include "store/Documents.h"
#include "store/Integrity.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <set>
#include <unistd.h>

using namespace octotrail;
using namespace Qt::StringLiterals;
using event::ErrorKind;

namespace {

template <class T>
auto get(QFuture<T> future)
{
    future.waitForFinished();
    return future.result();
}

store::SourceConfig archive(const QString &name, const QString &uuid)
{
    store::SourceConfig source;
    source.uuid = uuid;
    source.name = name;
    source.collects = false;
    return source;
}

store::SourceConfig organization(const QString &name, const QString &uuid, const QString &origin)
{
    store::SourceConfig source;
    source.uuid = uuid;
    source.name = name;
    source.origin = QUrl(origin);
    return source;
}

const event::Timestamp noon = *event::parseTimestamp("2026-03-01T12:00:00Z");

store::Finding finding(const QString &key, std::chrono::minutes after, const std::string &uuid)
{
    store::Finding found;
    found.ruleId = u"brute-force"_s;
    found.ruleTitle = u"Brute force"_s;
    found.title = u"Brute force by "_s + key;
    found.dedupKey = found.actor = key;
    found.source = 1;
    found.first = found.last = noon + after;
    found.uuids = {uuid};
    found.seqs = {1};
    return found;
}

} // namespace

/// One case made of two.
class TestCaseMerge : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }

    static store::SourceId addSource(store::Store &store, const store::SourceConfig &source)
    {
        return get(store.putSource(source))->id;
    }

    static void add(store::Store &store, store::SourceId source, int first, int last)
    {
        store::EventBatch batch;
        batch.source = source;
        for (int n = first; n < last; ++n) {
            batch.events.push_back(event::LogEvent::fromBytes(tests::sampleEvent(n).toStdString()));
        }
        QVERIFY(get(store.append(std::move(batch))));
    }

    static std::multiset<std::string> bytesOf(store::Store &store)
    {
        std::multiset<std::string> bytes;
        const auto read = store.forEachEvent(
            {}, [](std::int64_t) {},
            [&](const store::StoredEvent &stored) {
                bytes.insert(stored.event.bytes());
                return true;
            },
            {});
        return read ? bytes : std::multiset<std::string>();
    }

    /// A case with these events, closed.
    QString other(int first, int last)
    {
        const QString file = path(u"other.duckdb"_s);
        const auto store = *store::Store::open(file);
        const auto source = addSource(*store, archive(u"Archive"_s, u"aaaa"_s));
        add(*store, source, first, last);
        return file;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<store::Store> m_store;

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = *store::Store::open(path(u"case.duckdb"_s));
    }
    void cleanup() { m_store.reset(); }

    void eachEventOnce()
    {
        const QString file = other(50, 12'050);
        add(*m_store, addSource(*m_store, archive(u"Mine"_s, u"mmmm"_s)), 0, 100);
        exchange::MergeProgress last;
        const auto report
            = exchange::mergeCase(m_store, file, [&](const exchange::MergeProgress &progress) { last = progress; }, {});
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(report->totals.added, 11'950);
        QCOMPARE(report->totals.duplicates, 50);
        QCOMPARE(last.events, 12'000);
        QCOMPARE(last.total, 12'000);
        QCOMPARE(report->newSources, QStringList{u"Archive"_s});
        std::multiset<std::string> expected;
        for (int n = 0; n < 12'050; ++n) {
            expected.insert(tests::sampleEvent(n).toStdString());
        }
        QVERIFY(bytesOf(*m_store) == expected);
        QVERIFY(store::Integrity(m_store).verify({}, {}, {})->isSound());
        // Again, and nothing comes.
        const auto again = exchange::mergeCase(m_store, file, {}, {});
        QCOMPARE(again->totals.added, 0);
        QCOMPARE(again->totals.duplicates, 12'000);
        QVERIFY(again->newSources.isEmpty());
        QCOMPARE(get(m_store->sources())->size(), 2);
    }

    void sourcesFindEachOther()
    {
        const QString file = path(u"other.duckdb"_s);
        {
            const auto store = *store::Store::open(file);
            add(*store, addSource(*store, organization(u"Named otherwise"_s, u"same"_s, u"https://a.okta.com"_s)), 0,
                10);
            add(*store, addSource(*store, organization(u"B"_s, u"other"_s, u"https://b.okta.com"_s)), 10, 20);
            add(*store, addSource(*store, organization(u"C"_s, u"new"_s, u"https://c.okta.com"_s)), 20, 30);
            add(*store, addSource(*store, archive(u"Archive"_s, u"x"_s)), 30, 40);
            add(*store, 77, 40, 50); // of a source that was removed
        }
        const auto a = addSource(*m_store, organization(u"A"_s, u"same"_s, u"https://a.okta.com"_s));
        const auto b = addSource(*m_store, organization(u"My B"_s, u"mine"_s, u"https://b.okta.com"_s));
        const auto d = addSource(*m_store, archive(u"Archive"_s, u"y"_s));
        const auto report = exchange::mergeCase(m_store, file, {}, {});
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(get(m_store->counts(a))->events, 10);
        QCOMPARE(get(m_store->counts(b))->events, 10);
        QCOMPARE(get(m_store->counts(d))->events, 10);
        QCOMPARE(report->newSources, (QStringList{u"C"_s, u"other"_s}));
        const auto sources = *get(m_store->sources());
        QCOMPARE(sources.size(), 5);
        const auto c = std::ranges::find(sources, u"C"_s, &store::SourceConfig::name);
        QVERIFY(c->paused); // it does not begin to collect by itself
        QCOMPARE(c->uuid, u"new"_s);
        QCOMPARE(get(m_store->counts(c->id))->events, 10);
    }

    void notesComeAlong()
    {
        const QString file = other(0, 10);
        {
            const auto store = *store::Store::open(file);
            QVERIFY(get(store::Annotations(store).edit({1, 2}, {true, {u"theirs"_s}, {}, u"Their note"_s})));
            store::Documents documents(store);
            QVERIFY(get(documents.save({u"search"_s, u"s1"_s, {}, u"Their search"_s, "{}", {}})));
            QVERIFY(get(documents.save({u"search"_s, u"s2"_s, {}, u"Another"_s, "{}", {}})));
            QVERIFY(get(documents.save({u"rule"_s, u"r1"_s, {}, u"Their rule"_s, "x", {}})));
        }
        add(*m_store, addSource(*m_store, archive(u"Archive"_s, u"aaaa"_s)), 0, 5);
        QVERIFY(get(store::Annotations(m_store).edit({1}, {{}, {u"mine"_s}, {}, u"My note"_s})));
        QVERIFY(get(store::Documents(m_store).save({u"search"_s, u"s1"_s, {}, u"My search"_s, "[]", {}})));
        const auto report = exchange::mergeCase(m_store, file, {}, {});
        QVERIFY(report);
        QCOMPARE(report->annotations, 2);
        const auto notes = *get(store::Annotations(m_store).list());
        QCOMPARE(notes.size(), 2);
        QCOMPARE(notes[0].tags, (QStringList{u"mine"_s, u"theirs"_s}));
        QCOMPARE(notes[0].note, u"My note\n\nTheir note"_s);
        QVERIFY(notes[0].bookmarked);
        // What is here stays as it is; what runs is not brought.
        const auto searches = *get(store::Documents(m_store).list(u"search"_s));
        QCOMPARE(searches.size(), 2);
        QVERIFY(std::ranges::any_of(searches, [](const auto &d) { return d.name == u"My search"_s; }));
        QCOMPARE(get(store::Documents(m_store).list(u"rule"_s))->size(), 0);
        QCOMPARE(report->documents, 1);
        // Again: nothing changes.
        QCOMPARE(exchange::mergeCase(m_store, file, {}, {})->annotations, 0);
    }

    void alertsComeAlong()
    {
        using namespace std::chrono_literals;
        using store::AlertState;
        const QString file = other(0, 10);
        {
            const auto store = *store::Store::open(file);
            store::Alerts alerts(store);
            QVERIFY(get(alerts.commit(
                {{finding(u"ada"_s, 0min, "u1"), finding(u"ada"_s, 1min, "u2"), finding(u"bob"_s, 2min, "u3"),
                     finding(u"eve"_s, 3min, "u4"), finding(u"gone"_s, 4min, "u5"), finding(u"kim"_s, 5min, "u6")},
                    1, u"e"_s})));
            QVERIFY(get(alerts.setState({1}, AlertState::Resolved)));
            QVERIFY(get(alerts.addNote({1}, u"Their note"_s)));
            QVERIFY(get(alerts.setState({2}, AlertState::FalsePositive)));
            QVERIFY(get(alerts.setAssignee({3}, u"Grace"_s)));
            QVERIFY(get(alerts.remove({4})));
        }
        add(*m_store, addSource(*m_store, archive(u"Mine"_s, u"mmmm"_s)), 0, 1);
        store::Alerts alerts(m_store);
        // Of ada one event is known, bob is judged, kim was removed; of eve and gone nothing is known.
        QVERIFY(get(alerts.commit(
            {{finding(u"kim"_s, 5min, "u6"), finding(u"ada"_s, 0min, "u1"), finding(u"bob"_s, 2min, "u3")}, 1,
                u"e"_s})));
        QVERIFY(get(alerts.remove({1})));
        QVERIFY(get(alerts.setState({3}, AlertState::Acknowledged)));
        const auto report = exchange::mergeCase(m_store, file, {}, {});
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(report->alerts, 3);
        std::map<QString, store::Alert> byKey;
        const auto list = *get(alerts.list({}));
        for (const store::Alert &alert : list.alerts) {
            QVERIFY(byKey.emplace(alert.dedupKey, alert).second);
        }
        QCOMPARE(byKey.size(), 3);
        QCOMPARE(byKey[u"ada"_s].state, AlertState::Resolved);
        QCOMPARE(byKey[u"ada"_s].events, 2);
        QCOMPARE(byKey[u"ada"_s].matches, 2);
        QCOMPARE(byKey[u"ada"_s].last, noon + 1min);
        const auto details = *get(alerts.alert(byKey[u"ada"_s].id));
        QCOMPARE(details.notes.size(), 2);
        QCOMPARE(details.notes.back().text, u"Their note"_s);
        QCOMPARE(details.uuids.size(), 2);
        QCOMPARE(byKey[u"bob"_s].state, AlertState::Acknowledged); // whoever judged it here is right
        QCOMPARE(byKey[u"eve"_s].assignee, u"Grace"_s);
        QCOMPARE(byKey[u"eve"_s].title, u"Brute force by eve"_s);
        const auto sources = *get(m_store->sources());
        const auto theirs = std::ranges::find(sources, u"Archive"_s, &store::SourceConfig::name);
        QCOMPARE(byKey[u"eve"_s].source, theirs->id);
        // Detections that find the same again join it.
        QVERIFY(get(alerts.commit({{finding(u"eve"_s, 3min, "u4"), finding(u"eve"_s, 4min, "u9")}, 2, u"e"_s})));
        QCOMPARE(get(alerts.alert(byKey[u"eve"_s].id))->alert.events, 2);
        // Again: nothing changes.
        QCOMPARE(exchange::mergeCase(m_store, file, {}, {})->alerts, 0);
        QCOMPARE(get(alerts.list({}))->total, 3);
    }

    void coverageComesAlong()
    {
        using namespace std::chrono_literals;
        const auto range = [](int from, int to) {
            return event::TimeRange{noon + std::chrono::hours(from), noon + std::chrono::hours(to)};
        };
        const auto collect = [&](store::Store &store, store::SourceId id, int since, const QString &query,
                                 const std::vector<event::TimeRange> &covered) {
            store::CoverageGoal goal;
            goal.since = goal.liveSince = noon + std::chrono::hours(since);
            goal.query = query;
            QVERIFY(get(store::Coverage(store).begin(id, {u"Okta.SystemLog"_s, {}, {}, {}, {}}, goal)));
            store::EventBatch batch;
            batch.source = id;
            batch.covered = covered;
            QVERIFY(get(store.append(std::move(batch))));
        };
        const QString file = path(u"other.duckdb"_s);
        {
            const auto store = *store::Store::open(file);
            collect(*store, addSource(*store, organization(u"A"_s, u"a"_s, u"https://a.okta.com"_s)), 0, u"q"_s,
                {range(0, 3), range(4, 8)});
            collect(*store, addSource(*store, organization(u"B"_s, u"b"_s, u"https://b.okta.com"_s)), 0, u"q"_s,
                {range(0, 3)});
            collect(*store, addSource(*store, organization(u"C"_s, u"c"_s, u"https://c.okta.com"_s)), 0, u"theirs"_s,
                {range(0, 3)});
        }
        const auto a = addSource(*m_store, organization(u"A"_s, u"a"_s, u"https://a.okta.com"_s));
        const auto c = addSource(*m_store, organization(u"C"_s, u"c"_s, u"https://c.okta.com"_s));
        collect(*m_store, a, 6, u"q"_s, {range(6, 7), range(9, 10)});
        collect(*m_store, c, 1, u"mine"_s, {range(1, 2)});
        for (int time = 0; time < 2; ++time) {
            const auto report = exchange::mergeCase(m_store, file, {}, {});
            QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
            const store::Coverage coverage(*m_store);
            const auto standing = *get(coverage.standing(a));
            QCOMPARE(standing.covered, store::RangeSet({range(0, 3), range(4, 8), range(9, 10)}));
            QCOMPARE(standing.skipped, store::RangeSet({range(3, 4)})); // nothing is fetched unasked
            QCOMPARE(standing.goal->since, std::optional(noon));
            QCOMPARE(standing.goal->liveSince, std::optional(noon + 6h));
            const auto gaps = *get(coverage.gaps(a, noon + 10h));
            QCOMPARE(gaps.size(), 2);
            QCOMPARE(gaps[0], (store::Gap{a, range(3, 4), store::Gap::Kind::Skipped}));
            // A new one is as far as it was there.
            const auto sources = *get(m_store->sources());
            const auto b = std::ranges::find(sources, u"B"_s, &store::SourceConfig::name);
            QCOMPARE(get(coverage.standing(b->id))->covered, store::RangeSet({range(0, 3)}));
            // Of another part of the log nothing follows.
            QCOMPARE(get(coverage.standing(c))->covered, store::RangeSet({range(1, 2)}));
        }
    }

    void profilesComeAlong()
    {
        const QString file = other(0, 1);
        const auto user = [](const char *id, const char *time, const char *name) {
            return QByteArray("{'id':'%1','status':'ACTIVE','lastUpdated':'%2','profile':{'login':'%3@example.com'}}")
                .replace('\'', '"')
                .replace("%1", id)
                .replace("%2", time)
                .replace("%3", name)
                .toStdString();
        };
        {
            const auto store = *store::Store::open(file);
            QVERIFY(get(store->putProfiles(1, store::ProfileKind::User,
                {user("u1", "2026-01-01T00:00:00.000Z", "old"), user("u2", "2026-03-01T00:00:00.000Z", "newer"),
                    user("u3", "2026-01-01T00:00:00.000Z", "unknown")},
                {})));
        }
        const auto source = addSource(*m_store, archive(u"Archive"_s, u"aaaa"_s));
        QVERIFY(get(m_store->putProfiles(source, store::ProfileKind::User,
            {user("u1", "2026-02-01T00:00:00.000Z", "mine"), user("u2", "2026-02-01T00:00:00.000Z", "mine")}, {})));
        const auto report = exchange::mergeCase(m_store, file, {}, {});
        QVERIFY2(report, report ? "" : qPrintable(report.error().sentence));
        QCOMPARE(report->profiles, 2);
        QStringList logins;
        const auto profiles = *get(m_store->profiles(store::ProfileKind::User, {}, {}));
        for (const store::Profile &profile : profiles) {
            logins << profile.id + u' ' + profile.login;
        }
        logins.sort();
        QCOMPARE(
            logins, (QStringList{u"u1 mine@example.com"_s, u"u2 newer@example.com"_s, u"u3 unknown@example.com"_s}));
    }

    void theOtherIsOnlyRead()
    {
        const QString file = other(0, 100);
        QFile before(file);
        QVERIFY(before.open(QIODevice::ReadOnly));
        const QByteArray bytes = before.readAll();
        QVERIFY(exchange::mergeCase(m_store, file, {}, {}));
        QFile after(file);
        QVERIFY(after.open(QIODevice::ReadOnly));
        QCOMPARE(after.readAll(), bytes);
    }

    void stopped()
    {
        const QString file = other(0, 30'000);
        std::stop_source stop;
        const auto report = exchange::mergeCase(
            m_store, file, [&](const exchange::MergeProgress &) { stop.request_stop(); }, stop.get_token());
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Cancelled);
        QVERIFY(store::Integrity(m_store).verify({}, {}, {})->isSound());
        const auto count = *get(m_store->count({}));
        const auto rest = exchange::mergeCase(m_store, file, {}, {});
        QVERIFY(rest);
        QCOMPARE(rest->totals.added, 30'000 - count);
        QCOMPARE(*get(m_store->count({})), 30'000);
    }

    void refusals()
    {
        const QString link = path(u"link.duckdb"_s);
        const QString hard = path(u"hard.duckdb"_s);
        QVERIFY(QFile::link(m_store->file(), link));
        QCOMPARE(::link(QFile::encodeName(m_store->file()).constData(), QFile::encodeName(hard).constData()), 0);
        for (const QString &name : {m_store->file(), link, hard}) {
            const auto report = exchange::mergeCase(m_store, name, {}, {});
            QVERIFY(!report);
            QCOMPARE(report.error().kind, ErrorKind::Refused);
        }
        QCOMPARE(exchange::mergeCase(m_store, path(u"none.duckdb"_s), {}, {}).error().kind, ErrorKind::Storage);
        QFile text(path(u"text.duckdb"_s));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("Dear diary, today I made a file that is no store.");
        text.close();
        QCOMPARE(exchange::mergeCase(m_store, text.fileName(), {}, {}).error().kind, ErrorKind::Corrupt);
        const QString file = other(0, 5);
        const auto readOnly = *store::openReadOnly(file);
        QCOMPARE(exchange::mergeCase(readOnly, m_store->file(), {}, {}).error().kind, ErrorKind::Refused);
        QCOMPARE(QDir(m_folder->path()).entryList({u".octotrail*"_s}, QDir::AllEntries | QDir::Hidden), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestCaseMerge)
#include "tst_case_merge.moc"
