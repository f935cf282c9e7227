// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QTimer>
#include <vector>

namespace octotrail::ui {

/// The alerts of a query, in a list or grouped. Filtering and sorting are done by the store; follows its changes by
/// inserting, moving and removing rows, so that a selection stays.
class AlertModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Severity, Title, Rule, Actor, Source, Matches, First, Last, State, Assignee, ColumnCount };
    enum class Grouping { None, Rule, Actor };
    enum Role { AlertIdRole = Qt::UserRole, IsGroupRole };

    explicit AlertModel(store::Alerts &alerts, QObject *parent = nullptr);
    ~AlertModel() override;

    const store::AlertQuery &query() const { return m_query; }
    /// What to show; the order stays what sort() made it.
    void setQuery(store::AlertQuery query);
    Grouping grouping() const { return m_grouping; }
    void setGrouping(Grouping grouping);
    void setSources(const std::vector<store::SourceConfig> &sources);
    void setTimeDisplay(const TimeDisplay &time);
    void reload();

    /// nullptr for a group.
    const store::Alert *alert(const QModelIndex &index) const;
    /// The alert, or those of the group.
    std::vector<store::AlertId> ids(const QModelIndex &index) const;
    QModelIndex indexOf(store::AlertId id) const;
    /// In the order of the rows.
    std::vector<store::Alert> all() const;
    QString sourceName(store::SourceId id) const;

    int shown() const;
    std::int64_t total() const { return m_total; } ///< that match, also beyond what is shown
    bool hasLoaded() const { return m_loaded; }
    const QString &failure() const { return m_failure; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    /// A reading has ended.
    void loaded();

private:
    struct Group
    {
        quintptr number = 0; ///< names it in indexes; 0 without groups
        QString key;
        std::vector<store::Alert> alerts;
    };

    void take(store::AlertList list, bool isNewQuery);
    std::vector<Group> groupsOf(std::vector<store::Alert> alerts);
    void mergeGroups(std::vector<Group> wanted);
    void mergeAlerts(Group &group, std::vector<store::Alert> wanted);
    int groupRow(quintptr number) const;
    const Group *groupOf(const QModelIndex &index) const;
    QModelIndex parentOf(const Group &group) const;
    QVariant groupData(const Group &group, int column, int role) const;
    QVariant alertData(const store::Alert &alert, int column, int role) const;

    store::Alerts &m_alerts;
    store::AlertQuery m_query;
    Grouping m_grouping = Grouping::None;
    TimeDisplay m_time;
    QHash<store::SourceId, QString> m_sources;
    std::vector<Group> m_groups; ///< one without a number if there is no grouping
    std::int64_t m_total = 0;
    QHash<QString, quintptr> m_numbers; ///< of groups by key, for good
    QString m_failure;
    QTimer m_reload;
    quint64 m_job = 0;
    bool m_loaded = false;
    bool m_isNewQuery = true;
};

} // namespace octotrail::ui
