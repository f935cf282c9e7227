// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "EngineWorld.h"

#include "detect/Engine.h"
#include "store/Arrivals.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>
#include <cstdio>

using namespace octotrail;

/// engine_child FILE TOTAL: appends events to the store while the engine watches them, until there are so many and all
/// have been looked at. Prints a line for each batch.
int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    auto store = store::Store::open(QFile::decodeName(argv[1]));
    if (!store) {
        std::fprintf(stderr, "%s\n", qPrintable(store.error().sentence));
        return 1;
    }
    const int total = QByteArray(argv[2]).toInt();
    detect::Engine engine(*store, {test::enginePack()});
    const auto newest = store::Arrivals(*store).newest();
    int number = newest ? static_cast<int>(*newest) : 0;
    bool hasBegun = false;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, [&] {
        if (number < total && hasBegun) {
            const int count = std::min(50, total - number);
            (*store)->append({1, test::engineEvents(number, count), {}}).waitForFinished();
            number += count;
            std::printf("%d\n", number);
            std::fflush(stdout);
        }
    });
    QObject::connect(&engine, &detect::Engine::statusChanged, [&](const detect::EngineStatus &status) {
        hasBegun = hasBegun || status.isRunning;
        if (number >= total && status.cursor >= total) {
            QCoreApplication::quit();
        }
    });
    timer.start(2);
    return QCoreApplication::exec();
}
