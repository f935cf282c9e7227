// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RouteOptions.h"

#include "okta/Route.h"

#include <CLI/Option.hpp>
#include <QDir>
#include <QFile>

namespace octotrail::cli {

void RouteOptions::declare(CLI::App &options)
{
    auto *proxy = options
                      .add_option("--proxy", m_proxy,
                          "http://[USER@]HOST:PORT, socks5://[USER@]HOST:PORT or none; the system's if not told")
                      ->type_name("URL");
    options
        .add_option("--proxy-password-env", m_passwordVariable, "The environment variable with the proxy's password")
        ->type_name("VAR")
        ->needs(proxy);
    options.add_option("--ca-file", m_caFile, "PEM file of certificate authorities to trust beside the system's")
        ->type_name("FILE");
}

event::Status RouteOptions::check() const
{
    const auto ready = okta::prepare({QString::fromStdString(m_proxy), {}, QFile::decodeName(m_caFile.c_str())});
    return ready ? event::Status() : tl::unexpected(ready.error());
}

void RouteOptions::apply(store::SourceConfig &source) const
{
    if (!m_proxy.empty()) {
        source.proxy = QString::fromStdString(m_proxy);
    }
    if (!m_caFile.empty()) {
        source.caFile = QDir::current().absoluteFilePath(QFile::decodeName(m_caFile.c_str()));
    }
}

QByteArray RouteOptions::readProxyPassword() const
{
    if (m_passwordVariable.empty()) {
        return {};
    }
    const QByteArray password = qgetenv(m_passwordVariable.c_str());
    qunsetenv(m_passwordVariable.c_str());
    return password;
}

} // namespace octotrail::cli
