// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Case.h"
#include "Events.h"

#include <QTest>
#include <atomic>
#include <thread>

using namespace octotrail;
using namespace octotrail::test;

namespace {

/// Threads that read the sources over and over, and count what they may not see.
class Readers
{
public:
    Readers(store::Store &store, int count, bool mayBeNone)
    {
        for (int i = 0; i < count; ++i) {
            m_threads.emplace_back([this, &store, mayBeNone] {
                while (!m_done) {
                    const auto sources = store.sources().result();
                    m_wrong += !sources
                        || (sources->empty() ? !mayBeNone : !sources->front().name.startsWith(QLatin1String("a name")));
                }
            });
        }
    }
    ~Readers() { end(); }
    Readers(const Readers &) = delete;
    Readers &operator=(const Readers &) = delete;

    /// How often something was wrong.
    int end()
    {
        m_done = true;
        m_threads.clear();
        return m_wrong;
    }

private:
    std::atomic<bool> m_done = false;
    std::atomic<int> m_wrong = 0;
    std::vector<std::jthread> m_threads;
};

} // namespace

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
    Readers readers(c.store(), 3, false);
    for (int i = 0; i < 400; ++i) {
        source.name = QStringLiteral("a name that does not fit into a pointer, %1").arg(i);
        must(get(c.store().putSource(source)));
        c.append(events(i * 3, 3));
    }
    QCOMPARE(readers.end(), 0);
}

void TestConcurrentTables::sourcesAreReadWhileTheFirstComes()
{
    const int rounds = std::max(40, qEnvironmentVariableIntValue("ROUNDS"));
    for (int round = 0; round < rounds; ++round) {
        Case c;
        c.open();
        Readers readers(c.store(), 4, true);
        store::SourceConfig source;
        for (int i = 0; i < 5; ++i) {
            source.name = QStringLiteral("a name that does not fit into a pointer, %1").arg(i);
            source = must(get(c.store().putSource(source)));
        }
        QCOMPARE(readers.end(), 0);
    }
}

QTEST_GUILESS_MAIN(TestConcurrentTables)
#include "tst_concurrent_tables.moc"
