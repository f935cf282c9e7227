// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Importer.h"

#include <QDialog>

class QLabel;

namespace octotrail::ui {

/// What an import could not read in full: file, line and why; to be copied, or saved as CSV. Stands beside the window,
/// does not block it.
class ProblemList : public QDialog
{
    Q_OBJECT

public:
    ProblemList(const QList<exchange::ImportProblem> &problems, qint64 total, QWidget *parent = nullptr);

    /// Writes all problems, also those that are not shown.
    void save(const QString &fileName);

private:
    void askForFile();

    QList<exchange::ImportProblem> m_problems;
    qint64 m_total;
    QLabel *m_said;
};

} // namespace octotrail::ui
