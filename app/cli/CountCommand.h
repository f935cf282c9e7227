// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "cli/QueryOptions.h"

namespace octotrail::cli {

/// octotrail count: how many events there are, or how many of each value.
class CountCommand : public Command
{
public:
    const char *name() const override { return "count"; }
    const char *summary() const override { return "Count events, or the values of a field, most frequent first"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    QueryOptions m_query;
    std::string m_by;
};

} // namespace octotrail::cli
