// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/RecoverCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/StandardOutput.h"
#include "store/RecoveryProcess.h"

#include <QFile>
#include <QObject>

namespace octotrail::cli {

namespace {

QString progressText(store::RecoveryProgress progress)
{
    const int percent = static_cast<int>(progress.fraction * 100);
    switch (progress.step) {
    case store::RecoveryProgress::Step::Copying:
        return QObject::tr("Copying: %1 %").arg(percent);
    case store::RecoveryProgress::Step::Checking:
        return QObject::tr("Looking for damage: %1 %").arg(percent);
    case store::RecoveryProgress::Step::Proving:
        return QObject::tr("Verifying what was saved: %1 %").arg(percent);
    case store::RecoveryProgress::Step::Saving:
        break;
    }
    return QObject::tr("Saving events: %1 %").arg(percent);
}

} // namespace

void RecoverCommand::declare(CLI::App &options)
{
    options.add_option("FILE", m_file, "The damaged store; it is left as it is")->required()->type_name("");
    options.add_option("--out", m_out, "The new store; no file may be there")->required()->type_name("NEW");
}

ExitCode RecoverCommand::run(const CommonOptions & /*common*/)
{
    const Interruption interruption;
    ProgressLine line;
    const auto report = store::recoverApart(
        QFile::decodeName(m_file.c_str()), QFile::decodeName(m_out.c_str()),
        [&line](store::RecoveryProgress progress) { line.show(progressText(progress)); }, interruption.token());
    line.wipe();
    if (!report) {
        tell(report.error());
        return exitCodeFor(report.error());
    }
    for (const QString &sentence : store::recoverySentences(*report)) {
        tell(sentence);
    }
    StandardOutput output;
    const std::string text = "recovered " + std::to_string(report->events) + " events, "
        + std::to_string(report->proven) + " proven by the integrity chain, " + std::to_string(report->lost)
        + " known to be lost\n";
    if (!output.print(text) && !output.isAbandoned()) {
        tell(QObject::tr("The result could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    return ExitCode::Success;
}

} // namespace octotrail::cli
