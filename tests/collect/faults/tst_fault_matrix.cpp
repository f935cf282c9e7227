// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Collection.h"

#include <QTemporaryFile>
#include <QTest>

using namespace octotrail;
using namespace octotrail::collect;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 60'000;

/// One fault: what it is, what is said of it, and how many calls it may cost beyond those that a sound organization
/// is asked.
struct Fault
{
    const char *name;
    const char *specification;
    const char *says; ///< empty: nothing need be said
    int calls;
};

/// The third request of seven, so that there is something before it and after it.
constexpr Fault ofTheNetwork[]{
    {"400", "400@3", "", 3},
    {"404", "404@3", "Trying again", 3},
    {"405", "405@3", "Trying again", 3},
    {"409", "409@3", "Trying again", 3},
    {"429", "429@3*2", "Rate limited by Okta until", 3},
    {"429 without headers", "429-bare@3", "Rate limited by Okta until", 2},
    {"429 with doubled headers", "429-double@3", "Rate limited by Okta until", 2},
    {"429 with a reset in the past", "429-past@3", "Rate limited by Okta until", 2},
    {"429 for concurrency", "429-concurrent@3", "Rate limited by Okta until", 2},
    {"500", "500@3*3", "HTTP 500", 4},
    {"501", "501@3", "HTTP 501", 2},
    {"502", "502@3", "HTTP 502", 2},
    {"503", "503@3", "read only mode", 2},
    {"504", "504@3", "HTTP 504", 2},
    {"hung connection", "hang@3", "did not answer in time", 3},
    {"slow drip", "slow@3", "", 1},
    {"dropped connection", "drop@3*5", "closed before the whole answer", 7},
    {"reset in mid-body", "reset@3", "Trying again", 3},
    {"truncated body", "truncate@3", "answer", 3},
    {"broken gzip", "badgzip@3", "Trying again", 3},
    {"invalid JSON", "badjson@3", "cut short", 2},
    {"login page with 200", "html@3", "web page instead of data", 2},
    {"empty page in the middle", "empty-page@3", "", 3},
    {"no next link", "nolink@3", "did not say where to go on", 9},
    {"next link is the page itself", "selflink@3", "", 3},
    {"next link loops to the first page", "looplink@3", "led back to a page", 9},
    {"next link to another host", "otherhost@3", "another host, elsewhere.invalid", 9},
    {"next link to another port", "otherport@3", "another host, 127.0.0.1", 9},
    {"both links in one header", "joined-links@1*", "", 1},
    {"redirect to another host", "redirect@3", "elsewhere.invalid", 2},
    {"next link expired", "dead-cursor@3", "", 9},
    {"duplicate events", "duplicate=0.2", "", 4},
    {"clock an hour ahead", "clock=3600", "", 1},
    {"clock an hour behind", "clock=-3600", "", 1},
    {"organization does not answer", "org:drop@1*2", "closed before the whole answer", 1},
    {"a tenth of all that", "500=0.05,drop=0.03,truncate=0.03,badjson=0.03,html=0.03,otherhost=0.03,nolink=0.03", "",
        60},
};

/// Of a company's own log, oddly stored.
constexpr Fault ofTheLog[]{
    {"late events", "late=0.1", "", 2},
    {"late by a second to two hours", "very-late=0.1", "", 2},
    {"reordered", "reorder=0.5", "", 2},
    {"events that are none", "bad-event=0.05", "", 2},
    {"odd fields", "odd-fields,null-target", "", 2},
};

/// What is said of a fault while the past is read, which hinders nobody and is tried again quietly.
QString ofThePast(const QString &says)
{
    if (says == u"Trying again"_s || says.contains(u"where to go on"_s)) {
        return {};
    }
    return says.startsWith(u"Rate limited"_s) ? u"for its rate limit"_s : says;
}

QString told(const Collection &collection)
{
    QStringList sentences;
    for (const SourceStatus &status : collection.told()) {
        for (const QString &sentence : {status.sentence, status.lastFault}) {
            if (!sentence.isEmpty() && (sentences.isEmpty() || sentences.last() != sentence)) {
                sentences << sentence;
            }
        }
    }
    return sentences.join(u'\n');
}

constexpr auto pastHours = 2h;
constexpr int pastEventsPerMinute = 6;

/// The request that asks for a page in the midst of a company's past, which ended yesterday, or on a Friday: what day
/// and hour it is decides how many slices of nothing are read before, the first of a day, each of the others twice as
/// long.
int requestInThePast(int pageLimit)
{
    const event::Timestamp end = workingHour();
    event::Timestamp until = event::now() - 1h; // where the live poll begins
    int request = 2;
    for (std::chrono::hours slice = 24h;; slice *= 2) {
        const event::Timestamp since = until - slice;
        const auto minutes = std::chrono::floor<std::chrono::minutes>(
            std::min(until, end) - std::max(since, end - std::chrono::hours(pastHours)));
        const int events = std::max(0, static_cast<int>(minutes.count())) * pastEventsPerMinute;
        if (2 * events > 5 * pageLimit) {
            return request + 1;
        }
        request += std::max(1, (events + pageLimit - 1) / pageLimit);
        until = since;
    }
}

} // namespace

