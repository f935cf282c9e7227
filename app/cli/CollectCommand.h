// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/AlertOptions.h"
#include "cli/Command.h"
#include "cli/CredentialOptions.h"
#include "cli/RouteOptions.h"
#include "store/Records.h"
#include "store/Store.h"

namespace octotrail::cli {

/// octotrail collect: polls one organization into the store without a window.
class CollectCommand : public Command
{
public:
    const char *name() const override { return "collect"; }
    const char *summary() const override { return "Poll an Okta organization into the store"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    /// The source of this organization as the store has it, or a new one, with what the options say.
    event::Result<store::SourceConfig> source(store::Store &store) const;

    std::string m_organization;
    CredentialOptions m_credential;
    RouteOptions m_route;
    AlertOptions m_alerts;
    std::string m_name;
    std::string m_since;
    bool m_users = false;
    bool m_devices = false;
    bool m_once = false;
    int m_rateShare = 0; ///< percent; 0: not told
};

} // namespace octotrail::cli
