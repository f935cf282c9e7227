// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "exchange/Exporter.h"
#include "exchange/Importer.h"
#include "exchange/SqlExport.h"
#include "store/Pivot.h"
#include "store/Store.h"
#include "ui/cases/RedactionChoice.h"

#include <QObject>
#include <functional>
#include <memory>
#include <thread>

namespace octotrail::ui {

struct RowCopy;

/// An import or an export that runs in a thread of its own. Ends with finished(), once, also when it was cancelled.
class TransferJob : public QObject
{
    Q_OBJECT

public:
    struct Progress
    {
        double fraction = -1; ///< from 0 to 1; negative if it cannot be known
        QString sentence; ///< what has been done so far
    };
    struct Outcome
    {
        enum class Kind { Done, DoneWithProblems, Cancelled, Failed };
        Kind kind = Kind::Done;
        QString sentence; ///< complete, to be shown as it is
        QList<exchange::ImportProblem> problems; ///< the first hundred thousand
        qint64 problemCount = 0;
        QString text{}; ///< for the clipboard
        bool offersExport = false; ///< it would have done instead
    };

    /// Imports files as events of the source of that name.
    static TransferJob *importFiles(
        std::shared_ptr<store::Store> store, const QStringList &files, const QString &sourceName, QObject *parent);
    /// What is exported, and how.
    struct Export
    {
        store::EventQuery query;
        exchange::ExportOptions options{};
        std::optional<RedactionChoice> redaction{};
    };
    /// Exports events to a file.
    static TransferJob *exportQuery(
        std::shared_ptr<store::Store> store, const Export &what, const QString &fileName, QObject *parent);

    /// Makes the text of events that are to be copied.
    static TransferJob *copyRows(const std::shared_ptr<store::Store> &store, RowCopy what, QObject *parent);

    /// Copies the case to a file, and looks through the copy.
    static TransferJob *saveCopy(std::shared_ptr<store::Store> store, const QString &fileName, QObject *parent);
    /// Brings into the case what another one has.
    static TransferJob *mergeCase(std::shared_ptr<store::Store> store, const QString &fileName, QObject *parent);

    /// Looks whether every event is what was committed; see store::Integrity.
    static TransferJob *verifyEvents(std::shared_ptr<store::Store> store, QObject *parent);

    /// Saves what can be read of a damaged store in a new one; see store::recoverApart().
    static TransferJob *recover(const QString &damaged, const QString &target, QObject *parent);

    /// Writes the whole answer to a statement of SQL.
    static TransferJob *exportAnswer(const std::shared_ptr<store::Store> &store, const QString &sql,
        exchange::TableFormat format, const QString &fileName, QObject *parent);
    /// Writes all groups of a pivot, counted anew.
    static TransferJob *exportGroups(const std::shared_ptr<store::Store> &store, const store::PivotRequest &request,
        exchange::TableFormat format, const QString &fileName, QObject *parent);

    /// Cancels, and waits for the thread to notice.
    ~TransferJob() override;

    const QString &title() const { return m_title; }
    /// Whether it mostly takes no time, and is worth no word then.
    bool isQuiet() const { return m_isQuiet; }
    void start();
    void cancel();
    bool isRunning() const { return m_running; }

Q_SIGNALS:
    void progressed(const octotrail::ui::TransferJob::Progress &progress);
    void finished(const octotrail::ui::TransferJob::Outcome &outcome);

private:
    using Report = std::function<void(Progress)>;
    using Work = std::function<Outcome(const Report &, const std::stop_token &)>;
    TransferJob(const QString &title, Work work, QObject *parent);
    /// As exchange::RowSource, until a stop is requested.
    using Rows = std::function<event::Result<std::int64_t>(
        const std::function<bool(const std::vector<store::SqlColumn> &)> &begin,
        const std::function<bool(store::SqlConsole::Row)> &row, const std::stop_token &stop)>;
    /// @param done the sentence for so many rows in a file
    static TransferJob *exportRows(
        const Rows &rows, const char *done, exchange::TableFormat format, const QString &fileName, QObject *parent);

    QString m_title;
    Work m_work;
    std::jthread m_thread;
    bool m_running = false;
    bool m_isQuiet = false;
};

} // namespace octotrail::ui
