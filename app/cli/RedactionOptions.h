// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Redaction.h"

#include <CLI/App.hpp>
#include <optional>
#include <string>
#include <vector>

namespace octotrail::cli {

/// What an export shall not tell, and the key of the pseudonyms, which comes from the environment only: arguments can
/// be read by every process of the machine.
class RedactionOptions
{
public:
    void declare(CLI::App &options);
    /// nullopt if nothing is to be redacted.
    event::Result<std::optional<exchange::Redaction>> redaction() const;

private:
    std::vector<std::string> m_fields;
    std::string m_keyVariable;
};

} // namespace octotrail::cli
