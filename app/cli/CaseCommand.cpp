// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CaseCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/QueryOptions.h"
#include "cli/StandardOutput.h"
#include "exchange/CaseMerge.h"
#include "store/Cases.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>

namespace octotrail::cli {

namespace {

ExitCode failed(const event::Error &error)
{
    tell(error);
    // Refused is what the names that were given are at fault for.
    return error.kind == event::ErrorKind::Refused ? ExitCode::Usage : exitCodeFor(error);
}

} // namespace

void CaseCommand::declare(CLI::App &options)
{
    options.require_subcommand(1);
    m_new = options.add_subcommand("new", "Make an empty case");
    m_new->add_option("FILE", m_file, "The file to make")->required()->type_name("");
    m_copy = options.add_subcommand("copy", "Copy the case that --store names, and verify the copy");
    m_copy->add_option("FILE", m_file, "The copy")->required()->type_name("");
    m_copy->add_flag("--replace", m_replaces, "Replace the file if there is one");
    CLI::App *merge = options.add_subcommand("merge", "Bring what other cases have into the one that --store names");
    merge->add_option("FILE", m_others, "The other cases, which are only read")->required()->type_name("");
    for (CLI::App *sub : {m_new, m_copy, merge}) {
        sub->fallthrough();
    }
}

ExitCode CaseCommand::run(const CommonOptions &common)
{
    if (m_new->parsed()) {
        return makeNew();
    }
    return m_copy->parsed() ? copy(common) : merge(common);
}

ExitCode CaseCommand::makeNew() const
{
    const QString file = QFile::decodeName(m_file.c_str());
    if (QFileInfo::exists(file)) {
        tell(QObject::tr("%1 is there already. Choose another name.").arg(QDir::toNativeSeparators(file)));
        return ExitCode::Usage;
    }
    const auto store = store::Store::open(file);
    if (!store) {
        return failed(store.error());
    }
    tell(QObject::tr("made %1").arg(QDir::toNativeSeparators((*store)->file())));
    return ExitCode::Success;
}

ExitCode CaseCommand::copy(const CommonOptions &common) const
{
    const QString file = QFile::decodeName(m_file.c_str());
    if (QFileInfo::exists(file) && !m_replaces) {
        tell(QObject::tr("%1 is there already. Choose another name, or add --replace.")
                 .arg(QDir::toNativeSeparators(file)));
        return ExitCode::Usage;
    }
    const auto store = openStore(common, false);
    if (!store) {
        return failed(store.error());
    }
    const Interruption interruption;
    ProgressLine line;
    const auto report = store::saveCopy(
        *store, file,
        [&line](store::CopyProgress progress) {
            const int percent = static_cast<int>(100 * progress.fraction);
            line.show(progress.step == store::CopyProgress::Step::Copying
                    ? QObject::tr("copying, %1 %").arg(percent)
                    : QObject::tr("verifying the copy, %1 %").arg(percent));
        },
        interruption.token());
    line.wipe();
    if (!report) {
        return failed(report.error());
    }
    StandardOutput output;
    output.print("head " + report->head.toStdString() + '\n');
    tell(QObject::tr("copied %1 events, verified").arg(report->events));
    return ExitCode::Success;
}

ExitCode CaseCommand::merge(const CommonOptions &common) const
{
    const auto store = openStore(common, true);
    if (!store) {
        return failed(store.error());
    }
    const Interruption interruption;
    qint64 added = 0;
    qint64 duplicates = 0;
    for (const std::string &name : m_others) {
        const QString file = QFile::decodeName(name.c_str());
        ProgressLine line;
        exchange::MergeProgress last;
        const auto report = exchange::mergeCase(
            *store, file,
            [&](const exchange::MergeProgress &progress) {
                last = progress;
                line.show(QObject::tr("%1: %2 of %3 events")
                              .arg(QFileInfo(file).fileName())
                              .arg(progress.events)
                              .arg(progress.total));
            },
            interruption.token());
        line.wipe();
        added += last.added;
        duplicates += last.duplicates;
        if (!report) {
            tell(QObject::tr("merged %1 events, %2 duplicates").arg(added).arg(duplicates));
            return failed(report.error());
        }
        for (const QString &source : report->newSources) {
            tell(QObject::tr("new source: %1").arg(source));
        }
        if (report->alerts + report->annotations + report->profiles + report->documents > 0) {
            tell(QObject::tr("%1: %2 alerts, notes of %3 events, %4 profiles, %5 saved searches, layouts and the like")
                     .arg(QFileInfo(file).fileName())
                     .arg(report->alerts)
                     .arg(report->annotations)
                     .arg(report->profiles)
                     .arg(report->documents));
        }
    }
    tell(QObject::tr("merged %1 events, %2 duplicates").arg(added).arg(duplicates));
    return ExitCode::Success;
}

} // namespace octotrail::cli
