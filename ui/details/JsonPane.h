// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace octotrail::ui {

class JsonTreeView;

/// A JSON tree with a field to find names and values in it, also those that are folded away.
class JsonPane : public QWidget
{
    Q_OBJECT

public:
    explicit JsonPane(QWidget *parent = nullptr);

    JsonTreeView *tree() const { return m_tree; }
    void focusSearch();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search();
    void go(int step);

    JsonTreeView *m_tree;
    QLabel *m_none; ///< where there is no tree
    QLineEdit *m_edit;
    QLabel *m_state;
    QToolButton *m_previous;
    QToolButton *m_next;
    QTimer m_delay;
    QList<QList<int>> m_hits; ///< rows from the root
    qsizetype m_current = -1;
};

} // namespace octotrail::ui
