// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/searches/SavedSearches.h"

#include <QObject>

class QAction;
class QMenu;
class QWidget;

namespace octotrail::ui {

class FilterBar;
class SearchesDialog;

/// What can be done with the search of the moment: save it, open another that was saved, copy it for other tools.
class SearchActions : public QObject
{
    Q_OBJECT

public:
    SearchActions(std::shared_ptr<store::Store> store, FilterBar *bar, QWidget *parent);

    SavedSearches &searches() { return m_searches; }
    QAction *save() const { return m_save; }
    QAction *open() const { return m_open; }
    QMenu *copyMenu() const { return m_copy; }

    void setSources(const std::vector<store::SourceConfig> &sources);
    void openSearch(const QString &id);
    SearchesDialog *showSearches();
    void askToSave();

    void copyConsoleUrl(const store::SourceConfig &source);
    void copyCurl(const store::SourceConfig &source);
    void copySql();

Q_SIGNALS:
    /// A saved search was opened.
    void opened();
    /// Something was done, or needs to be known.
    void told(const QString &sentence, bool isWarning);

private:
    void fillButton();
    void fillCopyMenu();
    void copy(const QString &text, const QString &what, const QStringList &leftOut, const QString &why);

    std::shared_ptr<store::Store> m_store;
    FilterBar *m_bar;
    QWidget *m_window;
    SavedSearches m_searches;
    std::vector<store::SourceConfig> m_sources;
    QString m_current; ///< the saved search that was opened or saved last
    QAction *m_save;
    QAction *m_open;
    QMenu *m_copy;
    QMenu *m_buttonMenu;
};

} // namespace octotrail::ui
