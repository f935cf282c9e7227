// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

#include <string>
#include <vector>

namespace octotrail::cli {

/// octotrail case: what is done with stores as a whole. new makes one, copy copies one that may be in use by nobody
/// else, merge brings what others have into one.
class CaseCommand : public Command
{
public:
    const char *name() const override { return "case"; }
    const char *summary() const override { return "Make a case, copy it, or merge others into it"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    ExitCode makeNew() const;
    ExitCode copy(const CommonOptions &common) const;
    ExitCode merge(const CommonOptions &common) const;

    CLI::App *m_new = nullptr;
    CLI::App *m_copy = nullptr;
    std::string m_file;
    std::vector<std::string> m_others;
    bool m_replaces = false;
};

} // namespace octotrail::cli
