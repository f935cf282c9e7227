// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/ThreadPriority.h"

#include <QtTest>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace octotrail::event;

namespace {

int level()
{
    return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
}

} // namespace

class TestThreadPriority : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void belongsToTheThreadAndWhatItStarts()
    {
        const int before = level();
        int own = 0;
        int started = 0;
        std::thread([&] {
            giveWay(Courtesy::Reading);
            own = level();
            std::thread([&] { started = level(); }).join();
        }).join();
        QCOMPARE(own, std::max(before, static_cast<int>(Courtesy::Reading)));
        QCOMPARE(started, own);
        QCOMPARE(level(), before);
    }

    void isNotTakenBack()
    {
        int after = 0;
        std::thread([&] {
            giveWay(Courtesy::Bulk);
            giveWay(Courtesy::Reading);
            after = level();
        }).join();
        QVERIFY(after >= static_cast<int>(Courtesy::Bulk));
    }
};

QTEST_GUILESS_MAIN(TestThreadPriority)
#include "tst_thread_priority.moc"
