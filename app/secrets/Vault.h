// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QFuture>
#include <QHash>
#include <QObject>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace QKeychain {
class Job;
}

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

    struct Options
    {
        /// A keychain that says nothing for so long while it is tried counts as none.
        std::chrono::milliseconds probe{std::chrono::seconds(5)};
        /// To keep and to read may take longer: the system may ask the user to unlock it.
        std::chrono::milliseconds patience{std::chrono::minutes(2)};
    };

    explicit Vault(QObject *parent = nullptr);
    explicit Vault(Options options, QObject *parent = nullptr);
    /// Futures that are not finished are cancelled.
    ~Vault() override;

    /// Whether the system has a keychain that answers. Tried once, by reading; then remembered.
    QFuture<bool> isKeychainAvailable();

    /// Keychain: Unavailable, Forbidden or Timeout if the keychain does not take it; then nothing is kept.
    /// Either place replaces what the other one has under this key.
    QFuture<event::Status> keep(const QString &key, const QByteArray &secret, Place place);
    /// NotFound if nothing is kept under this key (a session that ended, for example).
    QFuture<event::Result<QByteArray>> read(const QString &key);
    /// From both places. Nothing kept there is no error.
    QFuture<event::Status> forget(const QString &key);

private:
    using Ended = std::function<void(QKeychain::Job *)>;
    void run(QKeychain::Job *job, std::chrono::milliseconds timeout, Ended ended);
    void forgetInSession(const QString &key);

    Options m_options;
    QHash<QString, QByteArray> m_session;
    std::optional<QFuture<bool>> m_probe;
    std::optional<bool> m_keychainAvailable;
};

} // namespace octotrail::secrets
