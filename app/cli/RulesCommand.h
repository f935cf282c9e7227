// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <string>
#include <vector>

namespace octotrail::cli {

/// octotrail rules: detection rules without a store. match runs them over events, check loads them and runs the tests
/// that they carry.
class RulesCommand : public Command
{
public:
    const char *name() const override { return "rules"; }
    const char *summary() const override { return "Run detection rules over NDJSON, or check them and their tests"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    ExitCode match() const;
    ExitCode check() const;

    CLI::App *m_match = nullptr;
    std::vector<std::string> m_rules;
    std::vector<std::string> m_events;
    std::vector<std::string> m_folders;
};

} // namespace octotrail::cli
