// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace octotrail::cli {

/// octotrail recover: what can be read of a damaged store, in a new one.
class RecoverCommand : public Command
{
public:
    const char *name() const override { return "recover"; }
    const char *summary() const override { return "Save what can be read of a damaged store in a new one"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    std::string m_file;
    std::string m_out;
};

} // namespace octotrail::cli
