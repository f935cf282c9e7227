// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Profiles.h"
#include "ui/models/TimeDisplay.h"
#include "ui/profiles/ProfileSummary.h"

#include <QWidget>
#include <memory>

class QAction;
class QLabel;
class QListWidget;
class QTabWidget;
class QTableView;

namespace octotrail::ui {

class FactsView;
class JsonTreeView;
class ProfileHistoryModel;
class RawView;

/// One user or device in full: its fields to be read, what changed and when, its devices or users, the JSON.
class ProfileDetails : public QWidget
{
    Q_OBJECT

public:
    ProfileDetails(std::shared_ptr<store::Store> store, store::ProfileKind kind, QWidget *parent = nullptr);
    ~ProfileDetails() override;

    /// nullptr for none. What takes time comes later.
    void showProfile(const store::Profile *profile, const QString &source);
    /// Reads the history and the related ones again: profiles have changed.
    void refresh();
    void setTimeDisplay(const TimeDisplay &time);
    /// A button for it stands beside the name.
    void addAction(QAction *action);

    QTabWidget *tabs() const { return m_tabs; }
    FactsView *facts() const { return m_facts; }
    QTableView *history() const { return m_history; }
    QListWidget *related() const { return m_related; }

Q_SIGNALS:
    void filterRequested(const QString &path, const QString &value, bool exclude);
    void profileRequested(octotrail::store::ProfileKind kind, const QString &id);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showHead();
    void showGroups();
    void readMore();
    void showRelated(const std::vector<store::Profile> &related);

    std::shared_ptr<store::Store> m_store;
    const store::ProfileKind m_kind;
    std::optional<store::Profile> m_profile;
    QString m_source;
    ProfileFacts m_known;
    TimeDisplay m_time;
    QLabel *m_mark;
    QLabel *m_name;
    QLabel *m_status;
    QWidget *m_buttons;
    QTabWidget *m_tabs;
    FactsView *m_facts;
    QTableView *m_history;
    ProfileHistoryModel *m_changes;
    QListWidget *m_related;
    JsonTreeView *m_tree;
    RawView *m_raw;
    quint64 m_job = 0;
};

} // namespace octotrail::ui
