// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <vector>

namespace octotrail::cli {

/// octotrail filter: the filter language as a tool for pipes, without a store.
class FilterCommand : public Command
{
public:
    const char *name() const override { return "filter"; }
    const char *summary() const override { return "Print the lines of NDJSON that match an expression or words"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    std::string m_expression;
    std::vector<std::string> m_files;
};

} // namespace octotrail::cli
