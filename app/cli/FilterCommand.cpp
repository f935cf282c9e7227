// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/FilterCommand.h"

#include "cli/Console.h"
#include "cli/LineFilter.h"
#include "cli/QueryOptions.h"
#include "cli/StandardOutput.h"
#include "filter/Matcher.h"
#include "filter/ProfilePath.h"

namespace octotrail::cli {

void FilterCommand::declare(CLI::App &options)
{
    options.add_option("EXPR", m_expression, "An expression, or words that all occur in the event")
        ->required()
        ->type_name("");
    options.add_option("FILE", m_files, "NDJSON, perhaps packed; standard input if there is none")->type_name("");
}

ExitCode FilterCommand::run(const CommonOptions & /*common*/)
{
    const auto input = filter::parseInput(m_expression);
    if (!input) {
        tell(filterErrorText(input.error()));
        return ExitCode::Usage;
    }
    if (filter::usesProfiles(input->expression)) {
        tell(QObject::tr("Profiles are known to a store alone: import the events, then use export --filter."));
        return ExitCode::Usage;
    }
    const filter::Matcher matcher(*input);
    StandardOutput output;
    LineFilter lines([&](const event::LogEvent &event) { return matcher.matches(event); }, output);
    return lines.readAll(m_files);
}

} // namespace octotrail::cli
