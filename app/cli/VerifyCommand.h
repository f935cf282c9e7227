// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"

namespace octotrail::cli {

/// octotrail verify: whether any stored event was altered, added or taken away behind Octotrail's back, or an
/// exported file since its manifest was written.
class VerifyCommand : public Command
{
public:
    const char *name() const override { return "verify"; }
    const char *summary() const override { return "Tell whether any stored event, or an exported file, was altered"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    ExitCode checkManifest(const CommonOptions &common) const;

    std::string m_manifest;
    std::string m_digest;
    std::string m_head;
    bool m_bytesOnly = false;
};

} // namespace octotrail::cli
