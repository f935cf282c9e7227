// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace octotrail::ui {

class CoverageModel;

/// Shows the coverage as cards: what is watched stands out, by colour and by its words.
class CoverageTable : public QTableView
{
    Q_OBJECT

public:
    explicit CoverageTable(CoverageModel &model, QWidget *parent = nullptr);

    /// All of it, also what is not in sight.
    QImage picture() const;

Q_SIGNALS:
    void techniqueChosen(const QString &technique);

private:
    CoverageModel &m_model;
};

} // namespace octotrail::ui
