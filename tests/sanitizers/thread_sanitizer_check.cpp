// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>
#include <QThread>
#include <QtConcurrent>
#include <string>

/// Hands values over to other threads and back as Octotrail does, by queued calls and futures; called with "race", also
/// counts in two threads at once, which the sanitizer has to find.
int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    std::string text;
    QThread thread;
    QObject there;
    there.moveToThread(&thread);
    thread.start();
    QMetaObject::invokeMethod(&there, [&] {
        text = "handed over";
        QMetaObject::invokeMethod(&application, [&] { QCoreApplication::exit(text.empty() ? 1 : 0); });
    });
    const int status = QCoreApplication::exec();
    thread.quit();
    thread.wait();

    constexpr int rounds = 3'000'000;
    volatile int count = 0;
    const auto add = [&count] {
        for (int i = 0; i < rounds; ++i) {
            count = count + 1;
        }
        return std::string("added");
    };
    QFuture<std::string> added = QtConcurrent::run(add);
    if (argc > 1) {
        add();
    }
    return added.result() == "added" ? status : 1;
}
