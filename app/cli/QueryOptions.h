// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/Command.h"
#include "store/Store.h"

#include <string>

namespace octotrail::cli {

/// --filter, --search, --since and --until: which events a command is about.
class QueryOptions
{
public:
    void declare(CLI::App &options);
    /// The query, oldest first; or what is wrong with the options.
    event::Result<store::EventQuery> query() const;

private:
    std::string m_filter;
    std::string m_search;
    std::string m_since;
    std::string m_until;
};

/// A moment as RFC 3339 or a date alone; the sentence names the option.
event::Result<event::Timestamp> readTime(const std::string &text, const QString &option);

/// An error of the filter language with its column.
QString filterErrorText(const event::Error &error);

/// Opens the store that the options name.
event::Result<std::shared_ptr<store::Store>> openStore(const CommonOptions &common, bool create);

} // namespace octotrail::cli