/// The fault matrix: whatever goes wrong, the store ends with exactly the log, the analyst is told, and Okta is asked
/// no more than it takes. Each fault strikes the live poll once, and once the reading of the past.
class TestFaultMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void livePoll_data();
    void livePoll();
    void readingThePast_data();
    void readingThePast();
    void everyStatus_data();
    void everyStatus();
    void oddLog_data();
    void oddLog();
    void refused_data();
    void refused();
    void invalidUtf8();

private:
    static Pace pace();
    static void addRows(std::span<const Fault> faults);
    static void check(simulator::Simulator &organization, Pace pace, const QString &says, int soundCalls);
};

Pace TestFaultMatrix::pace()
{
    Pace pace = quickPace(1h); // one burst is what it takes
    pace.pageLimit = 100;
    pace.client.silence = 2s;
    pace.limiter.untold = 300ms;
    pace.limiter.jitter = 100ms;
    return pace;
}

void TestFaultMatrix::addRows(std::span<const Fault> faults)
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QString>("says");
    QTest::addColumn<int>("calls");
    for (const Fault &fault : faults) {
        QTest::newRow(fault.name) << QString::fromLatin1(fault.specification) << QString::fromLatin1(fault.says)
                                  << fault.calls;
    }
}

void TestFaultMatrix::check(simulator::Simulator &organization, Pace pace, const QString &says, int soundCalls)
{
    QFETCH(QString, faults);
    QFETCH(int, calls);
    if (faults.startsWith(u"hang"_s)) {
        pace.client.silence = 700ms;
    }
    Collection collection(pace);
    const auto id = collection.put(organization);
    const std::vector<std::string> log = organization.log();
    // A poll may rest with the rest unread, as after an empty page; the next one is not to be waited for an hour.
    // Before anything was read it would be another one that the fault strikes.
    int extraPolls = 0;
    const auto isDone = [&] {
        const SourceStatus status = collection.status(id);
        if (status.state == State::Healthy && !status.backfill) {
            if (std::cmp_equal(status.events, log.size())) {
                return true;
            }
            if (status.events > 0) {
                collection.supervisor().pollNow(id);
                ++extraPolls;
            }
        }
        return false;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isDone(), qPrintable(told(collection)), patience);
    const QString wrong = difference(sorted(collection.events()), sorted(log));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QVERIFY2(says.isEmpty() || told(collection).contains(says), qPrintable(told(collection)));
    const qint64 asked = organization.requestCount(u"/api/v1/logs"_s);
    const int allowed = soundCalls + calls + extraPolls;
    QVERIFY2(asked <= allowed, qPrintable(u"%1 calls, %2 allowed"_s.arg(asked).arg(allowed)));
    QCOMPARE(collection.store().count({}).result().value(), static_cast<std::int64_t>(log.size()));
}

void TestFaultMatrix::livePoll_data()
{
    addRows(ofTheNetwork);
}

void TestFaultMatrix::livePoll()
{
    QFETCH(QString, faults);
    QFETCH(QString, says);
    const auto organization = replay(faults);
    QVERIFY(organization);
    check(*organization, pace(), says, static_cast<int>(organization->log().size() / 100 + 1));
}

void TestFaultMatrix::readingThePast_data()
{
    addRows(ofTheNetwork);
}

void TestFaultMatrix::readingThePast()
{
    QFETCH(QString, faults);
    simulator::Simulator::Options options;
    options.history = pastHours;
    options.historyEventsPerMinute = pastEventsPerMinute;
    if (faults.startsWith(u"duplicate"_s)) {
        QSKIP("bounded requests serve no duplicates");
    }
    Pace pace = this->pace();
    faults.replace(u"@3"_s, u"@%1"_s.arg(requestInThePast(pace.pageLimit)));
    const auto organization = simulate(options, faults);
    QVERIFY(organization);
    pace.catchUp = 6h; // the log ended yesterday: all of it is read beside the poll
    const int pages = static_cast<int>(organization->log().size() / 100 + 1);
    constexpr int slices = 5; // of seven days
    QFETCH(QString, says);
    check(*organization, pace, ofThePast(says), pages + slices + 1);
}

void TestFaultMatrix::everyStatus_data()
{
    QTest::addColumn<bool>("past");
    QTest::newRow("of the live poll") << false;
    QTest::newRow("of the past") << true;
}

