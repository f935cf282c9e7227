// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpServer.h"
#include "okta/Client.h"
#include "okta/RateWindow.h"

#include <QSignalSpy>
#include <QTest>

using namespace octotrail;
using namespace octotrail::okta;
using namespace octotrail::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Priority = Limiter::Priority;

Limiter::Options exact()
{
    Limiter::Options options;
    options.margin = 0ms;
    options.jitter = 0ms;
    return options;
}

RateLimit told(int limit, int remaining, std::chrono::seconds reset)
{
    return {limit, remaining, event::Timestamp(reset)};
}

/// Answers that tell of a window of so many requests, which ends a second or two after it began.
class Organization
{
public:
    explicit Organization(int limit)
        : m_limit(limit)
        , m_server([this](const HttpRequest &request) { return answer(request); })
    { }

    QUrl origin() const { return m_server.origin(); }
    QUrl url(const QString &path) const { return m_server.url(path); }
    const QList<HttpRequest> &requests() const { return m_server.requests(); }
    int refused() const { return m_refused; }
    int mostInAWindow() const { return m_most; }

private:
    HttpReply answer(const HttpRequest &)
    {
        const auto now = event::now();
        if (now >= m_end) {
            m_end = std::chrono::ceil<std::chrono::seconds>(now + 1s);
            m_used = 0;
        }
        m_most = std::max(m_most, ++m_used);
        const bool isRefused = m_used > m_limit;
        m_refused += isRefused ? 1 : 0;
        const auto end = std::chrono::floor<std::chrono::seconds>(m_end).time_since_epoch().count();
        return reply(isRefused ? 429 : 200, isRefused ? R"({"errorCode":"E0000047"})" : "[]",
            {dateHeader(), "X-Rate-Limit-Limit: " + QByteArray::number(m_limit),
                "X-Rate-Limit-Remaining: " + QByteArray::number(std::max(0, m_limit - m_used)),
                "X-Rate-Limit-Reset: " + QByteArray::number(qint64{end})});
    }

    int m_limit;
    event::Timestamp m_end{};
    int m_used = 0;
    int m_most = 0;
    int m_refused = 0;
    HttpServer m_server;
};

/// Asks for permits, and keeps the order in which they were granted.
struct Queue
{
    explicit Queue(const Limiter::Options &options = exact())
        : limiter(options)
    { }

    std::unique_ptr<Permit> ask(const QString &name, Priority priority)
    {
        const QUrl url(priority == Priority::Profiles ? u"https://a.okta.com/api/v1/users"_s
                                                      : u"https://a.okta.com/api/v1/logs"_s);
        return limiter.ask(url, priority, 0.5, [this, name] { order << name; });
    }

    Limiter limiter;
    QStringList order;
};

} // namespace

class TestLimiter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void buckets_data();
    void buckets();
    void windowKeepsToTheShare();
    void windowLeavesOthersTheirs();
    void windowKeepsSomeForTheLiveLog();
    void windowAfterRefusals();
    void concurrencyIsNoWindow();
    void theUrgentWaitsForNobody();
    void thePastSendsAScoutFirst();
    void oneAtATimeWhereOktaWantsIt();
    void sharedByClients();
    void keepsToTheShareOverWindows();
    void refusedWaits();
    void waitingEndsWithTheCall();
};

void TestLimiter::buckets_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("bucket");
    QTest::newRow("logs") << u"https://a.okta.com/api/v1/logs?limit=1"_s << u"/api/v1/logs"_s;
    QTest::newRow("users") << u"https://a.okta.com/api/v1/users?after=x"_s << u"/api/v1/users"_s;
    QTest::newRow("user") << u"https://a.okta.com/api/v1/users/00u1"_s << u"/api/v1/users/{id}"_s;
    QTest::newRow("roles") << u"https://a.okta.com/api/v1/users/00u1/roles"_s << u"/api/v1/users/{id}/roles"_s;
    QTest::newRow("token") << u"https://a.okta.com/oauth2/v1/token"_s << u"/oauth2/v1/token"_s;
    QTest::newRow("root") << u"https://a.okta.com"_s << u"/"_s;
}

