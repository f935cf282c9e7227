// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <functional>

class QLineEdit;

namespace octotrail::ui {

class FieldMessage;

/// Checks what was typed into a field when it is left or when asked to, not while it is first typed. Once an error
/// stands there, it is looked at again with every change, so that it goes away as soon as it is mended.
class FieldCheck : public QObject
{
    Q_OBJECT

public:
    /// problem gives a sentence that says what is wrong, or nothing. The field and the message must outlive this.
    FieldCheck(QLineEdit *field, FieldMessage *message, std::function<QString()> problem, QObject *parent);

    /// Shows what is wrong, if anything is; true if nothing is.
    bool check();
    /// Shows what was found to be wrong elsewhere, until the field is changed.
    void showFault(const QString &sentence);
    /// To be called when something else has changed that the answer depends on.
    void review();
    /// Whether the field has been left, or checked, since it was last started afresh.
    bool wasLeft() const { return m_wasLeft; }
    void startAfresh();

Q_SIGNALS:
    /// The user has moved on to another field. Before the check.
    void aboutToCheck();
    /// After each check, whatever it showed.
    void checked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *m_field;
    FieldMessage *m_message;
    std::function<QString()> m_problem;
    bool m_wasLeft = false;
    bool m_showsProblem = false;
};

} // namespace octotrail::ui
