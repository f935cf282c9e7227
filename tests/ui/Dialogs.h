// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QTest>

namespace octotrail::tests {

inline constexpr int patience = 60'000;

inline QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The dialog of that kind that is open, once it is there.
template <class T>
T *dialog()
{
    T *found = nullptr;
    const bool there = QTest::qWaitFor(
        [&] {
            for (QWidget *widget : QApplication::topLevelWidgets()) {
                if (auto *candidate = qobject_cast<T *>(widget); candidate && candidate->isVisible()) {
                    found = candidate;
                }
            }
            return found != nullptr;
        },
        patience);
    return there ? found : nullptr;
}

/// Qt's own dialog, as if the file had been typed.
inline void chooseFile(const QString &name)
{
    auto *chooser = dialog<QFileDialog>();
    QVERIFY(chooser);
    chooser->selectFile(name);
    QMetaObject::invokeMethod(chooser, "accept");
}

} // namespace octotrail::tests
