// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "filter/Expression.h"
#include "ui/events/FilterHistory.h"

#include <QLineEdit>

class QCompleter;
class QStringListModel;

namespace octotrail::ui {

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
    FilterHistory &history() { return m_history; }
    const FilterHistory &history() const { return m_history; }
    /// Underlines the text from the error's column on.
    void showError(const event::Error &error);
    void clearError();
    bool hasError() const { return m_hasError; }
    void showHistory();

Q_SIGNALS:
    /// Enter was pressed, or an entry of the history or the cross chosen: the text is meant.
    void applied();
    /// Esc, when there is nothing that it could close.
    void leaveRequested();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void offerCompletion(bool asked);
    void offerStoredValues(FilterCompletion &completion);
    void insertCompletion(const QString &text);
    void underline(qsizetype from);
    qsizetype m_errorAt = -1;
    void updateIcons();

    filter::Schema m_schema = filter::Schema::SystemLog;
    ValueSuggestions *m_suggestions = nullptr;
    FilterHistory m_history;
    QCompleter *m_completer;
    QStringListModel *m_candidates;
    QAction *m_historyAction;
    QAction *m_clearAction;
    qsizetype m_completionStart = 0;
    qsizetype m_completionLength = 0;
    bool m_hasError = false;
};

} // namespace octotrail::ui
