// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/VerifyCommand.h"

#include "cli/Console.h"
#include "cli/Interruption.h"
#include "cli/QueryOptions.h"
#include "cli/StandardOutput.h"
#include "exchange/ManifestCheck.h"
#include "store/Integrity.h"

#include <QFile>
#include <QLocale>
#include <QObject>
#include <QRegularExpression>

namespace octotrail::cli {

using namespace Qt::StringLiterals;

namespace {

/// Empty if none was given.
event::Result<QString> readDigest(const std::string &text, const QString &option)
{
    const QString digest = QString::fromStdString(text).trimmed().toLower();
    static const QRegularExpression form(u"^[0-9a-f]{64}$"_s);
    if (!digest.isEmpty() && !form.match(digest).hasMatch()) {
        return event::failure(event::ErrorKind::InvalidInput,
            QObject::tr("%1: this is no digest: 64 digits and letters from a to f, as verify prints it.").arg(option));
    }
    return digest;
}

} // namespace

void VerifyCommand::declare(CLI::App &options)
{
    auto *manifest = options
                         .add_option("--manifest", m_manifest,
                             "Verify exported files instead: those that this manifest names and that lie beside it. "
                             "With --store, what "
                             "it says of the case, too")
                         ->type_name("FILE");
    options.add_option("--digest", m_digest, "The manifest's own SHA-256 as it was noted down when it was written")
        ->type_name("SHA256")
        ->needs(manifest);
    options
        .add_option(
            "--head", m_head, "The chain's newest digest as it was noted down earlier: has to be in the chain still")
        ->type_name("SHA256");
    options.add_flag("--bytes-only", m_bytesOnly,
        "Do not compare what searches go by, columns and filters, with the events' bytes: quicker");
}

ExitCode VerifyCommand::checkManifest(const CommonOptions &common) const
{
    const auto digest = readDigest(m_digest, u"--digest"_s);
    if (!digest) {
        tell(digest.error());
        return ExitCode::Usage;
    }
    const Interruption interruption;
    ProgressLine line;
    auto check = exchange::checkManifest(
        QFile::decodeName(m_manifest.c_str()),
        [&line](double fraction) { line.show(QObject::tr("%1 %").arg(static_cast<int>(100 * fraction))); },
        interruption.token());
    line.wipe();
    if (!check) {
        tell(check.error());
        return exitCodeFor(check.error());
    }
    if (!digest->isEmpty() && *digest != check->sha256) {
        check->problems << QObject::tr("The manifest is not the one whose digest was noted down.");
    }
    if (common.storeFile.isEmpty()) {
        check->unchecked << QObject::tr("What the manifest says of the case was not looked at: name it with --store.");
    } else {
        const auto compared = openStore(common, false).and_then([&](const std::shared_ptr<store::Store> &store) {
            return exchange::compareWithCase(*check, store, interruption.token());
        });
        if (!compared) {
            tell(compared.error());
            return exitCodeFor(compared.error());
        }
    }
    for (const QString &sentence : check->problems + check->unchecked) {
        tell(sentence);
    }
    StandardOutput output;
    const std::string text = (check->isSound() ? "sound " : "altered ") + std::to_string(check->manifest.files.size())
        + " files, " + std::to_string(check->manifest.events) + " events, manifest " + check->sha256.toStdString()
        + ", head " + check->manifest.head.toStdString() + '\n';
    if (!output.print(text) && !output.isAbandoned()) {
        tell(QObject::tr("The result could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    return check->isSound() ? ExitCode::Success : ExitCode::Failure;
}

ExitCode VerifyCommand::run(const CommonOptions &common)
{
    if (!m_manifest.empty()) {
        return checkManifest(common);
    }
    const auto head = readDigest(m_head, u"--head"_s);
    if (!head) {
        tell(head.error());
        return ExitCode::Usage;
    }
    const auto store = openStore(common, false);
    if (!store) {
        tell(store.error());
        return exitCodeFor(store.error());
    }
    ProgressLine line;
    const auto report = store::Integrity(*store).verify({!m_bytesOnly, *head},
        [&line](store::Integrity::Progress progress) {
            line.show(QObject::tr("%1 of %2 events")
                          .arg(QLocale().toString(static_cast<qlonglong>(progress.events)),
                              QLocale().toString(static_cast<qlonglong>(progress.total))));
        },
        {});
    line.wipe();
    if (!report) {
        tell(report.error());
        return exitCodeFor(report.error());
    }
    for (const QString &problem : report->problems) {
        tell(problem);
    }
    if (report->flaws > report->problems.size()) {
        tell(QObject::tr(
            "%n more flaw(s) of this kind.", nullptr, static_cast<int>(report->flaws - report->problems.size())));
    }
    if (report->recoveries > 0) {
        tell(QObject::tr(
            "The store was recovered from a damaged one: %n entry(ies) record what was saved of ranges that "
            "lost events.",
            nullptr, static_cast<int>(report->recoveries)));
    }
    if (!report->hasExpectedHead) {
        tell(QObject::tr("The chain does not have the digest that was noted down: this is another store, or its newest "
                         "commits were taken away, or its chain was written anew."));
    }
    StandardOutput output;
    const std::string text = (report->isSound() ? "sound " : "altered ") + std::to_string(report->events) + " events, "
        + std::to_string(report->entries) + " entries, head " + report->head.toStdString() + '\n';
    if (!output.print(text) && !output.isAbandoned()) {
        tell(QObject::tr("The result could not be written: %1.").arg(output.errorString()));
        return ExitCode::Failure;
    }
    return report->isSound() ? ExitCode::Success : ExitCode::Failure;
}

} // namespace octotrail::cli
