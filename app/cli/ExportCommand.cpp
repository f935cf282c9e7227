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
using event::failure;

void ExportCommand::declare(CLI::App &options)
{
    m_query.declare(options);
    options.add_option("--fields", m_fields, "Paths such as published,actor.alternateId: the columns, or flat objects")
        ->delimiter(',')
        ->type_name("A,B,C");
    options
        .add_option("--format", m_format,
            "csv, json, ndjson, parquet, or html or pdf for a report; by the file's ending if not told")
        ->type_name("FORMAT");
    options.add_option("-o,--output", m_output, "The file to write, whole or not at all; else standard output")
        ->type_name("FILE");
    m_redaction.declare(options);
    auto *manifest = options.add_flag("--manifest", m_manifest,
        "Write FILE.manifest.json with the file's SHA-256 and where it comes from, as is done beside every file");
    options.add_flag("--no-manifest", m_noManifest, "Write the file alone")->excludes(manifest);
    options.add_option("--title", m_title, "The title of a report")->type_name("TEXT");
    options.add_option("--zone", m_zone, "The time zone of a report, such as Europe/Oslo; UTC if not told")
        ->type_name("ZONE");
}

bool ExportCommand::needsFonts() const
{
    return m_format == "pdf" || (m_format.empty() && QByteArray::fromStdString(m_output).toLower().endsWith(".pdf"));
}

event::Result<exchange::ExportOptions> ExportCommand::exportOptions(const QString &output) const
{
    exchange::ExportOptions options;
    options.fields = m_fields;
    options.manifest = !output.isEmpty() && !m_noManifest;
    if (!m_format.empty()) {
        const auto format = exchange::formatByName(QString::fromStdString(m_format));
        if (!format) {
            return tl::unexpected(format.error());
        }
        options.format = *format;
    } else if (const auto format = exchange::formatByFileName(output)) {
        options.format = *format;
    } else {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("Say the format with --format: csv, json, ndjson, parquet, html or pdf."));
    }
    if (output.isEmpty() && (options.format == exchange::Format::Parquet || options.format == exchange::Format::Pdf)) {
        return failure(ErrorKind::InvalidInput,
            QObject::tr("%1 can be written to a file only: name one with -o.")
                .arg(options.format == exchange::Format::Pdf ? QStringLiteral("PDF") : QStringLiteral("Parquet")));
    }
    if (output.isEmpty() && m_manifest) {
        return failure(ErrorKind::InvalidInput, QObject::tr("--manifest stands beside a file: name one with -o."));
    }
    options.report.title = QString::fromStdString(m_title);
    if (!m_zone.empty()) {
        options.report.zone = QTimeZone(QByteArray::fromStdString(m_zone));
        if (!options.report.zone.isValid()) {
            return failure(ErrorKind::InvalidInput,
                QObject::tr("--zone: there is no time zone \"%1\". Write it like Europe/Oslo.")
                    .arg(QString::fromStdString(m_zone)));
        }
    }
    auto redaction = m_redaction.redaction();
    if (!redaction) {
        return tl::unexpected(redaction.error());
    }
    options.redaction = std::move(*redaction);
    return options;
}

ExitCode ExportCommand::run(const CommonOptions &common)
{
    const QString output = m_output == "-" ? QString() : QFile::decodeName(m_output.c_str());
    const auto options = exportOptions(output);
    if (!options) {
        tell(options.error());
        return exitCodeFor(options.error());
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
        line.show((done.isLearning ? QObject::tr("looking through %1 of %2 events") : QObject::tr("%1 of %2 events"))
                      .arg(done.events)
                      .arg(done.total));
    };
    StandardOutput standardOutput;
    const auto done = output.isEmpty()
        ? exchange::exportEvents(**store, *query, *options, standardOutput, progress, interruption.token())
        : exchange::exportToFile(**store, *query, *options, output, progress, interruption.token());
    line.wipe();
    if (!done) {
        if (standardOutput.isAbandoned()) {
            return ExitCode::Success;
        }
        tell(done.error());
        return exitCodeFor(done.error());
    }
    if (done->withheld > 0) {
        tell(QObject::tr("withheld %1 events, which are no JSON and cannot be redacted").arg(done->withheld));
    }
    if (!done->manifestFile.isEmpty()) {
        tell(QObject::tr("manifest %1, SHA-256 %2").arg(done->manifestFile, done->manifestDigest));
    }
    tell(QObject::tr("exported %1 events").arg(done->events));
    return ExitCode::Success;
}

} // namespace octotrail::cli