/// Whatever else a server, a proxy or a content network may answer: every other request fails with another status.
void TestFaultMatrix::everyStatus()
{
    QFETCH(bool, past);
    constexpr int statuses[]{402, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422,
        423, 424, 425, 426, 428, 431, 451, 499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 521, 522,
        523, 524, 525, 526, 530, 598, 599};
    QStringList faults;
    int request = 2;
    for (const int status : statuses) {
        faults << u"%1@%2"_s.arg(status).arg(request);
        request += 2;
    }
    simulator::Simulator::Options options;
    options.history = 2h;
    options.historyEventsPerMinute = 6;
    const auto organization = past ? simulate(options, faults.join(u',')) : replay(faults.join(u','));
    QVERIFY(organization);
    Pace pace = this->pace();
    pace.pageLimit = 10;
    if (past) {
        pace.catchUp = 6h;
    }
    Collection collection(pace);
    const auto id = collection.put(*organization);
    const auto log = sorted(organization->log());
    QVERIFY(log.size() / 10 > std::size(statuses));
    QTRY_COMPARE_WITH_TIMEOUT(collection.status(id).events, static_cast<qint64>(log.size()), patience);
    QTRY_VERIFY_WITH_TIMEOUT(
        collection.status(id).state == State::Healthy && !collection.status(id).backfill, patience);
    QCOMPARE(difference(sorted(collection.events()), log), QString());
    const QList<Problem> problems = collection.status(id).problems;
    QCOMPARE(problems.size(), static_cast<qsizetype>(std::size(statuses)));
    for (const int status : statuses) {
        const QString says = status == 404 ? u"does not know the address"_s
            : status == 407                ? u"The proxy does not take the name and the password"_s
            : status == 503                ? u"read only mode"_s
                                           : u"(HTTP %1)"_s.arg(status);
        QVERIFY2(std::ranges::any_of(problems, [&](const Problem &one) { return one.sentence.contains(says); }),
            qPrintable(says));
    }
    // Each is asked for once more, and a slice of the past from where it was; beside it another one may be on its way.
    const std::size_t allowed = log.size() / 10 + 1 + std::size(statuses) * (past ? 2 : 1) + (past ? 8 : 0);
    const qint64 asked = organization->requestCount(u"/api/v1/logs"_s);
    QVERIFY2(std::cmp_less_equal(asked, allowed), qPrintable(u"%1 calls, %2 allowed"_s.arg(asked).arg(allowed)));
}

void TestFaultMatrix::oddLog_data()
{
    addRows(ofTheLog);
}

void TestFaultMatrix::oddLog()
{
    QFETCH(QString, faults);
    simulator::Simulator::Options options;
    options.history = 2h;
    options.historyEventsPerMinute = 6;
    const auto organization = simulate(options, faults);
    QVERIFY(organization);
    check(*organization, pace(), {}, static_cast<int>(organization->log().size() / 100 + 1));
}

void TestFaultMatrix::refused_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QString>("says");
    QTest::newRow("401: token revoked in mid-run") << u"unauthorized@3"_s << u"does not accept the API token"_s;
    QTest::newRow("403: role taken away in mid-run") << u"forbidden@3"_s << u"read-only administrator"_s;
}

void TestFaultMatrix::refused()
{
    QFETCH(QString, faults);
    QFETCH(QString, says);
    const auto organization = replay(faults);
    Collection collection(pace());
    const auto id = collection.put(*organization);
    QVERIFY(collection.reaches(id, State::NeedsAttention));
    QVERIFY2(collection.status(id).sentence.contains(says), qPrintable(collection.status(id).sentence));
    QCOMPARE(organization->requestCount(u"/api/v1/logs"_s), 3); // nobody knocks on a door that is shut
    QCOMPARE(collection.status(id).problems.first().sentence, collection.status(id).sentence);
    collection.supervisor().pollNow(id);
    QVERIFY(collection.catchUp(id));
    const QString wrong = difference(collection.events(), organization->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    QCOMPARE(collection.status(id).duplicates, 0);
}

void TestFaultMatrix::invalidUtf8()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    const QByteArray time = QByteArray::fromStdString(event::formatTimestamp(event::now() - 3h));
    for (int i = 0; i < 250; ++i) {
        const QByteArray name = i % 10 == 3 ? QByteArray("\xff\xfe\x80 name") : QByteArray("name");
        file.write(R"({"uuid":"u)" + QByteArray::number(i) + R"(","published":")" + time
            + R"(","eventType":"user.session.start","displayMessage":")" + name + "\"}\n");
    }
    file.close();
    simulator::Simulator::Options options;
    options.eventsFile = file.fileName();
    const auto organization = simulator::Simulator::start(options);
    QVERIFY(organization);
    Collection collection(pace());
    const auto id = collection.put(**organization);
    QVERIFY(collection.catchUp(id));
    const QString wrong = difference(collection.events(), (*organization)->log());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

QTEST_GUILESS_MAIN(TestFaultMatrix)
#include "tst_fault_matrix.moc"
