// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <vector>

namespace octotrail::cli {

/// octotrail import: archives into the store.
class ImportCommand : public Command
{
public:
    const char *name() const override { return "import"; }
    const char *summary() const override { return "Add events from JSON or NDJSON files, plain, gzip or zstd"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    std::vector<std::string> m_files;
    std::string m_source = "Import";
};

} // namespace octotrail::cli
