// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "simulator/OAuthClient.h"

namespace octotrail::cli {

/// octotrail simulate: an Okta organization on a loopback port, until it is stopped.
class SimulateCommand : public Command
{
public:
    const char *name() const override { return "simulate"; }
    const char *summary() const override { return "Serve a simulated Okta organization on 127.0.0.1"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    /// The service app of the options; none if they name none.
    event::Result<QList<simulator::OAuthClient>> clients() const;

    int m_port = 0;
    std::string m_events;
    std::string m_rate;
    int m_users = 200;
    int m_days = 1;
    bool m_quiet = false;
    std::uint64_t m_seed = 1;
    std::string m_faults;
    std::string m_clientId;
    std::string m_clientKey;
};

} // namespace octotrail::cli
