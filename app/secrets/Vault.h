// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QObject>

namespace octotrail::secrets {

/// Keeps API tokens and private keys in the system's keychain (QtKeychain), or, if the user chose so, in memory until
/// the application ends. Never on disk in the clear, never in a log.
/// Lives in the GUI thread; the futures finish there.
class Vault : public QObject
{
    Q_OBJECT

public:
    enum class Place { Keychain, Session };
    Q_ENUM(Place)

    explicit Vault(QObject *parent = nullptr);
    ~Vault() override;

    /// Whether the system has a keychain that answers. Tried once, by reading; then remembered.
    QFuture<bool> isKeychainAvailable();

    QFuture<event::Status> keep(const QString &key, const QByteArray &secret, Place place);
    /// NotFound if nothing is kept under this key (a session that ended, for example).
    QFuture<event::Result<QByteArray>> read(const QString &key);
    QFuture<event::Status> forget(const QString &key);

private:
    QHash<QString, QByteArray> m_session;
    std::optional<bool> m_keychainAvailable;
};

} // namespace octotrail::secrets
