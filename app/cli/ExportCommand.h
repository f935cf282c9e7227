// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "cli/QueryOptions.h"

#include <vector>

namespace octotrail::cli {

/// octotrail export: events of the store to a file or standard output, newest last.
class ExportCommand : public Command
{
public:
    const char *name() const override { return "export"; }
    const char *summary() const override { return "Write events as CSV, JSON, NDJSON or Parquet, newest last"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    QueryOptions m_query;
    std::vector<std::string> m_fields;
    std::string m_format;
    std::string m_output;
};

} // namespace octotrail::cli
