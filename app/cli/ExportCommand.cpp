// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ExportCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/StandardOutput.h"
#include "exchange/Exporter.h"

#include <QFile>
#include <QObject>

namespace octotrail::cli {

using event::ErrorKind;

void ExportCommand::declare(CLI::App &options)
{
    m_query.declare(options);
    options.add_option("--fields", m_fields, "Paths such as published,actor.alternateId: the columns, or flat objects")
        ->delimiter(',')
        ->type_name("A,B,C");
    options.add_option("--format", m_format, "csv, json, ndjson or parquet; by the file's ending if not told")
        ->type_name("FORMAT");
    options.add_option("-o,--output", m_output, "The file to write, whole or not at all; else standard output")
        ->type_name("FILE");
}

ExitCode ExportCommand::run(const CommonOptions &common)
{
    const QString output = m_output == "-" ? QString() : QFile::decodeName(m_output.c_str());
    exchange::ExportOptions options;
    options.fields = m_fields;
    if (!m_format.empty()) {
        const auto format = exchange::formatByName(QString::fromStdString(m_format));
        if (!format) {
            tell(format.error());
            return ExitCode::Usage;
        }
        options.format = *format;
    } else if (const auto format = exchange::formatByFileName(output)) {
        options.format = *format;
    } else {
        tell(QObject::tr("Say the format with --format: csv, json, ndjson or parquet."));
        return ExitCode::Usage;
    }
    if (options.format == exchange::Format::Parquet && output.isEmpty()) {
        tell(QObject::tr("Parquet can be written to a file only: name one with -o."));
        return ExitCode::Usage;
    }
    const auto query = m_query.query();
    if (!query) {
        tell(query.error());
        return exitCodeFor(query.error());
    }
    const auto store = openStore(common, false);
    if (!store) {
        tell(store.error());
        return exitCodeFor(store.error());
    }

    const Interruption interruption;
    ProgressLine line;
    const auto progress = [&](const exchange::ExportProgress &done) {
        line.show(QObject::tr("%1 of %2 events").arg(done.events).arg(done.total));
    };
    StandardOutput standardOutput;
    const auto done = output.isEmpty()
        ? exchange::exportEvents(**store, *query, options, standardOutput, progress, interruption.token())
        : exchange::exportToFile(**store, *query, options, output, progress, interruption.token());
    line.wipe();
    if (!done) {
        if (standardOutput.isAbandoned()) {
            return ExitCode::Success;
        }
        tell(done.error());
        return exitCodeFor(done.error());
    }
    tell(QObject::tr("exported %1 events").arg(done->events));
    return ExitCode::Success;
}

} // namespace octotrail::cli
