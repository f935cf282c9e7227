// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace octotrail::cli {

/// octotrail sql: read-only SQL over the store.
class SqlCommand : public Command
{
public:
    const char *name() const override { return "sql"; }
    const char *summary() const override { return "Ask the store in SQL, which only reads"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    std::string m_query;
    std::string m_format = "table";
};

} // namespace octotrail::cli
