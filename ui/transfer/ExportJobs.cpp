// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// TransferJob's jobs by which something leaves the case, or a case comes in.
#include "exchange/CaseMerge.h"
#include "store/Cases.h"
#include "ui/transfer/TransferJob.h"

#include <QFileInfo>
#include <QLocale>

namespace octotrail::ui {

namespace {

QString number(qint64 n)
{
    return QLocale().toString(n);
}

TransferJob::Outcome failedOutcome(const event::Error &error)
{
    const bool isCancelled = error.kind == event::ErrorKind::Cancelled;
    return {isCancelled ? TransferJob::Outcome::Kind::Cancelled : TransferJob::Outcome::Kind::Failed, error.sentence,
        {}, 0};
}

event::Result<exchange::Redaction> redactionOf(const RedactionChoice &choice)
{
    if (choice.passphrase.isEmpty()) {
        return exchange::Redaction{choice.fields, exchange::RedactionKey::random()};
    }
    return exchange::RedactionKey::fromPassphrase(choice.passphrase.toStdString())
        .map([&choice](const exchange::RedactionKey &key) {
            return exchange::Redaction{choice.fields, key};
        });
}

} // namespace

TransferJob *TransferJob::exportQuery(
    std::shared_ptr<store::Store> store, const Export &what, const QString &fileName, QObject *parent)
{
    const QString title = tr("Exporting to %1").arg(QFileInfo(fileName).fileName());
    auto work = [store, what, fileName](const Report &report, const std::stop_token &stop) -> Outcome {
        exchange::ExportOptions options = what.options;
        if (what.redaction) {
            auto redaction = redactionOf(*what.redaction);
            if (!redaction) {
                return failedOutcome(redaction.error());
            }
            options.redaction = std::move(*redaction);
        }
        const auto told = [&report](const exchange::ExportProgress &p) {
            report({p.total > 0 ? double(p.events) / double(p.total) : -1.0,
                (p.isLearning ? tr("Looking through %1 of %2 events") : tr("%1 of %2 events"))
                    .arg(number(p.events), number(p.total))});
        };
        const auto result = exchange::exportToFile(*store, what.query, options, fileName, told, stop);
        if (!result && result.error().kind == event::ErrorKind::Cancelled) {
            return {Outcome::Kind::Cancelled, tr("The export was cancelled. No file was written."), {}, 0};
        }
        if (!result) {
            return failedOutcome(result.error());
        }
        Outcome outcome{
            Outcome::Kind::Done, tr("Exported %1 events to %2.").arg(number(result->events), fileName), {}, 0};
        if (result->withheld > 0) {
            outcome.kind = Outcome::Kind::DoneWithProblems;
            outcome.sentence += QChar(u' ')
                + tr("%1 were withheld: they are no JSON and cannot be redacted.").arg(number(result->withheld));
        }
        if (!result->manifestDigest.isEmpty()) {
            outcome.sentence += QChar(u' ') + tr("The manifest's SHA-256 is %1.").arg(result->manifestDigest);
        }
        return outcome;
    };
    return new TransferJob(title, std::move(work), parent);
}

TransferJob *TransferJob::saveCopy(std::shared_ptr<store::Store> store, const QString &fileName, QObject *parent)
{
    auto work = [store, fileName](const Report &report, const std::stop_token &stop) -> Outcome {
        const auto told = [&report](store::CopyProgress progress) {
            report({progress.fraction,
                progress.step == store::CopyProgress::Step::Copying ? tr("Copying") : tr("Verifying the copy")});
        };
        const auto result = store::saveCopy(store, fileName, told, stop);
        if (!result) {
            return failedOutcome(result.error());
        }
        return {Outcome::Kind::Done,
            tr("Saved a copy as %1. All of its %2 events were verified.").arg(fileName, number(result->events)), {}, 0};
    };
    return new TransferJob(tr("Saving a copy as %1").arg(QFileInfo(fileName).fileName()), std::move(work), parent);
}

TransferJob *TransferJob::mergeCase(std::shared_ptr<store::Store> store, const QString &fileName, QObject *parent)
{
    auto work = [store, fileName](const Report &report, const std::stop_token &stop) -> Outcome {
        const auto told = [&report](const exchange::MergeProgress &p) {
            report({p.total > 0 ? double(p.events) / double(p.total) : -1.0,
                tr("%1 of %2 events, %3 new").arg(number(p.events), number(p.total), number(p.added))});
        };
        const auto result = exchange::mergeCase(store, fileName, told, stop);
        if (!result) {
            return failedOutcome(result.error());
        }
        Outcome outcome{Outcome::Kind::Done,
            tr("%1 events are new; %2 were there already.")
                .arg(number(result->totals.added), number(result->totals.duplicates)),
            {}, 0};
        if (result->alerts > 0) {
            outcome.sentence += QChar(u' ')
                + (result->alerts == 1 ? tr("1 alert came along.")
                                       : tr("%1 alerts came along.").arg(number(result->alerts)));
        }
        if (result->annotations > 0) {
            outcome.sentence += QChar(u' ') + tr("Notes came for %1 events.").arg(number(result->annotations));
        }
        if (!result->newSources.isEmpty()) {
            outcome.sentence += QChar(u' ') + tr("New sources: %1.").arg(result->newSources.join(QStringLiteral(", ")));
        }
        return outcome;
    };
    return new TransferJob(tr("Merging %1").arg(QFileInfo(fileName).fileName()), std::move(work), parent);
}

} // namespace octotrail::ui
