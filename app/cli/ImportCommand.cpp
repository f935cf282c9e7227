// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ImportCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/QueryOptions.h"
#include "cli/StandardOutput.h"
#include "exchange/ImportPace.h"
#include "exchange/ImportPreview.h"
#include "exchange/ProblemReport.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocale>
#include <QObject>
#include <algorithm>

namespace octotrail::cli {

namespace {

constexpr qsizetype maxProblemsShown = 20;
constexpr qsizetype maxRowsShown = 10;

void tell(const exchange::ImportProblem &problem)
{
    if (problem.line > 0) {
        cli::tell(QObject::tr("%1, line %2: %3").arg(problem.file).arg(problem.line).arg(problem.sentence));
    } else {
        cli::tell(problem.sentence);
    }
}

void tellProblems(const QList<exchange::ImportProblem> &problems, qint64 total)
{
    const auto shown = std::min(problems.size(), maxProblemsShown);
    for (qsizetype i = 0; i < shown; ++i) {
        tell(problems[i]);
    }
    if (total > shown) {
        cli::tell(QObject::tr("... and %1 more like these.").arg(total - shown));
    }
}

QString joined(const QStringList &list)
{
    return list.isEmpty() ? QObject::tr("nothing that is known") : list.join(QStringLiteral(", "));
}

/// A value cannot leave its line or its column, nor play with the terminal.
QString oneCell(QString value)
{
    std::ranges::replace_if(
        value, [](QChar c) { return c.category() == QChar::Other_Control; }, QChar(u' '));
    return value;
}

/// The facts a line each, name and value; then a row of the first events each.
std::string previewText(const exchange::ImportPreview &preview)
{
    QString text;
    const auto add = [&text](const QStringList &cells) {
        QStringList clean;
        for (const QString &cell : cells) {
            clean << oneCell(cell);
        }
        text += clean.join(u'\t') + u'\n';
    };
    add({QObject::tr("format"), joined(preview.formats)});
    if (!preview.packings.isEmpty()) {
        add({QObject::tr("packed with"), joined(preview.packings)});
    }
    if (!preview.wrappers.isEmpty()) {
        add({QObject::tr("unwrapped from"), joined(preview.wrappers)});
    }
    add({QObject::tr("events"), QString::number(preview.events)});
    if (preview.rebuilt > 0) {
        add({QObject::tr("rebuilt, not Okta's bytes"), QString::number(preview.rebuilt)});
    }
    if (preview.first && preview.last) {
        add({QObject::tr("first"), QString::fromStdString(event::formatTimestamp(*preview.first))});
        add({QObject::tr("last"), QString::fromStdString(event::formatTimestamp(*preview.last))});
    }
    add({QObject::tr("problems"), QString::number(preview.problemCount)});
    for (const auto &row : preview.rows.first(std::min(preview.rows.size(), maxRowsShown))) {
        add({row.published, row.eventType, row.actor, row.outcome, row.message});
    }
    return text.toStdString();
}

} // namespace

void ImportCommand::declare(CLI::App &options)
{
    options
        .add_option("FILE", m_files,
            "A JSON array, NDJSON or the Admin Console's CSV, perhaps packed with gzip, zstd or zip; - for standard "
            "input")
        ->required()
        ->expected(-1)
        ->type_name("");
    options.add_option("--source", m_source, "The name of the source that the events will belong to")
        ->type_name("NAME")
        ->capture_default_str();
    options.add_flag("--preview", m_isPreview, "Tell what is in the files, and store nothing");
    options.add_option("--report", m_report, "Write what was skipped to this file: CSV with file, line and problem")
        ->type_name("FILE");
}

QStringList ImportCommand::files() const
{
    QStringList files;
    for (const std::string &file : m_files) {
        files.append(QFile::decodeName(file.c_str()));
    }
    return files;
}

bool ImportCommand::writeReport(const QList<exchange::ImportProblem> &problems, qint64 total) const
{
    if (m_report.empty()) {
        return true;
    }
    const auto written = exchange::writeProblemReport(problems, total, QFile::decodeName(m_report.c_str()));
    if (!written) {
        cli::tell(written.error());
    }
    return written.has_value();
}

ExitCode ImportCommand::preview() const
{
    const Interruption interruption;
    ProgressLine line;
    const auto preview = exchange::previewImport(
        files(), {},
        [&](const exchange::ImportPreview &seen) {
            line.show(QObject::tr("%1 events so far").arg(QLocale(QLocale::English).toString(seen.events)));
        },
        interruption.token());
    line.wipe();
    if (!preview) {
        cli::tell(preview.error());
        return exitCodeFor(preview.error());
    }
    tellProblems(preview->problems, preview->problemCount);
    StandardOutput output;
    if (!output.print(previewText(*preview)) && !output.isAbandoned()) {
        cli::tell(QObject::tr("The result could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    if (!writeReport(preview->problems, preview->problemCount)) {
        return ExitCode::Failure;
    }
    return preview->events == 0 && preview->problemCount > 0 ? ExitCode::Usage : ExitCode::Success;
}

ExitCode ImportCommand::run(const CommonOptions &common)
{
    if (m_isPreview) {
        return preview();
    }
    const auto store = openStore(common, true);
    if (!store) {
        cli::tell(store.error());
        return exitCodeFor(store.error());
    }
    const Interruption interruption;
    ProgressLine line;
    QElapsedTimer timer;
    timer.start();
    const exchange::ImportReport report = exchange::importEvents(
        **store, files(), QString::fromStdString(m_source),
        [&](const exchange::ImportProgress &progress) {
            line.show(
                exchange::importPace(progress, std::chrono::milliseconds(timer.elapsed()), QLocale(QLocale::English)));
        },
        interruption.token());
    line.wipe();
    const exchange::ImportProgress &totals = report.totals;
    tellProblems(report.problems, totals.errors);
    const bool isReported = writeReport(report.problems, totals.errors);
    if (report.rebuilt > 0) {
        cli::tell(QObject::tr("%1 events were rebuilt from fields, and are not the bytes that Okta's API sends. They "
                              "are marked with _octotrail.rebuiltFrom.")
                      .arg(report.rebuilt));
    }
    if (!report.status) {
        cli::tell(report.status.error());
    }
    cli::tell(QObject::tr("imported %1 events, %2 duplicates, %3 errors")
                  .arg(totals.events)
                  .arg(totals.duplicates)
                  .arg(totals.errors));
    if (!report.status) {
        return exitCodeFor(report.status.error());
    }
    // A line that is bad among good ones is counted; an archive that ends early, or holds no event, is bad input.
    const bool nothing = totals.errors > 0 && totals.events + totals.duplicates == 0;
    if (report.damagedFiles > 0 || nothing) {
        return ExitCode::Usage;
    }
    return isReported ? ExitCode::Success : ExitCode::Failure;
}

} // namespace octotrail::cli
