// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"

#include <QTest>
#include <atomic>
#include <thread>

using namespace octotrail;
using namespace octotrail::test;

/// Small tables that are read while they change.
class TestConcurrentTables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sourcesAreReadWhileTheyChange();
    void sourcesAreReadWhileTheFirstComes();
};

void TestConcurrentTables::sourcesAreReadWhileTheyChange()
{
    Case c;
    c.open();
    store::SourceConfig source;
    source.name = QStringLiteral("a name that does not fit into a pointer");
    source = must(get(c.store().putSource(source)));
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!done) {
                const auto sources = c.store().sources().result();
                wrong += !sources || sources->empty() || !sources->front().name.startsWith(QLatin1String("a name"));
            }
        });
    }
    for (int i = 0; i < 400; ++i) {
        source.name = QStringLiteral("a name that does not fit into a pointer, %1").arg(i);
        must(get(c.store().putSource(source)));
        c.append(events(i * 3, 3));
    }
    done = true;
    readers.clear();
    QCOMPARE(wrong.load(), 0);
}

void TestConcurrentTables::sourcesAreReadWhileTheFirstComes()
{
    const int rounds = std::max(40, qEnvironmentVariableIntValue("ROUNDS"));
    for (int round = 0; round < rounds; ++round) {
        Case c;
        c.open();
        std::atomic<bool> done = false;
        std::atomic<int> wrong = 0;
        std::vector<std::jthread> readers;
        for (int i = 0; i < 4; ++i) {
            readers.emplace_back([&] {
                while (!done) {
                    const auto sources = c.store().sources().result();
                    wrong += !sources
                        || (!sources->empty() && !sources->front().name.startsWith(QLatin1String("a name")));
                }
            });
        }
        store::SourceConfig source;
        for (int i = 0; i < 5; ++i) {
            source.name = QStringLiteral("a name that does not fit into a pointer, %1").arg(i);
            source = must(get(c.store().putSource(source)));
        }
        done = true;
        readers.clear();
        QCOMPARE(wrong.load(), 0);
    }
}

QTEST_GUILESS_MAIN(TestConcurrentTables)
#include "tst_concurrent_tables.moc"
