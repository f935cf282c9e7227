// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractItemModel>
#include <array>
#include <memory>

namespace octotrail::ui {

/// The events that go with one: of its transaction, of its session, of its actor within a quarter of an hour. Three
/// groups with their counts, and below each the events nearest in time.
class RelatedModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Group { Transaction, Session, Actor, GroupCount };
    enum Column { What, Time, ActorName, Outcome, ColumnCount };
    enum Role {
        SeqRole = Qt::UserRole, ///< qint64, of an event
        FilterRole, ///< of a group: the expression that finds its events; empty if there is none
        IsSelfRole, ///< bool: it is the event itself
    };

    explicit RelatedModel(std::shared_ptr<store::Store> store, QObject *parent = nullptr);
    ~RelatedModel() override;

    void setEvent(store::Seq seq, const event::LogEvent &event);
    void clear();
    void setTimeDisplay(const TimeDisplay &time);

    /// Of the group, whatever is listed; nullopt until it is known.
    std::optional<qint64> count(Group group) const { return m_groups[group].count; }
    QString filter(Group group) const { return m_groups[group].filter; }
    /// The time that the group's filter needs beside it, if any.
    event::TimeRange range(Group group) const { return m_groups[group].range; }
    bool isReading() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// A group is complete.
    void filled(int group);
    void failed(const QString &sentence);

private:
    struct Content
    {
        QString filter;
        event::TimeRange range;
        std::optional<qint64> count;
        std::vector<store::Seq> seqs;
        std::vector<store::EventRow> rows;
        std::unique_ptr<store::Search> search;
    };

    void start(Group group, const QString &filter, const event::TimeRange &range);
    void readRows(Group group);
    QString title(Group group) const;

    static constexpr std::size_t mostRows = 100; ///< listed of a group
    std::shared_ptr<store::Store> m_store;
    TimeDisplay m_time;
    store::Seq m_seq = 0;
    quint64 m_job = 0;
    std::array<Content, GroupCount> m_groups;
};

} // namespace octotrail::ui
