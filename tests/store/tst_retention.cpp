// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"
#include "store/Annotations.h"
#include "store/Integrity.h"
#include "store/Retention.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::test;
using store::PurgeReport;
using store::Retention;
using store::RetentionPolicy;

/// What is old goes, what is held stays, and the chain knows.
class TestRetention : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void policiesAreKept();
    void youngEventsAreNotPurged();
    void oldEventsGo();
    void withoutATimeTheirCommitCounts();
    void namesCopiesThatMayHaveThem();
    void onlyOfThatSource();
    void whatIsHeldStays();
    void bySize();
    void inParts();
    void nothingToDo();

private:
    /// As many days after that event that it is just older than days.
    static event::Timestamp whenDue(int number, int days)
    {
        return publishedOf(number) + std::chrono::days(days) + std::chrono::microseconds(1);
    }
    bool isSound() const { return must(store::Integrity(m_case->shared()).verify({}, {}, {})).isSound(); }
    qint64 count() const { return must(get(m_case->store().count({}))); }

    std::unique_ptr<Case> m_case;
};

void TestRetention::init()
{
    m_case = std::make_unique<Case>();
    m_case->open();
    m_case->append(events(0, 500), 1);
    m_case->append(events(500, 100), 2);
}

void TestRetention::policiesAreKept()
{
    const RetentionPolicy policy{90, std::int64_t{5} << 30};
    {
        const Retention retention(m_case->shared());
        QVERIFY(must(get(retention.policies())).empty());
        must(get(retention.setPolicy(1, policy)));
        must(get(retention.setPolicy(2, {30, 0})));
    }
    m_case->reopen();
    const Retention later(m_case->shared());
    const auto policies = must(get(later.policies()));
    QCOMPARE(policies.size(), std::size_t{2});
    QVERIFY(policies.at(1) == policy);
    must(get(later.setPolicy(1, {})));
    QCOMPARE(must(get(later.policies())).size(), std::size_t{1});
}

void TestRetention::youngEventsAreNotPurged()
{
    const Retention retention(m_case->shared());
    QVERIFY(!get(retention.setPolicy(1, {3, 0})));
    QVERIFY(!get(retention.purge(1, {3, 0}, whenDue(499, 3))));
    // By size all would have to go, but they are from today.
    const PurgeReport report = must(get(retention.purge(1, {0, 1}, publishedOf(499))));
    QCOMPARE(report.events, 0);
    QCOMPARE(count(), 600);
}

void TestRetention::oldEventsGo()
{
    auto retention = std::make_unique<Retention>(m_case->shared());
    QSignalSpy changed(&m_case->store(), &store::Store::sourcesChanged);
    const event::Timestamp now = whenDue(199, 30);
    const PurgeReport preview = must(get(retention->preview(1, {30, 0}, now)));
    QCOMPARE(count(), 600);
    const PurgeReport report = must(get(retention->purge(1, {30, 0}, now)));
    QCOMPARE(report.events, preview.events);
    std::vector<event::LogEvent> all = events(0, 500);
    const auto isDue = [&](const event::LogEvent &event) {
        return event.published() && *event.published() < now - std::chrono::days(30);
    };
    QCOMPARE(report.events, std::ranges::count_if(all, isDue));
    QVERIFY(report.events > 100);
    QVERIFY(report.copies.isEmpty() && !report.sentence().contains(u"copy"));
    QCOMPARE(count(), 600 - report.events);
    QVERIFY(QTest::qWaitFor([&] { return changed.count() >= 1; }, 10000));
    QVERIFY(isSound());
    retention.reset(); // it has the store open
    m_case->reopen();
    QCOMPARE(count(), 600 - report.events);
    QVERIFY(isSound());
}

void TestRetention::withoutATimeTheirCommitCounts()
{
    const Retention retention(m_case->shared());
    m_case->append({event::LogEvent::fromBytes(R"({"uuid":"timeless-1","eventType":"a.b"})"),
                       event::LogEvent::fromBytes(R"({"uuid":"timeless-2","published":"soon"})")},
        1);
    const event::Timestamp stored = event::now();
    const auto purgeAfter = [&](int days) {
        return must(get(retention.purge(1, {30, 0}, stored + std::chrono::days(days)))).events;
    };
    QCOMPARE(purgeAfter(29), 500);
    QCOMPARE(purgeAfter(29), 0); // what was removed is in the chain since then
    QCOMPARE(purgeAfter(31), 2);
    QCOMPARE(count(), 100); // of the other source
    QVERIFY(isSound());
}

