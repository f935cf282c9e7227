// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Records.h"

#include <CLI/App.hpp>
#include <QByteArray>
#include <string>

namespace octotrail::cli {

/// Where the API token or the service app's private key is read from, and what goes with it. Never an argument, which
/// every process list shows.
class CredentialOptions
{
public:
    void declare(CLI::App &options);
    /// The token, or the private key. An environment variable is removed once it is read.
    event::Result<QByteArray> read() const;
    /// Tells the source which of the two it is.
    void apply(store::SourceConfig &source) const;

private:
    bool isServiceApp() const { return !m_clientId.empty(); }
    event::Result<QByteArray> readKey() const;
    event::Result<QByteArray> readToken() const;

    std::string m_tokenVariable = "OCTOTRAIL_TOKEN";
    int m_tokenDescriptor = -1;
    std::string m_clientId;
    std::string m_keyVariable = "OCTOTRAIL_KEY";
    int m_keyDescriptor = -1;
    std::string m_keyId;
};

} // namespace octotrail::cli
