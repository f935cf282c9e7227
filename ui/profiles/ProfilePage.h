// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QTimer>
#include <QWidget>
#include <memory>

class QAction;
class QLabel;
class QSettings;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace octotrail::ui {

class FilterEdit;
class ProfileDetails;
class ProfileTableModel;
class StatePage;

/// The users, or the devices: a filter, a table, and one of them in full.
class ProfilePage : public QWidget
{
    Q_OBJECT

public:
    ProfilePage(std::shared_ptr<store::Store> store, store::ProfileKind kind, QWidget *parent = nullptr);
    ~ProfilePage() override;

    FilterEdit *edit() const { return m_edit; }
    QTableView *table() const { return m_table; }
    ProfileTableModel *model() const { return m_model; }
    QAction *showEventsAction() const { return m_showEvents; }

    ProfileDetails *details() const { return m_details; }
    const QList<QAction *> &columnActions() const { return m_columnActions; }

    void focusFilter();
    /// Shows one; clears the filter if it hides them.
    void showId(const QString &id);
    void setSources(const std::vector<store::SourceConfig> &sources);
    void setTimeDisplay(const TimeDisplay &time);
    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    /// Show the events of which this is said: actor.alternateId eq "..."
    void eventsRequested(const QString &comparison);
    void profileRequested(octotrail::store::ProfileKind kind, const QString &id);

private:
    void makeActions();
    void setUpColumns();
    void restorePlace();
    void narrow(const QString &comparison);
    void applyFilter();
    void showError(const event::Error &error, bool isUnfinished);
    void showState();
    void showProfile();
    void showMenu(const QPoint &position);
    QString comparison() const;

    std::shared_ptr<store::Store> m_store;
    ProfileTableModel *m_model;
    FilterEdit *m_edit;
    QLabel *m_error;
    QLabel *m_count;
    QSplitter *m_splitter;
    QStackedWidget *m_pages;
    QTableView *m_table;
    StatePage *m_empty;
    ProfileDetails *m_details;
    QList<QAction *> m_columnActions;
    QAction *m_showEvents;
    QAction *m_copy;
    QAction *m_clear;
    QAction *m_filterTo;
    QAction *m_exclude;
    QString m_applied;
    QString m_failure;
    QTimer m_reload;
    QTimer m_detailsDelay;
    QString m_wanted; ///< the id of whom to show once they are here
    QString m_kept; ///< over a reset: who was shown
    int m_scroll = 0;
};

} // namespace octotrail::ui
