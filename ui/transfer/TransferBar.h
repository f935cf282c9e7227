// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/transfer/TransferJob.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace octotrail::ui {

/// A running import or export: what it does, how far it is, and a way to stop it.
class TransferBar : public QWidget
{
    Q_OBJECT

public:
    /// Takes the job as a child.
    explicit TransferBar(TransferJob *job, QWidget *parent = nullptr);

    TransferJob *job() const { return m_job; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showProgress(const TransferJob::Progress &progress);

    TransferJob *m_job;
    QLabel *m_sentence;
    QProgressBar *m_progress;
};

} // namespace octotrail::ui
