// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"
#include "simulator/RateLimiter.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace octotrail;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using simulator::RateLimiter;
using simulator::Simulator;

class TestRateLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowIsFixed()
    {
        RateLimiter limiter(3, 60s);
        const event::Timestamp begin = *event::parseTimestamp("2026-01-01T00:00:30.250Z");
        const auto reset = std::chrono::floor<std::chrono::seconds>(*event::parseTimestamp("2026-01-01T00:01:31Z"));
        for (int remaining = 2; remaining >= 0; --remaining) {
            const auto state = limiter.take(begin + 10s * (2 - remaining));
            QVERIFY(state.allowed);
            QCOMPARE(state.remaining, remaining);
            QVERIFY(state.reset == reset);
        }
        const auto refused = limiter.take(begin + 59s);
        QVERIFY(!refused.allowed);
        QCOMPARE(refused.remaining, 0);
        QVERIFY(!limiter.take(reset - 1us).allowed);
        QVERIFY(limiter.take(reset).allowed); // who waits until then is let in
    }

    void budgetIsEnforced()
    {
        Simulator::Options options = fixedLog();
        options.logsPerWindow = 4;
        options.usersPerWindow = 2;
        options.rateWindow = 2s;
        const auto simulator = startedWith(options);
        Client client(*simulator);
        for (int remaining = 3; remaining >= 0; --remaining) {
            const Answer answer = client.get(u"/api/v1/logs?limit=1"_s);
            QCOMPARE(answer.status, 200);
            QCOMPARE(answer.header("X-Rate-Limit-Limit"), "4");
            QCOMPARE(answer.header("X-Rate-Limit-Remaining"), QByteArray::number(remaining));
        }
        const Answer refused = client.get(u"/api/v1/logs?limit=1"_s);
        QCOMPARE(refused.status, 429);
        QCOMPARE(refused.errorCode(), u"E0000047"_s);
        QCOMPARE(refused.header("X-Rate-Limit-Remaining"), "0");
        QVERIFY(!refused.has("Retry-After"));
        // Other endpoints have budgets of their own.
        const Answer users = client.get(u"/api/v1/users?limit=1"_s);
        QCOMPARE(users.status, 200);
        QCOMPARE(users.header("X-Rate-Limit-Remaining"), "1");

        const qint64 reset = refused.header("X-Rate-Limit-Reset").toLongLong();
        const QDateTime date = QLocale::c().toDateTime(
            QString::fromLatin1(refused.header("Date")), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
        QVERIFY(date.isValid());
        const qint64 wait = reset - QDateTime(date.date(), date.time(), Qt::UTC).toSecsSinceEpoch();
        QVERIFY2(wait >= 0 && wait <= 4, qPrintable(QString::number(wait)));
        QTRY_COMPARE_WITH_TIMEOUT(client.get(u"/api/v1/logs?limit=1"_s).status, 200, 6000);
        QVERIFY(QDateTime::currentSecsSinceEpoch() >= reset);
    }

    void defaultsAreThoseOfWorkforce()
    {
        const Simulator::Options options;
        QCOMPARE(options.logsPerWindow, 120);
        QCOMPARE(options.usersPerWindow, 600);
        QCOMPARE(options.devicesPerWindow, 100);
        QCOMPARE(options.rateWindow.count(), 60);
    }
};

QTEST_GUILESS_MAIN(TestRateLimit)
#include "tst_rate_limit.moc"
