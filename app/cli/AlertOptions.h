// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "notify/AlertForwarder.h"

#include <CLI/App.hpp>
#include <chrono>
#include <optional>
#include <string>

namespace octotrail::cli {

/// Where alerts are sent that are raised while nobody looks at a window, and after how long a source is silent. Without
/// any of these, what is set in the window's preferences counts.
class AlertOptions
{
public:
    void declare(CLI::App &options);
    /// By severity. InvalidInput or NotFound if something cannot be used. The variable is removed once it is read.
    event::Result<notify::AlertForwarder::Routes> read() const;
    /// Absent if not told; zero is never.
    std::optional<std::chrono::minutes> silentAfter() const;

private:
    std::string m_webhookVariable;
    std::string m_command;
    std::string m_severity = "informational";
    int m_silentAfter = -1; ///< minutes
};

} // namespace octotrail::cli
