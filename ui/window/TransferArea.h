// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/transfer/TransferJob.h"

#include <QWidget>
#include <memory>

class QVBoxLayout;

namespace octotrail::ui {

/// Imports and exports of the window: asks what is wanted, shows what runs, tells what came of it.
class TransferArea : public QWidget
{
    Q_OBJECT

public:
    explicit TransferArea(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~TransferArea() override;

    /// Asks for files, then as importFiles().
    void askForImport();
    /// Asks for the source's name, then imports.
    void importFiles(const QStringList &files);
    /// What there is to be exported.
    struct Offer
    {
        store::EventQuery query;
        QString what; ///< "1,204 events of the current filter"
        std::optional<qint64> total; ///< of these events, once they have been found
        std::vector<std::string> shownPaths; ///< the paths of the columns that the table shows
        std::shared_ptr<const std::vector<store::Seq>> found; ///< these, where the query does not tell; mostly null
        std::shared_ptr<const std::vector<store::Seq>> chosen; ///< in the table; null if none or all are
        QTimeZone zone; ///< in which times are shown
    };
    /// Asks for the format and a file, then exports.
    void askForExport(const Offer &offer);
    bool isBusy() const { return m_running > 0; }

    void start(TransferJob *job);

Q_SIGNALS:
    void finished(const QString &title, const octotrail::ui::TransferJob::Outcome &outcome);

private:
    std::shared_ptr<store::Store> m_store;
    QVBoxLayout *m_layout;
    exchange::ReportOptions m_report; ///< the last one that was asked for: there may be another of the same
    int m_running = 0;
};

} // namespace octotrail::ui