void TestLimiter::buckets()
{
    QFETCH(QString, url);
    QTEST(Limiter::bucketOf(QUrl(url)), "bucket");
}

void TestLimiter::windowKeepsToTheShare()
{
    RateWindow window(exact());
    const RateWindow::Moment begin{};
    QVERIFY(window.opens(Priority::Live, 0.5, begin) == begin); // nothing is known
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(window.opens(Priority::Live, 0.5, begin) == begin);
        window.take(begin);
        window.learn(told(10, 10 - i, 1000s), 60s, begin);
    }
    QCOMPARE(window.ours(0.5), 5);
    QVERIFY(window.opens(Priority::Live, 0.5, begin) == begin + 60s);
    QVERIFY(window.opens(Priority::Live, 0.8, begin) == begin);
    QVERIFY(window.opens(Priority::Live, 0.5, begin + 60s) == begin + 60s); // another window
    window.take(begin + 60s);
    window.learn(told(10, 9, 1060s), 60s, begin + 60s);
    QVERIFY(window.opens(Priority::Live, 0.5, begin + 61s) == begin + 61s);
    // However small a share is, it is not none.
    QCOMPARE(window.ours(0.01), 1);
}

void TestLimiter::windowLeavesOthersTheirs()
{
    RateWindow window(exact());
    const RateWindow::Moment begin{};
    window.take(begin);
    window.learn(told(100, 11, 1000s), 30s, begin); // others were there before
    QVERIFY(window.opens(Priority::Live, 0.5, begin) == begin);
    window.take(begin);
    window.learn(told(100, 10, 1000s), 30s, begin);
    QVERIFY(window.opens(Priority::Live, 0.5, begin) == begin + 30s);
    QVERIFY(window.opens(Priority::Live, 1, begin) == begin); // all of it is ours
}

void TestLimiter::windowKeepsSomeForTheLiveLog()
{
    RateWindow window(exact());
    const RateWindow::Moment begin{};
    for (int i = 1; i <= 57; ++i) {
        QVERIFY(window.opens(Priority::Past, 0.5, begin) == begin);
        window.take(begin);
        window.learn(told(120, 120 - i, 1000s), 60s, begin);
    }
    QVERIFY(window.opens(Priority::Live, 0.5, begin) == begin);
    QVERIFY(window.opens(Priority::Past, 0.5, begin) == begin + 55s);
    QVERIFY(window.opens(Priority::Past, 0.5, begin + 55s) == begin + 55s);
}

