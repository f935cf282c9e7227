// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/transfer/TransferJob.h"

#include "event/ThreadPriority.h"
#include "exchange/ImportPace.h"
#include "store/Integrity.h"
#include "store/RecoveryProcess.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QLocale>

namespace octotrail::ui {

namespace {

QString number(qint64 n)
{
    return QLocale().toString(n);
}

TransferJob::Outcome failedOutcome(const event::Error &error, const QString &cancelled)
{
    if (error.kind == event::ErrorKind::Cancelled) {
        return {TransferJob::Outcome::Kind::Cancelled, cancelled, {}, 0};
    }
    return {TransferJob::Outcome::Kind::Failed, error.sentence, {}, 0};
}

} // namespace

TransferJob::TransferJob(const QString &title, Work work, QObject *parent)
    : QObject(parent)
    , m_title(title)
    , m_work(std::move(work))
{ }

TransferJob::~TransferJob() = default; // the thread is asked to stop and joined

TransferJob *TransferJob::importFiles(
    std::shared_ptr<store::Store> store, const QStringList &files, const QString &sourceName, QObject *parent)
{
    const QString title = files.size() == 1 ? tr("Importing %1").arg(QFileInfo(files.first()).fileName())
                                            : tr("Importing %1 files").arg(files.size());
    auto work
        = [store = std::move(store), files, sourceName](const Report &report, const std::stop_token &stop) -> Outcome {
        QElapsedTimer timer;
        timer.start();
        const auto told = [&report, &timer](const exchange::ImportProgress &p) {
            const QString done = tr("%1 new events, %2 duplicates, %3 problems")
                                     .arg(number(p.events), number(p.duplicates), number(p.errors));
            report({p.bytesTotal > 0 ? double(p.bytesRead) / double(p.bytesTotal) : -1.0,
                done + QStringLiteral(" \u00b7 ")
                    + exchange::importPace(p, std::chrono::milliseconds(timer.elapsed()), QLocale())});
        };
        const exchange::ImportReport result = exchange::importEvents(*store, files, sourceName, told, stop);
        const exchange::ImportProgress &totals = result.totals;
        Outcome outcome;
        if (result.status) {
            outcome.kind = totals.errors > 0 ? Outcome::Kind::DoneWithProblems : Outcome::Kind::Done;
            outcome.sentence = tr("Imported %1 events; %2 were there already.")
                                   .arg(number(totals.events), number(totals.duplicates));
        } else {
            outcome = failedOutcome(result.status.error(),
                tr("The import was cancelled. What had come in by then stays; importing again adds nothing twice."));
        }
        if (totals.errors > 0) {
            outcome.sentence += QChar(u' ') + tr("%1 could not be read in full.").arg(number(totals.errors));
        }
        if (result.rebuilt > 0) {
            outcome.sentence += QChar(u' ')
                + tr("%1 were rebuilt from fields, and are marked with _octotrail.rebuiltFrom.")
                      .arg(number(result.rebuilt));
        }
        outcome.problems = result.problems;
        outcome.problemCount = totals.errors;
        return outcome;
    };
    return new TransferJob(title, std::move(work), parent);
}

TransferJob *TransferJob::verifyEvents(std::shared_ptr<store::Store> store, QObject *parent)
{
    auto work = [store = std::move(store)](const Report &report, const std::stop_token &stop) -> Outcome {
        const auto told = [&report](store::Integrity::Progress p) {
            report({p.total > 0 ? double(p.events) / double(p.total) : -1.0,
                tr("%1 of %2 events").arg(number(p.events), number(p.total))});
        };
        const auto found = store::Integrity(store).verify({}, told, stop);
        if (!found) {
            return failedOutcome(found.error(), tr("The verification was cancelled."));
        }
        if (found->isSound()) {
            return {Outcome::Kind::Done,
                tr("All %1 events are what was committed. The head of their chain is %2.")
                    .arg(number(found->events), found->head.isEmpty() ? QStringLiteral("\u2013") : found->head),
                {}, 0};
        }
        Outcome outcome;
        outcome.kind = Outcome::Kind::DoneWithProblems;
        outcome.sentence
            = tr("Events were altered behind Octotrail's back: %n flaw(s).", nullptr, static_cast<int>(found->flaws));
        for (const QString &problem : found->problems) {
            outcome.problems.append({{}, 0, problem});
        }
        outcome.problemCount = found->flaws;
        return outcome;
    };
    return new TransferJob(tr("Verifying the stored events"), std::move(work), parent);
}

TransferJob *TransferJob::recover(const QString &damaged, const QString &target, QObject *parent)
{
    auto work = [damaged, target](const Report &report, const std::stop_token &stop) -> Outcome {
        const auto told = [&report](store::RecoveryProgress p) {
            using Step = store::RecoveryProgress::Step;
            report({p.fraction,
                p.step == Step::Copying        ? tr("Copying the file")
                    : p.step == Step::Checking ? tr("Looking for damage")
                    : p.step == Step::Proving  ? tr("Verifying what was saved")
                                               : tr("Saving events")});
        };
        const auto saved = store::recoverApart(damaged, target, told, stop);
        if (!saved) {
            return failedOutcome(saved.error(), tr("The recovery was cancelled. Nothing was changed."));
        }
        Outcome outcome;
        outcome.kind = saved->isComplete() ? Outcome::Kind::Done : Outcome::Kind::DoneWithProblems;
        outcome.sentence
            = tr("%1 events were saved; %2 of them are proven by the integrity chain, and %3 are known to be "
                 "lost.")
                  .arg(number(saved->events), number(saved->proven), number(saved->lost));
        for (const QString &sentence : store::recoverySentences(*saved)) {
            outcome.problems.append({{}, 0, sentence});
        }
        outcome.problemCount = outcome.problems.size();
        return outcome;
    };
    return new TransferJob(tr("Saving what can be read"), std::move(work), parent);
}

TransferJob *TransferJob::exportRows(
    const Rows &rows, const char *done, exchange::TableFormat format, const QString &fileName, QObject *parent)
{
    const QString title = tr("Exporting to %1").arg(QFileInfo(fileName).fileName());
    auto work = [rows, done, format, fileName](const Report &report, const std::stop_token &stop) -> Outcome {
        const auto told = [&report](std::int64_t count) { report({-1.0, tr("%1 rows").arg(number(count))}); };
        const auto source = [&](const auto &begin, const auto &row) { return rows(begin, row, stop); };
        const auto result = exchange::exportRowsToFile(source, format, fileName, told);
        if (!result) {
            return failedOutcome(result.error(), tr("The export was cancelled. No file was written."));
        }
        return {Outcome::Kind::Done, tr(done).arg(number(*result), fileName), {}, 0};
    };
    return new TransferJob(title, std::move(work), parent);
}

TransferJob *TransferJob::exportAnswer(const std::shared_ptr<store::Store> &store, const QString &sql,
    exchange::TableFormat format, const QString &fileName, QObject *parent)
{
    const Rows rows = [store, sql](const auto &begin, const auto &row, const std::stop_token &stop) {
        return store::SqlConsole(store).stream(sql, begin, row, stop);
    };
    return exportRows(rows, QT_TR_NOOP("Exported %1 rows to %2."), format, fileName, parent);
}

TransferJob *TransferJob::exportGroups(const std::shared_ptr<store::Store> &store, const store::PivotRequest &request,
    exchange::TableFormat format, const QString &fileName, QObject *parent)
{
    const Rows rows = [store, request](const auto &begin, const auto &row, const std::stop_token &stop) {
        return store::Pivot(*store).stream(request, begin, row, stop);
    };
    return exportRows(rows, QT_TR_NOOP("Exported %1 groups to %2."), format, fileName, parent);
}

void TransferJob::start()
{
    m_running = true;
    m_thread = std::jthread([this](const std::stop_token &stop) {
        event::giveWay(event::Courtesy::Bulk);
        // Queued to this object's thread; what is still queued when it goes is dropped with it.
        const auto report = [this](Progress progress) {
            QMetaObject::invokeMethod(
                this, [this, progress = std::move(progress)] { Q_EMIT progressed(progress); }, Qt::QueuedConnection);
        };
        Outcome outcome = m_work(report, stop);
        QMetaObject::invokeMethod(
            this,
            [this, outcome = std::move(outcome)] {
                m_running = false;
                Q_EMIT finished(outcome);
            },
            Qt::QueuedConnection);
    });
}

void TransferJob::cancel()
{
    m_thread.request_stop();
}

} // namespace octotrail::ui
