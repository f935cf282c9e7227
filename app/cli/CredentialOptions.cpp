// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CredentialOptions.h"

#include "okta/ServiceApp.h"

#include <CLI/Option.hpp>
#include <CLI/Validators.hpp>
#include <QObject>
#include <algorithm>
#include <cerrno>
#include <limits>
#include <unistd.h>

namespace octotrail::cli {

using event::ErrorKind;
using event::failure;

namespace {

/// Longer than any token or key.
constexpr qsizetype maxSecretSize = 65'536;

event::Result<QByteArray> readDescriptor(int descriptor)
{
    QByteArray bytes;
    char piece[4096];
    while (bytes.size() <= maxSecretSize) {
        const ssize_t count = ::read(descriptor, piece, sizeof piece);
        if (count == 0) {
            return bytes.trimmed();
        }
        if (count > 0) {
            bytes.append(piece, static_cast<qsizetype>(count));
        } else if (errno != EINTR) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("File descriptor %1 cannot be read: %2.").arg(descriptor).arg(qt_error_string(errno)));
        }
    }
    return bytes.trimmed();
}

event::Result<QByteArray> readSecret(int descriptor, const std::string &variable)
{
    if (descriptor >= 0) {
        return readDescriptor(descriptor);
    }
    const QByteArray secret = qgetenv(variable.c_str()).trimmed();
    qunsetenv(variable.c_str());
    return secret;
}

} // namespace

void CredentialOptions::declare(CLI::App &options)
{
    const CLI::Range descriptors(0, std::numeric_limits<int>::max());
    auto *tokenVariable
        = options.add_option("--token-env", m_tokenVariable, "The environment variable that holds the API token")
              ->type_name("VAR")
              ->capture_default_str();
    auto *tokenDescriptor
        = options.add_option("--token-fd", m_tokenDescriptor, "An open file descriptor to read the API token from")
              ->check(descriptors)
              ->type_name("N")
              ->excludes(tokenVariable);
    auto *client
        = options.add_option("--client-id", m_clientId, "An OAuth 2.0 service app's client ID, in place of a token")
              ->type_name("ID")
              ->excludes(tokenVariable)
              ->excludes(tokenDescriptor);
    auto *keyVariable = options
                            .add_option("--key-env", m_keyVariable,
                                "The environment variable that holds the app's private key, as PEM or JWK")
                            ->type_name("VAR")
                            ->capture_default_str()
                            ->needs(client);
    options.add_option("--key-fd", m_keyDescriptor, "An open file descriptor to read the private key from")
        ->check(descriptors)
        ->type_name("N")
        ->needs(client)
        ->excludes(keyVariable);
    options.add_option("--key-id", m_keyId, "The key's ID (kid), if the app has several keys")
        ->type_name("KID")
        ->needs(client);
}

event::Result<QByteArray> CredentialOptions::read() const
{
    return isServiceApp() ? readKey() : readToken();
}

event::Result<QByteArray> CredentialOptions::readKey() const
{
    const auto key = readSecret(m_keyDescriptor, m_keyVariable);
    if (!key) {
        return key;
    }
    if (key->isEmpty()) {
        return failure(ErrorKind::InvalidInput,
            m_keyDescriptor >= 0
                ? QObject::tr("There is no private key behind file descriptor %1.").arg(m_keyDescriptor)
                : QObject::tr("The environment variable %1 holds no private key: set it, or use --key-fd.")
                      .arg(QString::fromStdString(m_keyVariable)));
    }
    const auto app = okta::ServiceApp::read(QString::fromStdString(m_clientId), *key, QString::fromStdString(m_keyId));
    return app ? key : tl::unexpected(app.error());
}

event::Result<QByteArray> CredentialOptions::readToken() const
{
    const auto token = readSecret(m_tokenDescriptor, m_tokenVariable);
    if (!token) {
        return token;
    }
    if (token->isEmpty()) {
        return failure(ErrorKind::InvalidInput,
            m_tokenDescriptor >= 0
                ? QObject::tr("There is no token behind file descriptor %1.").arg(m_tokenDescriptor)
                : QObject::tr("The environment variable %1 holds no API token: set it, or use --token-fd. For a "
                              "service app, use --client-id.")
                      .arg(QString::fromStdString(m_tokenVariable)));
    }
    constexpr qsizetype longestToken = 16'384;
    const bool isSound
        = token->size() <= longestToken && std::ranges::all_of(*token, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!isSound) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("The API token holds characters that no token has: was it copied whole, and alone?"));
    }
    return token;
}

void CredentialOptions::apply(store::SourceConfig &source) const
{
    using Authentication = store::SourceConfig::Authentication;
    source.authentication = isServiceApp() ? Authentication::ServiceApp : Authentication::ApiToken;
    source.clientId = QString::fromStdString(m_clientId).trimmed();
    source.keyId = QString::fromStdString(m_keyId).trimmed();
}

} // namespace octotrail::cli