void TestLimiter::windowAfterRefusals()
{
    RateWindow window(exact());
    const RateWindow::Moment begin{};
    window.take(begin);
    window.refuse(told(10, 0, 1000s), 20s, begin);
    QVERIFY(window.opens(Priority::Live, 1, begin) == begin + 21s);
    window.refuse(told(10, 0, 900s), -80s, begin); // a reset in the past
    QVERIFY(window.opens(Priority::Live, 1, begin) == begin + 2s); // longer than the first time
    window.refuse(told(10, 0, 90'000s), 25h, begin); // nonsense
    QVERIFY(window.opens(Priority::Live, 1, begin) == begin + 5min);
    window.refuse({}, {}, begin);
    QVERIFY(window.opens(Priority::Live, 1, begin) == begin + 60s);
}

void TestLimiter::concurrencyIsNoWindow()
{
    RateWindow window(exact());
    const RateWindow::Moment begin{};
    window.take(begin);
    window.learn(told(100, 99, 1000s), 60s, begin);
    window.refuse(told(0, 0, 1000s), 2s, begin);
    QVERIFY(window.opens(Priority::Live, 0.5, begin) == begin + 3s);
    QCOMPARE(window.limit(), 100);
}

void TestLimiter::theUrgentWaitsForNobody()
{
    Queue queue;
    const auto scout = queue.ask(u"scout"_s, Priority::Past);
    QVERIFY(queue.order.isEmpty()); // never from within
    QTRY_COMPARE_WITH_TIMEOUT(queue.order, QStringList{u"scout"_s}, 30'000);
    scout->answered(200, told(100, 99, 1000s), event::Timestamp(940s));
    std::vector<std::unique_ptr<Permit>> past;
    for (int i = 1; i <= 5; ++i) {
        past.push_back(queue.ask(u"past"_s + QString::number(i), Priority::Past));
    }
    QTRY_COMPARE_WITH_TIMEOUT(queue.order, (QStringList{u"scout"_s, u"past1"_s, u"past2"_s, u"past3"_s}), 30'000);
    auto profiles = queue.ask(u"profiles"_s, Priority::Profiles);
    auto live = queue.ask(u"live"_s, Priority::Live);
    const auto later = queue.ask(u"later"_s, Priority::Live);
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.mid(4), (QStringList{u"profiles"_s, u"live"_s}), 30'000);
    live.reset(); // given up without an answer
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.last(), u"later"_s, 30'000);
    past.front()->answered(200, {}, {});
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.last(), u"past4"_s, 30'000);
    QCOMPARE(queue.order.size(), 8);
}

void TestLimiter::thePastSendsAScoutFirst()
{
    Queue queue;
    const auto scout = queue.ask(u"scout"_s, Priority::Past);
    const auto behind = queue.ask(u"behind"_s, Priority::Past);
    const auto live = queue.ask(u"live"_s, Priority::Live);
    QTRY_COMPARE_WITH_TIMEOUT(queue.order, (QStringList{u"scout"_s, u"live"_s}), 30'000);
    live->answered(200, {}, {}); // tells nothing
    const auto more = queue.ask(u"more"_s, Priority::Live);
    QTRY_COMPARE_WITH_TIMEOUT(queue.order, (QStringList{u"scout"_s, u"live"_s, u"more"_s}), 30'000);
    more->answered(200, told(100, 98, 1000s), event::Timestamp(940s));
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.last(), u"behind"_s, 30'000);
}

void TestLimiter::oneAtATimeWhereOktaWantsIt()
{
    Limiter::Options options = exact();
    options.narrow = 60min;
    Queue queue(options);
    const auto scout = queue.ask(u"scout"_s, Priority::Past);
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.size(), 1, 30'000);
    const auto profiles = queue.ask(u"profiles"_s, Priority::Profiles);
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.last(), u"profiles"_s, 30'000);
    scout->answered(429, told(0, 0, 1000s), event::Timestamp(1000s));
    const auto past = queue.ask(u"past"_s, Priority::Past);
    const auto live = queue.ask(u"live"_s, Priority::Live);
    profiles->answered(200, {}, {});
    QTRY_COMPARE_WITH_TIMEOUT(queue.order, (QStringList{u"scout"_s, u"profiles"_s, u"live"_s}), 30'000);
    const auto others = queue.ask(u"others"_s, Priority::Profiles);
    live->answered(200, told(100, 98, 2000s), event::Timestamp(1940s));
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.last(), u"others"_s, 30'000); // which came later
    others->answered(200, {}, {});
    QTRY_COMPARE_WITH_TIMEOUT(queue.order.last(), u"past"_s, 30'000);
    QCOMPARE(queue.order.size(), 5);
}

void TestLimiter::sharedByClients()
{
    Organization organization(8);
    const auto limiter = std::make_shared<Limiter>();
    Client one(organization.origin(), {});
    Client other(organization.origin(), {});
    one.setLimiter(limiter, 0.5);
    other.setLimiter(limiter, 0.5);
    std::vector<std::unique_ptr<Call>> calls;
    int answers = 0;
    for (int i = 0; i < 6; ++i) {
        Client &client = i % 2 == 0 ? one : other;
        calls.push_back(client.get(organization.url(u"/api/v1/logs"_s), [&](const Answer &answer) {
            QVERIFY(answer);
            ++answers;
        }));
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers, 6, 30'000);
    QVERIFY2(organization.mostInAWindow() <= 4, qPrintable(QString::number(organization.mostInAWindow())));
    QCOMPARE(one.requestCount() + other.requestCount(), 6);
    const auto budgets = limiter->budgets(0.5);
    QCOMPARE(budgets.size(), std::size_t{1});
    QCOMPARE(budgets.front().endpoint, u"/api/v1/logs"_s);
    QCOMPARE(budgets.front().limit, 8);
    QCOMPARE(budgets.front().ours, 4);
}

void TestLimiter::keepsToTheShareOverWindows()
{
    Organization organization(10);
    Client client(organization.origin(), {});
    client.setLimiter(std::make_shared<Limiter>(), 0.5);
    int answers = 0;
    QList<event::Timestamp> waits;
    std::unique_ptr<Call> call;
    std::function<void()> ask = [&] {
        call = client.get(organization.url(u"/api/v1/logs"_s), Priority::Live, [&](const Answer &answer) {
            QVERIFY(answer);
            if (++answers < 17) {
                ask();
            }
        });
        connect(call.get(), &Call::waiting, call.get(), [&](event::Timestamp until) { waits << until; });
    };
    ask();
    QTRY_COMPARE_WITH_TIMEOUT(answers, 17, 60'000);
    QVERIFY(organization.mostInAWindow() <= 5);
    QCOMPARE(organization.refused(), 0);
    QVERIFY(waits.size() >= 3);
}

void TestLimiter::refusedWaits()
{
    int asked = 0;
    HttpServer server([&](const HttpRequest &) {
        ++asked;
        const auto reset = std::chrono::ceil<std::chrono::seconds>(event::now()).time_since_epoch().count();
        return asked > 1 ? reply(200, "[]", {dateHeader()})
                         : reply(429, R"({"errorCode":"E0000047"})",
                             {dateHeader(), "X-Rate-Limit-Limit: 10", "X-Rate-Limit-Remaining: 0",
                                 "X-Rate-Limit-Reset: " + QByteArray::number(qint64{reset})});
    });
    const auto limiter = std::make_shared<Limiter>(exact());
    Client client(server.origin(), {});
    client.setLimiter(limiter, 1);
    bool isDone = false;
    const QUrl url = server.url(u"/api/v1/logs"_s);
    std::unique_ptr<Call> first = client.get(url, [&](const Answer &answer) {
        QCOMPARE(answer.error().status, 429);
        isDone = true;
    });
    QTRY_VERIFY_WITH_TIMEOUT(isDone, 30'000);
    const auto opens = limiter->opensAt(url, 1);
    QVERIFY(opens && *opens > event::now());
    isDone = false;
    std::unique_ptr<Call> second = client.get(url, [&](const Answer &) { isDone = true; });
    QSignalSpy waiting(second.get(), &Call::waiting);
    QVERIFY(waiting.wait(30'000));
    QCOMPARE(asked, 1);
    QTRY_VERIFY_WITH_TIMEOUT(isDone, 20'000);
    QVERIFY(event::now() >= *opens - 50ms);
    QCOMPARE(asked, 2);
}

void TestLimiter::waitingEndsWithTheCall()
{
    HttpServer server([](const HttpRequest &) { return HttpReply{{}, false, true}; });
    const auto limiter = std::make_shared<Limiter>();
    Client client(server.origin(), {});
    client.setLimiter(limiter, 1);
    bool wasTold = false;
    auto hanging = client.get(server.url(u"/api/v1/logs"_s), [&](const Answer &) { wasTold = true; });
    auto behind = client.get(server.url(u"/api/v1/logs"_s), [&](const Answer &) { wasTold = true; });
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 30'000);
    hanging.reset();
    QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 2, 30'000); // the next one is admitted
    behind.reset();
    QVERIFY(!wasTold);
}

QTEST_GUILESS_MAIN(TestLimiter)
#include "tst_limiter.moc"