/// A store that was brought to a new version has a copy beside it, of which a purge knows nothing but the name.
void TestRetention::namesCopiesThatMayHaveThem()
{
    for (const char *suffix : {".v3", ".v12", ".v3.part", ".version"}) {
        QVERIFY(QFile::copy(m_case->file(), m_case->file() + QLatin1String(suffix)));
    }
    const PurgeReport report = must(get(Retention(m_case->shared()).purge(1, {30, 0}, whenDue(199, 30))));
    const QString name = QFileInfo(m_case->file()).fileName();
    QCOMPARE(report.copies, QStringList({name + QStringLiteral(".v12"), name + QStringLiteral(".v3")}));
    QVERIFY2(report.sentence().contains(name + QStringLiteral(".v12, ") + name + QStringLiteral(".v3 may still")),
        qPrintable(report.sentence()));
}

void TestRetention::onlyOfThatSource()
{
    const PurgeReport report = must(get(Retention(m_case->shared()).purge(2, {30, 0}, whenDue(10'000, 30))));
    QVERIFY(report.events > 0);
    QCOMPARE(count(), 600 - report.events);
    QVERIFY(report.events <= 100);
}

void TestRetention::whatIsHeldStays()
{
    store::Annotations annotations(m_case->shared());
    const auto found = searchAll(m_case->store(), query("uuid pr", "published", false));
    QVERIFY(found.seqs.size() > 10);
    must(get(annotations.edit({found.seqs[0]}, {{}, {QStringLiteral("hold")}, {}, {}})));
    must(get(annotations.edit({found.seqs[1]}, {true, {}, {}, {}})));
    must(get(annotations.edit({found.seqs[2]}, {{}, {}, {}, QStringLiteral("Ask who this was.")})));
    // What is noted no more holds nothing.
    must(get(annotations.edit({found.seqs[3]}, {true, {}, {}, {}})));
    must(get(annotations.edit({found.seqs[3]}, {false, {}, {}, {}})));
    const Retention retention(m_case->shared());
    QCOMPARE(must(get(retention.preview(1, {30, 0}, whenDue(10'000, 30)))).held, 3);
    const PurgeReport report = must(get(retention.purge(1, {30, 0}, whenDue(10'000, 30))));
    QCOMPARE(report.held, 3);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(must(get(m_case->store().event(found.seqs[static_cast<std::size_t>(i)]))).event.bytes().size() > 0);
    }
    QVERIFY(!get(m_case->store().event(found.seqs[3])));
    QVERIFY(isSound());
}

void TestRetention::bySize()
{
    const Retention retention(m_case->shared());
    must(get(m_case->store().compact()));
    const PurgeReport whole = must(get(retention.preview(1, {0, std::int64_t{1} << 40}, whenDue(10'000, 30))));
    QCOMPARE(whole.events, 0);
    QVERIFY(whole.fileBytesBefore > 0);
    const std::int64_t half = whole.fileBytesBefore * 5 / 12; // of 600 events 250 of the 500
    const PurgeReport report = must(get(retention.purge(1, {0, half}, whenDue(10'000, 30))));
    QVERIFY2(report.events > 200 && report.events < 300, qPrintable(QString::number(report.events)));
    QVERIFY(isSound());
}

/// More than one transaction takes, and the space comes back.
void TestRetention::inParts()
{
    std::vector<QFuture<event::Result<store::CommitReport>>> appended;
    for (int first = 1000; first < 121'000; first += 20'000) {
        appended.push_back(m_case->store().append({1, events(first, 20'000), {}}));
    }
    for (const auto &report : appended) {
        must(get(report));
    }
    must(get(m_case->store().compact()));
    const PurgeReport report = must(get(Retention(m_case->shared()).purge(1, {30, 0}, whenDue(200'000, 30))));
    QVERIFY(report.events > 100'000);
    QVERIFY2(report.fileBytesAfter < report.fileBytesBefore / 2,
        qPrintable(QStringLiteral("%1 of %2").arg(report.fileBytesAfter).arg(report.fileBytesBefore)));
    QVERIFY(isSound());
}

void TestRetention::nothingToDo()
{
    const Retention retention(m_case->shared());
    const PurgeReport report = must(get(retention.purge(1, {}, whenDue(10'000, 30))));
    QCOMPARE(report.events, 0);
    QVERIFY(!report.before);
    QCOMPARE(count(), 600);
}

QTEST_GUILESS_MAIN(TestRetention)
#include "tst_retention.moc"
