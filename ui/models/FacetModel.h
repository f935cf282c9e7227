// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Facets.h"
#include "ui/models/Recount.h"

#include <QAbstractItemModel>
#include <QStringList>
#include <memory>

namespace octotrail::ui {

/// The values that chosen fields have in a result, with their counts: a row for each field, its values below it.
/// Counted by the store, one field after the other, and again as new events come in.
class FacetModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        PathRole = Qt::UserRole, ///< of the field, for its values, too
        IsFieldRole, ///< bool
        IsMoreRole, ///< bool: stands for the values that are not shown
        ValueRole, ///< what a filter compares; empty for events without a value
        CountRole, ///< qint64: events with the value; of a field: its distinct values
        PartRole, ///< from 0 to 1: the count as a part of the result
        FilterPathRole, ///< the path that a filter names
        IsStaleRole, ///< bool: the counts are of another query, or of none yet
    };

    enum class State { Counting, Ready, Failed, Unknown };

    FacetModel(std::shared_ptr<store::Store> store, const EventResult &result, QObject *parent = nullptr);
    ~FacetModel() override;

    static QStringList usualPaths();
    static constexpr int mostFields = 24;

    QStringList paths() const;
    void setPaths(const QStringList &paths);
    /// At the end; nothing if it is there already, or if there are mostFields.
    void addPath(const QString &path);
    void removePath(const QString &path);
    /// Up or down by one.
    void movePath(const QString &path, int by);
    bool isRareFirst() const { return m_rareFirst; }
    void setRareFirst(bool rareFirst);
    /// More of the field's values, a page at a time.
    void showMore(const QString &path);
    void setActive(bool active) { m_recount.setActive(active); }

    State state() const { return m_state; }
    const event::Error &error() const { return m_error; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// What a person calls the field.
    static QString caption(const QString &path);

Q_SIGNALS:
    void stateChanged();
    void pathsChanged();

private:
    struct Row
    {
        QString value;
        qint64 count = 0;
        bool isMore = false;
    };
    struct Field
    {
        QString path;
        int limit = 0;
        qint64 distinct = 0;
        qint64 events = 0; ///< in the result that was counted
        bool isStale = true; ///< what was counted is of another query, or nothing was
        std::vector<Row> rows{};
    };
    void count();
    void take(int row, const store::Facet &facet, qint64 events);
    void replace(int row, const store::Facet &facet);
    int rowOf(const QString &path) const;
    QVariant fieldData(const Field &field, int role) const;
    QVariant valueData(const Field &field, const Row &row, int role) const;
    void setState(State state);
    void setOutdated();
    void tellChanged(const QModelIndex &parent);

    std::shared_ptr<store::Store> m_store;
    const EventResult &m_result;
    Recount m_recount;
    std::vector<Field> m_fields;
    bool m_rareFirst = false;
    State m_state = State::Unknown;
    event::Error m_error;
};

} // namespace octotrail::ui
