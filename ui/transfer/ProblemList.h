// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/Importer.h"

#include <QDialog>

namespace octotrail::ui {

/// What an import could not read in full: file, line and why. Stands beside the window, does not block it.
class ProblemList : public QDialog
{
    Q_OBJECT

public:
    ProblemList(const QList<exchange::ImportProblem> &problems, qint64 total, QWidget *parent = nullptr);
};

} // namespace octotrail::ui
