// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <CLI/App.hpp>
#include <QByteArray>
#include <string>

namespace octotrail::cli {

/// Through which proxy, and whose certificates to trust.
class RouteOptions
{
public:
    void declare(CLI::App &options);
    /// InvalidInput if the proxy or the file cannot be used.
    event::Status check() const;
    void apply(store::SourceConfig &source) const;
    /// Of the proxy; an environment variable is removed once it is read.
    QByteArray readProxyPassword() const;

private:
    std::string m_proxy;
    std::string m_passwordVariable;
    std::string m_caFile;
};

} // namespace octotrail::cli
