// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractTableModel>
#include <memory>
#include <vector>

namespace octotrail::ui {

/// The users or the devices that the store knows. A whole set, replaced when the filter or the profiles change;
/// read and sorted off the GUI thread.
class ProfileTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Login, Status, LastUpdated, Seen, Source, ColumnCount };
    enum Role { RawValueRole = Qt::UserRole, CopyRole };

    ProfileTableModel(std::shared_ptr<store::Store> store, store::ProfileKind kind, QObject *parent = nullptr);
    ~ProfileTableModel() override;

    store::ProfileKind kind() const { return m_kind; }
    /// Reads what matches. Of several readings asked for quickly the last one counts.
    void setFilter(const filter::Input &filter);
    void reload();
    void setSources(const std::vector<store::SourceConfig> &sources);
    void setTimeDisplay(const TimeDisplay &time);

    const store::Profile *profile(int row) const;
    bool isLoading() const { return m_loading; }
    /// Whether something has been read since the start.
    bool hasLoaded() const { return m_loaded; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void loadingChanged();
    void failed(const octotrail::event::Error &error);

private:
    using Profiles = std::vector<store::Profile>;
    struct Order
    {
        int column = Name;
        bool descending = false;
        std::vector<store::SourceConfig> sources;
    };
    static void sortProfiles(Profiles &profiles, const Order &order);
    QString sourceName(store::SourceId id) const;
    void arrange();

    std::shared_ptr<store::Store> m_store;
    store::ProfileKind m_kind;
    filter::Input m_filter;
    TimeDisplay m_time;
    std::shared_ptr<const Profiles> m_profiles = std::make_shared<Profiles>();
    Order m_order;
    quint64 m_job = 0;
    bool m_loading = false;
    bool m_loaded = false;
};

} // namespace octotrail::ui
