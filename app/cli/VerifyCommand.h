// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace octotrail::cli {

/// octotrail verify: whether any stored event was altered, added or taken away behind Octotrail's back.
class VerifyCommand : public Command
{
public:
    const char *name() const override { return "verify"; }
    const char *summary() const override { return "Tell whether any stored event was altered"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    std::string m_head;
    bool m_bytesOnly = false;
};

} // namespace octotrail::cli
