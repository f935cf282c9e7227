// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

class QCompleter;
class QStringListModel;

namespace octotrail::ui {

/// The field that SQL is written into: highlights it, completes names (Ctrl+Space, or while typing), and marks where an
/// error is.
class SqlEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit SqlEdit(QWidget *parent = nullptr);

    /// What is offered for completion.
    void setNames(const QStringList &names);
    /// The whole text, as one step that can be undone; selects the first value that is meant to be replaced, '%'.
    void replaceText(const QString &sql);
    /// What is to be run: the selection, or all.
    QString statement() const;
    /// Marks the word at this place (from 1) of the statement, and moves the cursor there.
    void showError(int column);
    void clearError();
    bool hasError() const { return !extraSelections().isEmpty(); }

Q_SIGNALS:
    void runRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void complete(bool asked);
    void insertCompletion(const QString &name);
    QString wordBeforeCursor() const;

    QCompleter *m_completer;
    QStringListModel *m_names;
};

} // namespace octotrail::ui
