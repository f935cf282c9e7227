// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace octotrail::ui {

class AnswerModel;

/// Shows an answer: sortable by its headers, copied with Ctrl+C, columns as wide as what the first rows need.
class AnswerTable : public QTableView
{
    Q_OBJECT

public:
    explicit AnswerTable(AnswerModel *model, QWidget *parent = nullptr);

    /// After another answer has come.
    void fitColumns();

Q_SIGNALS:
    /// Enter or a double-click on a cell.
    void opened(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    AnswerModel *m_model;
};

} // namespace octotrail::ui
