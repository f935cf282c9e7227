// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "Mirror.h"
#include "ui/models/EventTableModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <limits>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

store::EventQuery queryFor(const char *filter)
{
    store::EventQuery query;
    query.expression = *filter::parse(filter);
    return query;
}

/// What the store finds, for comparing.
std::vector<store::Seq> found(CaseFile &file, const store::EventQuery &query)
{
    std::vector<store::Seq> seqs;
    const auto search = file.store()->search(query);
    QObject::connect(search.get(), &store::Search::found, search.get(),
        [&](const store::SeqsPtr &more) { seqs.insert(seqs.end(), more->begin(), more->end()); });
    QSignalSpy finished(search.get(), &store::Search::finished);
    if (!finished.wait(20'000)) {
        qFatal("the search did not finish");
    }
    return seqs;
}

std::vector<store::Seq> shown(const EventTableModel &model)
{
    return model.result().rows().slice(0, model.result().rows().size() - 1);
}

/// Runs the query to its end.
bool isDone(EventTableModel &model, const store::EventQuery &query)
{
    model.result().run(query);
    return QTest::qWaitFor([&] { return model.result().state() == EventResult::State::Complete; }, 20'000);
}

QString text(const EventTableModel &model, int row, EventColumn column, int role = Qt::DisplayRole)
{
    return model.index(row, static_cast<int>(column)).data(role).toString();
}

} // namespace

class EventTableModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheNewestFirstAndReadsCellsAsTheyAreLookedAt();
    void liveEventsComeInAtTheTopWithoutAReset();
    void liveEventsThatAreLateComeInWhereTheyBelong();
    void liveEventsAreJudgedLikeStoredOnes_data();
    void liveEventsAreJudgedLikeStoredOnes();
    void liveEventsAreInOrderWhateverTheSorting_data();
    void liveEventsAreInOrderWhateverTheSorting();
    void manyEventsInBetweenAreTakenOverFromANewSearch();
    void eventsThatArriveDuringASearchAreNeitherLostNorTwice();
    void heldEventsWait();
    void theLastQueryCounts();
    void cancellingKeepsWhatWasFound();
    void farRowsAreReadWhenTheyAreLookedAt();
    void noMoreRowsThanAViewCanShow();
    void aSourceThatGoesTakesItsRowsAlong();
    void hostileTextIsMadeHarmless();
    void aFailedSearchSaysSo();
};

void EventTableModelTest::showsTheNewestFirstAndReadsCellsAsTheyAreLookedAt()
{
    CaseFile file;
    file.append(sampleEvents(0, 999));
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(isDone(model, {}));
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(model.columnCount(), eventColumnCount);

    const QModelIndex first = model.index(0, static_cast<int>(EventColumn::Time));
    if (first.data(EventTableModel::IsLoadingRole).toBool()) {
        QVERIFY(first.data().isNull());
        QCOMPARE(first.data(Qt::AccessibleTextRole).toString(), u"Loading"_s);
    }
    QTRY_VERIFY(!first.data(EventTableModel::IsLoadingRole).toBool());
    QCOMPARE(text(model, 0, EventColumn::Time), u"2026-11-23 08:16:39.000"_s);
    QCOMPARE(text(model, 0, EventColumn::Time, EventTableModel::RawValueRole), u"2026-11-23T08:16:39.000Z"_s);
    QCOMPARE(text(model, 0, EventColumn::Severity), u"INFO"_s);
    QCOMPARE(text(model, 0, EventColumn::EventType), u"user.session.start"_s);
    QCOMPARE(text(model, 0, EventColumn::Message), u"User login to Okta"_s);
    QCOMPARE(text(model, 0, EventColumn::Actor), u"finn@example.com"_s);
    QCOMPARE(text(model, 0, EventColumn::ClientIp), u"203.0.113.249"_s);
    QCOMPARE(text(model, 0, EventColumn::Location), u"Berlin, Germany"_s);
    QCOMPARE(text(model, 0, EventColumn::Outcome), u"SUCCESS"_s);
    QVERIFY(text(model, 0, EventColumn::Targets).contains(u"Salesforce"_s));
    QCOMPARE(text(model, 0, EventColumn::Source), u"Acme"_s);
    QCOMPARE(text(model, 0, EventColumn::Time, Qt::AccessibleTextRole),
        u"2026-11-23 08:16:39.000: User login to Okta, by finn@example.com, from 203.0.113.249, outcome SUCCESS"_s);
    model.setTimeDisplay(TimeDisplay(TimeDisplay::Zone::Local)); // TZ=UTC in the tests
    QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), u"Time (local)"_s);
}

