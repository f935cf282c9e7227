// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/TokenOption.h"

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

/// Longer than any token.
constexpr qsizetype maxTokenSize = 16'384;

event::Result<QByteArray> readDescriptor(int descriptor)
{
    QByteArray bytes;
    char piece[4096];
    while (bytes.size() <= maxTokenSize) {
        const ssize_t count = ::read(descriptor, piece, sizeof piece);
        if (count == 0) {
            return bytes;
        }
        if (count > 0) {
            bytes.append(piece, static_cast<qsizetype>(count));
        } else if (errno != EINTR) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("The token cannot be read from file descriptor %1: %2.")
                    .arg(descriptor)
                    .arg(qt_error_string(errno)));
        }
    }
    return bytes;
}

} // namespace

void TokenOption::declare(CLI::App &options)
{
    auto *variable = options.add_option("--token-env", m_variable, "The environment variable that holds the API token")
                         ->type_name("VAR")
                         ->capture_default_str();
    options.add_option("--token-fd", m_descriptor, "An open file descriptor to read the API token from")
        ->check(CLI::Range(0, std::numeric_limits<int>::max()))
        ->type_name("N")
        ->excludes(variable);
}

event::Result<QByteArray> TokenOption::read() const
{
    QByteArray token;
    if (m_descriptor >= 0) {
        auto bytes = readDescriptor(m_descriptor);
        if (!bytes) {
            return bytes;
        }
        token = bytes->trimmed();
    } else {
        token = qgetenv(m_variable.c_str()).trimmed();
        qunsetenv(m_variable.c_str());
    }
    if (token.isEmpty()) {
        return failure(ErrorKind::InvalidInput,
            m_descriptor >= 0
                ? QObject::tr("There is no token behind file descriptor %1.").arg(m_descriptor)
                : QObject::tr("The environment variable %1 holds no API token: set it, or use --token-fd.")
                      .arg(QString::fromStdString(m_variable)));
    }
    const bool isSound
        = token.size() <= maxTokenSize && std::ranges::all_of(token, [](char c) { return c > ' ' && c < '\x7f'; });
    if (!isSound) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("The API token holds characters that no token has: was it copied whole, and alone?"));
    }
    return token;
}

} // namespace octotrail::cli
