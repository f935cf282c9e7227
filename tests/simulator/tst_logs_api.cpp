// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Client.h"

#include <QTest>

using namespace octotrail;
using namespace std::chrono_literals;
using simulator::Simulator;

namespace {

std::unique_ptr<Simulator> startedWith(Simulator::Options options)
{
    auto simulator = Simulator::start(options);
    return simulator ? *std::move(simulator) : nullptr;
}

Simulator::Options fixedLog()
{
    Simulator::Options options;
    options.live = false;
    options.history = std::chrono::hours(2);
    options.users = 40;
    options.historyEventsPerMinute = 30;
    options.start = event::parseTimestamp("2026-06-03T15:00:00Z");
    return options;
}

} // namespace

class TestLogsApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pollsToTheEnd()
    {
        const auto simulator = startedWith(fixedLog());
        QVERIFY(simulator);
        Client client(*simulator);
        const std::vector<std::string> log = simulator->log();
        QVERIFY2(log.size() > 500, qPrintable(QString::number(log.size())));
        int pages = 0;
        const auto served = client.collect(
            QStringLiteral("/api/v1/logs?since=2026-06-03T00%3A00%3A00Z&sortOrder=ASCENDING&limit=100"), &pages);
        QCOMPARE(served, log);
        QCOMPARE(pages, static_cast<int>(log.size() / 100) + 2);
        QCOMPARE(simulator->requestCount(QStringLiteral("/api/v1/logs")), pages);
    }
    void listsProfiles()
    {
        Simulator::Options options = fixedLog();
        options.users = 300;
        const auto simulator = startedWith(options);
        Client client(*simulator);
        int pages = 0;
        const auto users = client.collect(QStringLiteral("/api/v1/users"), &pages);
        QCOMPARE(pages, 2);
        QVERIFY(users.size() > 250 && users.size() < 300); // without the deprovisioned
        const auto devices = client.collect(QStringLiteral("/api/v1/devices?expand=user&limit=100"));
        QVERIFY(devices.size() > 300);
    }
};

QTEST_GUILESS_MAIN(TestLogsApi)
#include "tst_logs_api.moc"
