// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "ui/events/TermText.h"

#include <QFrame>

class QComboBox;
class QLabel;
class QPushButton;

namespace octotrail::ui {

class FilterEdit;
class ValueSuggestions;

/// Edits one term: with pickers for field, operator and value, or as text. Both show the same.
class TermEditor : public QFrame
{
    Q_OBJECT

public:
    explicit TermEditor(QWidget *parent = nullptr);

    /// Shows itself with the term, and takes the focus.
    void edit(const QString &text, bool exists);
    void showError(const event::Error &error);
    /// Where values come from, for the pickers and for the text.
    void setSuggestions(ValueSuggestions *forPickers, ValueSuggestions *forText);
    /// More paths than those that have columns.
    void setFurtherPaths(const QStringList &paths);

    QComboBox *field() const { return m_field; }
    QComboBox *operators() const { return m_operator; }
    QComboBox *value() const { return m_value; }
    FilterEdit *text() const { return m_text; }

Q_SIGNALS:
    void accepted(const QString &text);
    void rejected();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fillFields(const QStringList &further);
    /// isWritten: the operator stands in the text, so it is offered in any case.
    void fillOperators(filter::Operator chosen, bool isWritten = false);
    QString chosenPath() const;
    void pick();
    void showText(const QString &text);
    void showInPickers(const QString &text);
    void askForValues();
    void offerValues();
    void accept();

    QComboBox *m_field;
    QComboBox *m_operator;
    QComboBox *m_value;
    FilterEdit *m_text;
    QLabel *m_error;
    QPushButton *m_apply;
    ValueSuggestions *m_suggestions = nullptr;
    bool m_isFilling = false;
};

} // namespace octotrail::ui
