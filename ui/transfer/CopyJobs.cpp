// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// TransferJob's job by which events get to the clipboard.
#include "ui/events/RowClipboard.h"
#include "ui/transfer/TransferJob.h"

#include <QLocale>

namespace octotrail::ui {

TransferJob *TransferJob::copyRows(const std::shared_ptr<store::Store> &store, RowCopy what, QObject *parent)
{
    const auto number = [](std::size_t n) { return QLocale().toString(static_cast<qulonglong>(n)); };
    const QString all = number(what.seqs.size());
    auto work
        = [store, what = std::move(what), number, all](const Report &report, const std::stop_token &stop) -> Outcome {
        const std::size_t total = what.seqs.size();
        const auto told = [&](std::size_t done) {
            report({double(done) / double(total), tr("%1 of %2 events").arg(number(done), all)});
        };
        auto text = copiedText(*store, what, told, stop);
        Outcome outcome;
        if (!text) {
            outcome.kind
                = text.error().kind == event::ErrorKind::Cancelled ? Outcome::Kind::Cancelled : Outcome::Kind::Failed;
            outcome.sentence = text.error().sentence;
            outcome.offersExport = text.error().kind == event::ErrorKind::InvalidInput;
            return outcome;
        }
        outcome.sentence = tr("%1 events are on the clipboard, %2 of text.")
                               .arg(all, QLocale().formattedDataSize(text->size(), 1, QLocale::DataSizeSIFormat));
        outcome.text = std::move(*text);
        return outcome;
    };
    auto *job = new TransferJob(tr("Copying %1 events").arg(all), std::move(work), parent);
    job->m_isQuiet = true;
    return job;
}

} // namespace octotrail::ui
