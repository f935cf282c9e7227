// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/TermList.h"

#include <QWidget>
#include <vector>

class QLabel;
class QMenu;
class QToolButton;

namespace octotrail::ui {

class FilterChip;
class TermEditor;

/// The filter as chips, one for each term, for those who do not type: edited, negated, switched off, removed, dragged
/// to another place, with the mouse or with keys, and all of it undone.
class ChipBar : public QWidget
{
    Q_OBJECT

public:
    explicit ChipBar(QWidget *parent = nullptr);

    const filter::TermList &terms() const { return m_terms; }
    /// The filter was changed elsewhere: what was done here cannot be undone any more.
    void setTerms(const filter::TermList &terms);
    /// What terms are edited with; shown while they are. To be put into a layout beside the bar.
    TermEditor *editor() const { return m_editor; }
    const std::vector<FilterChip *> &chips() const { return m_chips; }
    int current() const { return m_current; }
    /// Gives the keyboard to the current chip, or to what adds one.
    void focusCurrent() { setCurrent(m_current, true); }

    void edit(int place);
    void add();
    void undo();
    void redo();
    bool canUndo() const { return !m_undo.empty(); }
    QSize sizeHint() const override;

Q_SIGNALS:
    /// The terms are others, by what was done here.
    void changed();
    void leaveRequested();
    void heightChanged(int height);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild();
    void pressKey(int place, QKeyEvent *event);
    bool pressCommonKey(QKeyEvent *event);
    void arrange();
    /// Makes the change and keeps what was before.
    template <class F>
    void change(F what, int current);
    void restore(std::vector<filter::TermList> &from, std::vector<filter::TermList> &to);
    void setCurrent(int place, bool focus);
    void showMenu(int place, const QPoint &globalPosition);
    void remove(int place);
    void toggle(int place);
    void negate(int place);
    void move(int from, int to);
    int placeAt(const QPoint &position) const;
    void finishEditing(const QString &text);
    void stopEditing();

    filter::TermList m_terms;
    std::vector<filter::TermList> m_undo;
    std::vector<filter::TermList> m_redo;
    std::vector<FilterChip *> m_chips;
    QLabel *m_empty;
    QToolButton *m_add;
    TermEditor *m_editor;
    int m_current = 0;
    int m_edited = -1; ///< the place that is edited; that of all terms' end for a new one
    int m_dropPlace = -1;
};

} // namespace octotrail::ui
