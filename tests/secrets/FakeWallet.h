// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QObject>
#include <QPair>
#include <QProcess>
#include <QThread>

namespace octotrail::tests {

/// The part of KWallet's D-Bus interface that QtKeychain uses.
class FakeWallet : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")

public:
    /// What is kept, by folder and key. Any thread.
    QHash<QPair<QString, QString>, QByteArray> entries() const;
    /// From now on the user refuses to open the wallet. Any thread.
    void setRefusing(bool refusing);

public Q_SLOTS:
    QString networkWallet();
    int open(const QString &wallet, qlonglong window, const QString &application);
    int entryType(int handle, const QString &folder, const QString &key, const QString &application);
    QByteArray readEntry(int handle, const QString &folder, const QString &key, const QString &application);
    QString readPassword(int handle, const QString &folder, const QString &key, const QString &application);
    int writeEntry(int handle, const QString &folder, const QString &key, const QByteArray &value, int entryType,
        const QString &application);
    int writeEntry(
        int handle, const QString &folder, const QString &key, const QByteArray &value, const QString &application);
    int writePassword(
        int handle, const QString &folder, const QString &key, const QString &value, const QString &application);
    int removeEntry(int handle, const QString &folder, const QString &key, const QString &application);

private:
    mutable QMutex m_mutex;
    QHash<QPair<QString, QString>, QByteArray> m_entries;
    bool m_refusing = false;
};

/// A session bus of our own with the wallet on it, in a thread of its own; this process's environment is set so that
/// QtKeychain finds it.
class PrivateBus
{
public:
    /// Whether the bus came up; the reason if not.
    QString start(FakeWallet *wallet);
    ~PrivateBus();

private:
    QProcess m_daemon;
    QThread m_thread;
};

} // namespace octotrail::tests