void EventTableModelTest::liveEventsComeInAtTheTopWithoutAReset()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(isDone(model, {}));
    const Mirror mirror(model);
    const QPersistentModelIndex wasFirst = model.index(0, 0);
    for (int batch = 0; batch < 5; ++batch) {
        file.append(sampleEvents(100 + batch * 10, 109 + batch * 10));
    }
    QTRY_COMPARE(model.rowCount(), 150);
    QVERIFY(mirror.isRight());
    QCOMPARE(mirror.resets, 0);
    QCOMPARE(mirror.inserted, 50);
    QCOMPARE(wasFirst.row(), 50);
    QCOMPARE(shown(model), found(file, {}));
    // They were read before they came in: no row is seen empty.
    QVERIFY(!model.index(0, 0).data(EventTableModel::IsLoadingRole).toBool());
    QCOMPARE(text(model, 0, EventColumn::Time), u"2026-11-23 08:02:29.000"_s);
}

void EventTableModelTest::liveEventsThatAreLateComeInWhereTheyBelong()
{
    CaseFile file;
    std::vector<std::string> even;
    std::vector<std::string> odd;
    for (int n = 0; n < 2000; ++n) {
        (n % 100 == 37 ? odd : even).push_back(sampleEvents(n, n).front());
    }
    file.append(even);
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(isDone(model, {}));
    const Mirror mirror(model);
    file.append(odd);
    QTRY_COMPARE(model.rowCount(), 2000);
    QCOMPARE(mirror.resets, 0);
    QVERIFY(mirror.isRight());
    QCOMPARE(shown(model), found(file, {}));
}

void EventTableModelTest::liveEventsAreJudgedLikeStoredOnes_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("since");
    QTest::addColumn<bool>("oneSource");
    QTest::newRow("all") << QString() << QString() << -1 << false;
    QTest::newRow("a column") << u"outcome.result eq \"FAILURE\""_s << QString() << -1 << false;
    QTest::newRow("bytes") << u"debugContext.debugData.nothing pr or actor.alternateId co \"ada\""_s << QString() << -1
                           << false;
    QTest::newRow("targets") << u"target[type eq \"AppInstance\" and alternateId eq \"salesforce\"]"_s << QString()
                             << -1 << false;
    QTest::newRow("words") << QString() << u"ADA berlin"_s << -1 << false;
    QTest::newRow("a range") << QString() << QString() << 120 << false;
    QTest::newRow("a source") << u"outcome.result eq \"SUCCESS\""_s << QString() << 30 << true;
}

void EventTableModelTest::liveEventsAreJudgedLikeStoredOnes()
{
    QFETCH(const QString, filter);
    QFETCH(const QString, words);
    QFETCH(const int, since);
    QFETCH(const bool, oneSource);
    CaseFile file;
    const store::SourceId other = file.addSource(u"Other"_s);
    store::EventQuery query = queryFor(filter.toUtf8().constData());
    query.words = filter::splitWords(words.toStdString());
    if (since >= 0) {
        query.range = {sampleTime(since), sampleTime(since + 100)};
    }
    if (oneSource) {
        query.sources = {other};
    }
    file.append(sampleEvents(0, 49));
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(isDone(model, query));
    const int before = model.rowCount();
    const Mirror mirror(model);
    file.append(sampleEvents(50, 119));
    file.append(sampleEvents(120, 249), other);
    const auto expected = found(file, query);
    QVERIFY(!expected.empty());
    QTRY_COMPARE(shown(model), expected);
    QVERIFY(mirror.isRight());
    QCOMPARE(mirror.resets, 0);
    QCOMPARE(mirror.inserted, static_cast<int>(expected.size()) - before);
}

