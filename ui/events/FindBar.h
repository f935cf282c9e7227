// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/Expression.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace octotrail::ui {

/// A line above the table for what was found in the result: what it is, how many there are, and the way from one to the
/// next. Either the user types what is looked for, or it is told (setWhat()).
class FindBar : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Typed, Told };
    explicit FindBar(Kind kind, QWidget *parent = nullptr);

    /// Shows it with the focus in its field.
    void begin();
    /// Closes it, as Esc does.
    void close();
    QString text() const;
    void setText(const QString &text);
    void setWhat(const QString &what);
    /// "3 of 120", "Searching…"
    void setState(const QString &state);
    void setHasHits(bool has);

Q_SIGNALS:
    /// What was typed has changed and makes sense; blank input matches all.
    void changed(const octotrail::filter::Input &input);
    void nextRequested();
    void previousRequested();
    /// These are to be the result.
    void filterRequested();
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void read();

    QLabel *m_what;
    QLineEdit *m_edit;
    QLabel *m_state;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_filter;
    QTimer m_delay;
};

} // namespace octotrail::ui
