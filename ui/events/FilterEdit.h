// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "filter/Expression.h"
#include "ui/events/FilterHistory.h"

#include <QLineEdit>
#include <QTimer>
#include <optional>

class QCompleter;

namespace octotrail::ui {

class CompletionModel;
class FieldCounts;
class ValueSuggestions;
struct FilterCompletion;

/// The field that a filter or words are typed into: completes field paths and values, remembers what was applied, and
/// underlines where an error is. Never takes or gives up the focus by itself.
class FilterEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterEdit(QWidget *parent = nullptr);

    /// Which paths are offered; those of events at first.
    void setSchema(filter::Schema schema) { m_schema = schema; }
    /// Where values come from; without them only documented ones are offered.
    void setSuggestions(ValueSuggestions *suggestions);
    /// How often paths occur, and which there are beside the usual ones.
    void setFieldCounts(FieldCounts *counts);
    /// Something below the field that is shown now and then, and that the list of completions does not cover.
    void setNote(QWidget *note);
    FilterHistory &history() { return m_history; }
    const FilterHistory &history() const { return m_history; }
    /// Underlines the text from the error's column on.
    void showError(const event::Error &error);
    void clearError();
    bool hasError() const { return m_hasError; }
    void showHistory();
    /// Whether the error is that the text has no end yet: what comes next is missing, and nothing else.
    bool isUnfinished(const event::Error &error) const;

    /// Something that can be done with the filter, for the field's menu.
    void addMenuAction(QAction *action) { m_menuActions << action; }

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// Enter was pressed, or an entry of the history or the cross chosen: the text is meant.
    void applied();
    /// Esc, when there is nothing that it could close.
    void leaveRequested();
    /// What is wrong with what has been typed so far, a moment after the last key: nothing is applied by it.
    void validated(const std::optional<octotrail::event::Error> &error);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;

private:
    QList<QAction *> m_menuActions;
    void validate();
    void offerCompletion(bool asked, bool keepsChoice = false);
    void placeCompletions();
    void offerStoredValues(FilterCompletion &completion);
    void describe(const FilterCompletion &completion);
    void insertCompletion(const QString &text);
    void underline(qsizetype from);
    void updateIcons();

    filter::Schema m_schema = filter::Schema::SystemLog;
    ValueSuggestions *m_suggestions = nullptr;
    FilterHistory m_history;
    QCompleter *m_completer;
    CompletionModel *m_candidates;
    FieldCounts *m_counts = nullptr;
    QWidget *m_note = nullptr;
    QAction *m_historyAction;
    QAction *m_clearAction;
    qsizetype m_completionStart = 0;
    qsizetype m_completionLength = 0;
    qsizetype m_errorAt = -1;
    bool m_hasError = false;
    bool m_isComposing = false; ///< an input method has text of its own in the field
    bool m_isWaiting = false; ///< for values, which are offered when they come
    QTimer m_validation;
};

} // namespace octotrail::ui