void EventTableModelTest::liveEventsAreInOrderWhateverTheSorting_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("descending");
    for (const EventColumnInfo &info : eventColumns()) {
        if (info.sortPath.empty()) {
            continue;
        }
        for (const bool descending : {false, true}) {
            QTest::addRow("%s %s", info.key, descending ? "down" : "up") << static_cast<int>(info.column) << descending;
        }
    }
}

void EventTableModelTest::liveEventsAreInOrderWhateverTheSorting()
{
    QFETCH(const int, column);
    QFETCH(const bool, descending);
    const auto varied = [](int n) {
        static const std::vector<std::string> cities{
            "berlin", "Berlin", "\u00c5rhus", "aachen", "", "Zürich", "São Paulo"};
        static const std::vector<std::string> outcomes{"SUCCESS", "FAILURE", "ALLOW", "success"};
        const auto i = static_cast<std::size_t>(n);
        SampleEvent sample;
        sample.n = (n * 37) % 1000;
        sample.actor = n % 9 == 0 ? std::string("ADA") : std::string();
        sample.outcome = outcomes[(i * 7) % outcomes.size()];
        sample.message = "message " + std::to_string((n * 13) % 17);
        sample.city = cities[(i * 3) % cities.size()];
        return sample.json();
    };
    CaseFile file;
    const store::SourceId other = file.addSource(u"acme two"_s);
    std::vector<std::string> stored;
    std::vector<std::string> live;
    for (int n = 0; n < 400; ++n) {
        (n % 10 == 3 ? live : stored).push_back(varied(n));
    }
    file.append(stored);
    EventTableModel model(file.store());
    QVERIFY(isDone(model, {}));
    model.sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    QTRY_COMPARE(model.result().state(), EventResult::State::Complete);
    store::EventQuery query;
    query.sortPath = eventColumnInfo(static_cast<EventColumn>(column)).sortPath;
    query.descending = descending;
    QCOMPARE(shown(model), found(file, query));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const Mirror mirror(model);
    file.append(live, other);
    QTRY_COMPARE(model.rowCount(), 400);
    QCOMPARE(shown(model), found(file, query));
    QVERIFY(mirror.isRight());
    QCOMPARE(mirror.resets, 0);
}

void EventTableModelTest::manyEventsInBetweenAreTakenOverFromANewSearch()
{
    CaseFile file;
    std::vector<std::string> even;
    std::vector<std::string> odd;
    for (int n = 0; n < 12'000; ++n) {
        (n % 2 == 0 ? even : odd).push_back(sampleEvents(n, n).front());
    }
    file.append(even);
    EventTableModel model(file.store());
    QVERIFY(isDone(model, {}));
    const Mirror mirror(model);
    file.append(odd);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 12'000, 20'000);
    QVERIFY(mirror.isRight());
    QCOMPARE(shown(model), found(file, {}));
}

