// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/searches/SavedSearches.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;

namespace octotrail::ui {

class SavedSearchModel;
class StatePage;

/// The saved searches: found while typing, opened with Enter, put in order, shared.
class SearchesDialog : public QDialog
{
    Q_OBJECT

public:
    SearchesDialog(SavedSearches &searches, const TimeDisplay &time, QWidget *parent);

    QTreeView *tree() const { return m_tree; }
    /// Selects the search, and the folders above it are opened.
    void select(const QString &id);
    /// The ids of what is selected; of a folder all that is in it.
    QStringList selectedIds() const;

    void importFrom(const QString &file);
    void exportTo(const QString &file, const QStringList &ids);

Q_SIGNALS:
    void openRequested(const QString &id);
    /// The current search is wanted in the place of this one.
    void overwriteRequested(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeTree();
    QWidget *makePreview();
    QWidget *makeButtons();
    void makeKeys();
    void fill(const std::vector<SavedSearch> &searches);
    void find(const QString &text);
    void showSelected();
    void openCurrent();
    void askForFolder();
    void askForImport();
    void askForExport(bool all);
    void showMenu(const QPoint &position);
    void tell(const QString &sentence, bool isProblem);
    QString currentId() const;

    SavedSearches &m_searches;
    TimeDisplay m_time;
    SavedSearchModel *m_model;
    QSortFilterProxyModel *m_found;
    QLineEdit *m_find;
    QTreeView *m_tree;
    QStackedWidget *m_pages;
    StatePage *m_empty;
    QPlainTextEdit *m_filter;
    QLabel *m_facts;
    QPushButton *m_open = nullptr;
    QList<QAction *> m_actions; ///< on what is selected
    QAction *m_rename = nullptr;
    QAction *m_overwrite = nullptr;
    QAction *m_undo;
    QLabel *m_told;
};

} // namespace octotrail::ui
