// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QAbstractTableModel>
#include <array>
#include <memory>
#include <vector>

namespace octotrail::ui {

/// The users or the devices that the store knows. A whole set, replaced when the filter or the profiles change;
/// read and sorted off the GUI thread.
class ProfileTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// First, Second and Third are department, title and manager of a user, platform, model and users of a device.
    enum Column { Name, Login, Status, First, Second, Third, LastUpdated, Seen, Source, ColumnCount };
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
    /// The row of the profile with this id, or -1.
    int rowOf(const QString &id) const;
    QString sourceName(store::SourceId id) const;
    /// For "Filter to this value": the path of what the column shows, empty if it cannot be compared.
    QString filterPath(int column) const;
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
    struct Row
    {
        store::Profile profile;
        std::array<QString, 3> more;
    };
    using Rows = std::vector<Row>;
    struct Order
    {
        int column = Name;
        bool descending = false;
        std::vector<store::SourceConfig> sources;
    };
    static Rows read(std::vector<store::Profile> profiles, store::ProfileKind kind);
    static void sortRows(Rows &rows, const Order &order);
    QString value(const Row &row, int column) const;
    void arrange();

    std::shared_ptr<store::Store> m_store;
    store::ProfileKind m_kind;
    filter::Input m_filter;
    TimeDisplay m_time;
    std::shared_ptr<const Rows> m_rows = std::make_shared<Rows>();
    Order m_order;
    quint64 m_job = 0;
    bool m_loading = false;
    bool m_loaded = false;
};

} // namespace octotrail::ui