void EventTableModelTest::eventsThatArriveDuringASearchAreNeitherLostNorTwice()
{
    CaseFile file;
    file.append(sampleEvents(0, 4999));
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    int next = 5000;
    // Words are looked for in the bytes, which takes a while.
    for (int round = 0; round < 8; ++round) {
        store::EventQuery query;
        query.words = {"okta"};
        std::vector<QFuture<event::Result<store::CommitReport>>> commits;
        const auto commit = [&] {
            store::EventBatch batch;
            batch.source = file.source();
            batch.events.push_back(event::LogEvent::fromBytes(sampleEvents(next, next).front()));
            ++next;
            commits.push_back(file.store()->append(std::move(batch)));
        };
        commit();
        model.result().run(query);
        for (int i = 0; i < 5; ++i) {
            commit();
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(model.result().state(), EventResult::State::Complete, 20'000);
        for (auto &future : commits) {
            future.waitForFinished();
        }
        QTRY_COMPARE(model.rowCount(), next);
        QCOMPARE(shown(model), found(file, query));
    }
}

void EventTableModelTest::heldEventsWait()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(isDone(model, queryFor("outcome.result eq \"FAILURE\"")));
    QCOMPARE(model.rowCount(), 2);
    model.result().setHeld(true);
    QSignalSpy held(&model.result(), &EventResult::heldCountChanged);
    file.append(sampleEvents(10, 29));
    QTRY_COMPARE(model.result().heldCount(), 4);
    QCOMPARE(held.last().first().toLongLong(), 4);
    QCOMPARE(model.rowCount(), 2);
    const Mirror mirror(model);
    model.result().setHeld(false);
    QTRY_COMPARE(model.rowCount(), 6);
    QCOMPARE(model.result().heldCount(), 0);
    QCOMPARE(mirror.resets, 0);
}

void EventTableModelTest::theLastQueryCounts()
{
    CaseFile file;
    file.append(sampleEvents(0, 2999));
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    store::EventQuery slow;
    slow.words = {"salesforce"};
    for (int i = 0; i < 20; ++i) {
        model.result().run(i % 2 == 0 ? slow : queryFor("outcome.result eq \"SUCCESS\""));
    }
    QVERIFY(isDone(model, queryFor("actor.alternateId eq \"ada@example.com\"")));
    QCOMPARE(model.rowCount(), 429);
    QTest::qWait(50); // whatever is still under way would come now
    QCOMPARE(model.rowCount(), 429);
}

void EventTableModelTest::cancellingKeepsWhatWasFound()
{
    CaseFile file;
    for (int part = 0; part < 10; ++part) {
        file.append(sampleEvents(part * 5000, part * 5000 + 4999));
    }
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    store::EventQuery query;
    query.words = {"berlin"};
    model.result().run(query);
    QTRY_VERIFY_WITH_TIMEOUT(model.rowCount() > 0, 20'000);
    const bool stillRunning = model.result().state() == EventResult::State::Searching;
    model.result().cancel();
    const int kept = model.rowCount();
    QVERIFY(kept > 0);
    if (stillRunning) {
        QCOMPARE(model.result().state(), EventResult::State::Cancelled);
    }
    QTest::qWait(100); // it stays cancelled
    QCOMPARE(model.rowCount(), kept);
    model.result().cancel(); // means nothing any more
    QVERIFY(isDone(model, query));
    QCOMPARE(model.rowCount(), 50'000);
}

void EventTableModelTest::farRowsAreReadWhenTheyAreLookedAt()
{
    CaseFile file;
    for (int part = 0; part < 10; ++part) {
        file.append(sampleEvents(part * 5000, part * 5000 + 4999));
    }
    EventTableModel model(file.store());
    QVERIFY(isDone(model, {}));
    QCOMPARE(model.rowCount(), 50'000);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    for (const int row : {49'999, 25'000, 3, 40'000}) {
        model.setViewport(row - 10, row + 10);
        QTRY_VERIFY(!text(model, row, EventColumn::EventType).isEmpty());
        QVERIFY(!changed.isEmpty());
        const QModelIndex last = changed.last().at(1).toModelIndex();
        QVERIFY(changed.last().at(0).toModelIndex().row() <= row && last.row() >= row);
        QCOMPARE(text(model, row, EventColumn::Time, EventTableModel::RawValueRole),
            QString::fromStdString(event::formatTimestamp(sampleTime(49'999 - row))));
        QCOMPARE(model.rowOf(*model.seqAt(row)), std::optional(row));
    }
    // A view that is dragged through all of it asks for everything on its way: the last place is what is read.
    for (int row = 0; row < 50'000; row += 100) {
        model.index(row, 0).data();
    }
    QTRY_VERIFY(!model.index(49'900, 0).data(EventTableModel::IsLoadingRole).toBool());
}

void EventTableModelTest::noMoreRowsThanAViewCanShow()
{
    CaseFile file;
    file.append(sampleEvents(0, 499));
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setRowLimit(100);
    QVERIFY(isDone(model, {}));
    QCOMPARE(model.rowCount(), 100);
    QVERIFY(model.isTruncated());
    const Mirror mirror(model);
    file.append(sampleEvents(500, 529));
    QTRY_COMPARE(model.result().rows().size(), 530);
    QCOMPARE(model.rowCount(), 100);
    QVERIFY(mirror.isRight());
    QCOMPARE(mirror.inserted, 30);
    QCOMPARE(text(model, 0, EventColumn::Time, EventTableModel::RawValueRole), u"2026-11-23T08:08:49.000Z"_s);
    // More at once than there is room for.
    file.append(sampleEvents(530, 829));
    QTRY_COMPARE(model.result().rows().size(), 830);
    QCOMPARE(model.rowCount(), 100);
    QVERIFY(mirror.isRight());
    QCOMPARE(mirror.resets, 0);
    model.setRowLimit(std::numeric_limits<int>::max() / 26);
    QCOMPARE(model.rowCount(), 830);
    QVERIFY(!model.isTruncated());
}

void EventTableModelTest::aSourceThatGoesTakesItsRowsAlong()
{
    CaseFile file;
    const store::SourceId other = file.addSource(u"Other"_s);
    file.append(sampleEvents(0, 49));
    file.append(sampleEvents(50, 99), other);
    EventTableModel model(file.store());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QVERIFY(isDone(model, {}));
    QCOMPARE(model.rowCount(), 100);
    auto removed = file.store()->removeSource(other, true);
    removed.waitForFinished();
    QVERIFY(removed.result());
    model.forgetRows();
    QTRY_COMPARE(model.rowCount(), 50);
    QTRY_COMPARE(text(model, 0, EventColumn::Source), u"Acme"_s);
}

void EventTableModelTest::hostileTextIsMadeHarmless()
{
    CaseFile file;
    SampleEvent sample;
    sample.message = "<b>bold</b>\nsecond \u202Egnp.exe\x01 & " + std::string(5000, 'x');
    file.append({sample.json(), "this is no JSON at all"});
    EventTableModel model(file.store());
    QVERIFY(isDone(model, {}));
    QCOMPARE(model.rowCount(), 2);
    QTRY_VERIFY(!text(model, 0, EventColumn::Message).isEmpty());
    const QString message = text(model, 0, EventColumn::Message);
    QVERIFY(message.size() <= 513);
    QVERIFY(message.startsWith(u"<b>bold</b>\u23cesecond \ufffdgnp.exe\ufffd & x"_s));
    QVERIFY(text(model, 0, EventColumn::Message, Qt::ToolTipRole).contains(u"&lt;b&gt;bold"_s));
    // The raw value is what a filter compares: it is not changed.
    QVERIFY(text(model, 0, EventColumn::Message, EventTableModel::RawValueRole).contains(u'\n'));
    // An event without a time comes last.
    QTRY_COMPARE(text(model, 1, EventColumn::Time), u"no time"_s);
}

void EventTableModelTest::aFailedSearchSaysSo()
{
    CaseFile file;
    file.append(sampleEvents(0, 9));
    EventTableModel model(file.store());
    QVERIFY(isDone(model, {}));
    store::EventQuery query;
    query.sortPath = "no.such.column";
    model.result().run(query);
    QTRY_COMPARE(model.result().state(), EventResult::State::Failed);
    QVERIFY(!model.result().error().sentence.isEmpty());
    QVERIFY(isDone(model, {}));
    QCOMPARE(model.rowCount(), 10);
}

QTEST_MAIN(EventTableModelTest)
#include "tst_event_table_model.moc"
