// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/RuleCompletion.h"

#include <QWidget>
#include <memory>
#include <vector>

class QLabel;
class QLineEdit;
class QsciScintilla;

namespace octotrail::ui {

struct CodeLexers;
class CompletionPopup;

/// A text with syntax colours, line numbers, folding, completion, marked lines, and finding.
class CodeEdit : public QWidget
{
    Q_OBJECT

public:
    /// Something to say of a line.
    struct Mark
    {
        int line = 0; ///< 1-based; 0 is not marked
        bool isError = true;
        QString sentence;
        bool operator==(const Mark &) const = default;
    };

    CodeEdit(RuleLanguage language, QWidget *parent = nullptr);
    ~CodeEdit() override;

    QString text() const;
    /// Begins anew: what was before cannot be brought back by undo.
    void setText(const QString &text);
    /// The same as a change that undo takes back.
    void replaceText(const QString &text);
    RuleLanguage language() const { return m_language; }
    void setLanguage(RuleLanguage language);
    void setReadOnly(bool readOnly);

    void setMarks(const std::vector<Mark> &marks);
    const std::vector<Mark> &marks() const { return m_marks; }

    /// 1-based.
    int currentLine() const;
    int currentColumn() const;
    /// Puts the cursor there, and shows the line.
    void goTo(int line, int column = 1);

    /// Offers what may stand at the cursor.
    void complete();
    bool isCompleting() const;
    /// What is offered, as it is shown.
    QStringList offered() const;

    void find();
    void toggleComment();

    /// What is typed goes there.
    QWidget *input() const;

Q_SIGNALS:
    void textChanged();
    void cursorMoved(int line, int column);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool handleKey(QKeyEvent *event);
    void updateLook();
    void showMarks();
    void insert(const RuleCandidate &candidate);
    void completeWhileTyping(QChar typed);
    qsizetype cursorOffset() const;
    void findNext(bool forward);
    void closeFinding();
    void showTip(int position, int x, int y);

    RuleLanguage m_language;
    QsciScintilla *m_code;
    std::unique_ptr<CodeLexers> m_lexers;
    CompletionPopup *m_popup;
    QWidget *m_finding;
    QLineEdit *m_needle;
    QLabel *m_notFound;
    std::vector<Mark> m_marks;
    RuleCompletion m_completion;
    bool m_isSetting = false;
};

} // namespace octotrail::ui
