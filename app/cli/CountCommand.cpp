// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CountCommand.h"

#include "cli/Console.h"
#include "cli/StandardOutput.h"
#include "event/Json.h"

#include <QObject>
#include <algorithm>
#include <limits>

namespace octotrail::cli {

namespace {

/// A value cannot leave its line or its column, nor play with the terminal.
std::string oneCell(std::string value)
{
    std::replace_if(
        value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }, ' ');
    return value;
}

} // namespace

void CountCommand::declare(CLI::App &options)
{
    m_query.declare(options);
    options.add_option("--by", m_by, "Count each value of this field: value, tab, count")->type_name("FIELD");
}

ExitCode CountCommand::run(const CommonOptions &common)
{
    const auto query = m_query.query();
    if (!query) {
        tell(query.error());
        return exitCodeFor(query.error());
    }
    if (!m_by.empty() && !event::FieldPath(m_by).isValid()) {
        tell(QObject::tr("--by: \"%1\" is no field: write a path such as actor.alternateId.")
                 .arg(QString::fromStdString(m_by)));
        return ExitCode::Usage;
    }
    const auto store = openStore(common, false);
    if (!store) {
        tell(store.error());
        return exitCodeFor(store.error());
    }
    std::string text;
    if (m_by.empty()) {
        const auto count = (*store)->count(*query).result();
        if (!count) {
            tell(count.error());
            return exitCodeFor(count.error());
        }
        text = std::to_string(*count) + '\n';
    } else {
        const auto counts = (*store)->countBy(*query, m_by, std::numeric_limits<int>::max()).result();
        if (!counts) {
            tell(counts.error());
            return exitCodeFor(counts.error());
        }
        for (const auto &[value, count] : *counts) {
            text.append(oneCell(value)).append("\t").append(std::to_string(count)).append("\n");
        }
    }
    StandardOutput output;
    if (!output.print(text) && !output.isAbandoned()) {
        tell(QObject::tr("The result could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    return ExitCode::Success;
}

} // namespace octotrail::cli
