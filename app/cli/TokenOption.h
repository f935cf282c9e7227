// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <CLI/App.hpp>
#include <QByteArray>
#include <string>

namespace octotrail::cli {

/// --token-env and --token-fd: where the API token is read from. Never an argument, which every process list shows.
class TokenOption
{
public:
    void declare(CLI::App &options);
    /// The token. An environment variable is removed once it is read.
    event::Result<QByteArray> read() const;

private:
    std::string m_variable = "OCTOTRAIL_TOKEN";
    int m_descriptor = -1;
};

} // namespace octotrail::cli
