// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ImportCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/QueryOptions.h"
#include "exchange/Importer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocale>
#include <QObject>

namespace octotrail::cli {

namespace {

constexpr qsizetype maxProblemsShown = 20;

QString progressText(const exchange::ImportProgress &progress, qint64 milliseconds)
{
    const QLocale locale = QLocale(QLocale::English);
    QString text = QObject::tr("%1 events").arg(locale.toString(progress.events));
    if (progress.bytesTotal > 0) {
        text += QObject::tr(", %1 %").arg(100 * progress.bytesRead / progress.bytesTotal);
    }
    if (milliseconds > 1000) {
        text += QObject::tr(", %1 a second")
                    .arg(locale.toString((progress.events + progress.duplicates) * 1000 / milliseconds));
    }
    return text;
}

void tellProblems(const exchange::ImportReport &report)
{
    for (qsizetype i = 0; i < std::min(report.problems.size(), maxProblemsShown); ++i) {
        const exchange::ImportProblem &problem = report.problems[i];
        if (problem.line > 0) {
            tell(QObject::tr("%1, line %2: %3").arg(problem.file).arg(problem.line).arg(problem.sentence));
        } else {
            tell(problem.sentence);
        }
    }
    if (report.totals.errors > maxProblemsShown) {
        tell(QObject::tr("... and %1 more like these.").arg(report.totals.errors - maxProblemsShown));
    }
}

} // namespace

void ImportCommand::declare(CLI::App &options)
{
    options.add_option("FILE", m_files, "A JSON array or NDJSON, perhaps packed; - for standard input")
        ->required()
        ->expected(-1)
        ->type_name("");
    options.add_option("--source", m_source, "The name of the source that the events will belong to")
        ->type_name("NAME")
        ->capture_default_str();
}

ExitCode ImportCommand::run(const CommonOptions &common)
{
    const auto store = openStore(common, true);
    if (!store) {
        tell(store.error());
        return exitCodeFor(store.error());
    }
    QStringList files;
    for (const std::string &file : m_files) {
        files.append(QFile::decodeName(file.c_str()));
    }
    const Interruption interruption;
    ProgressLine line;
    QElapsedTimer timer;
    timer.start();
    exchange::ImportProgress last;
    const auto report = exchange::importEvents(
        **store, files, QString::fromStdString(m_source),
        [&](const exchange::ImportProgress &progress) {
            last = progress;
            line.show(progressText(progress, timer.elapsed()));
        },
        interruption.token());
    line.wipe();
    if (report) {
        tellProblems(*report);
    } else {
        tell(report.error());
    }
    tell(QObject::tr("imported %1 events, %2 duplicates, %3 errors")
             .arg(last.events)
             .arg(last.duplicates)
             .arg(last.errors));
    if (!report) {
        return exitCodeFor(report.error());
    }
    // A line that is bad among good ones is counted; an archive that ends early, or holds no event, is bad input.
    const bool nothing = last.errors > 0 && last.events + last.duplicates == 0;
    return report->damagedFiles > 0 || nothing ? ExitCode::Usage : ExitCode::Success;
}

} // namespace octotrail::cli
