// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "detect/Match.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace octotrail::store {
class Store;
}

namespace octotrail::cli {

/// octotrail detect: the alerts that rules would have raised over the stored past.
class DetectCommand : public Command
{
public:
    const char *name() const override { return "detect"; }
    const char *summary() const override { return "Run detection rules over the store, and print the alerts"; }
    void declare(CLI::App &options) override;
    ExitCode run(const CommonOptions &common) override;

private:
    /// The rules that were asked for; nullopt if one of the names is none.
    std::optional<std::vector<detect::RulePtr>> rules(const std::shared_ptr<store::Store> &store) const;

    std::vector<std::string> m_folders;
    std::vector<std::string> m_packs;
    std::string m_format = "text";
    std::string m_since;
    std::string m_until;
};

} // namespace octotrail::cli
