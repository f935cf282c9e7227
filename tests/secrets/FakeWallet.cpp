// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWallet.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QMutexLocker>

namespace octotrail::tests {

namespace {

constexpr int passwordType = 1;
constexpr int streamType = 2;

} // namespace

QHash<QPair<QString, QString>, QByteArray> FakeWallet::entries() const
{
    const QMutexLocker lock(&m_mutex);
    return m_entries;
}

void FakeWallet::setRefusing(bool refusing)
{
    const QMutexLocker lock(&m_mutex);
    m_refusing = refusing;
}

QString FakeWallet::networkWallet()
{
    return QStringLiteral("kdewallet");
}

int FakeWallet::open(const QString &, qlonglong, const QString &)
{
    const QMutexLocker lock(&m_mutex);
    return m_refusing ? -1 : 7;
}

int FakeWallet::entryType(int, const QString &folder, const QString &key, const QString &)
{
    const QMutexLocker lock(&m_mutex);
    return m_entries.contains({folder, key}) ? streamType : 0;
}

QByteArray FakeWallet::readEntry(int, const QString &folder, const QString &key, const QString &)
{
    const QMutexLocker lock(&m_mutex);
    return m_entries.value({folder, key});
}

QString FakeWallet::readPassword(int, const QString &folder, const QString &key, const QString &)
{
    const QMutexLocker lock(&m_mutex);
    return QString::fromUtf8(m_entries.value({folder, key}));
}

int FakeWallet::writeEntry(
    int, const QString &folder, const QString &key, const QByteArray &value, int, const QString &)
{
    const QMutexLocker lock(&m_mutex);
    m_entries.insert({folder, key}, value);
    return 0;
}

int FakeWallet::writeEntry(
    int handle, const QString &folder, const QString &key, const QByteArray &value, const QString &application)
{
    return writeEntry(handle, folder, key, value, streamType, application);
}

int FakeWallet::writePassword(
    int handle, const QString &folder, const QString &key, const QString &value, const QString &application)
{
    return writeEntry(handle, folder, key, value.toUtf8(), passwordType, application);
}

int FakeWallet::removeEntry(int, const QString &folder, const QString &key, const QString &)
{
    const QMutexLocker lock(&m_mutex);
    return m_entries.remove({folder, key}) > 0 ? 0 : -3;
}

QString PrivateBus::start(FakeWallet *wallet)
{
    m_daemon.start(QStringLiteral("dbus-daemon"),
        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    if (!m_daemon.waitForStarted() || !m_daemon.waitForReadyRead()) {
        return m_daemon.errorString();
    }
    const QString address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
    qputenv("XDG_CURRENT_DESKTOP", "KDE");
    qputenv("KDE_FULL_SESSION", "true");
    qputenv("KDE_SESSION_VERSION", "5");
    wallet->moveToThread(&m_thread);
    m_thread.start();
    QDBusConnection bus = QDBusConnection::connectToBus(address, QStringLiteral("wallet"));
    if (!bus.registerObject(QStringLiteral("/modules/kwalletd5"), wallet, QDBusConnection::ExportAllSlots)
        || !bus.registerService(QStringLiteral("org.kde.kwalletd5"))) {
        return bus.lastError().message();
    }
    return {};
}

PrivateBus::~PrivateBus()
{
    QDBusConnection::disconnectFromBus(QStringLiteral("wallet"));
    m_thread.quit();
    m_thread.wait();
    m_daemon.kill();
    m_daemon.waitForFinished();
}

} // namespace octotrail::tests
