// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Json.h"

#include <QAbstractItemModel>
#include <memory>
#include <vector>

namespace octotrail::ui {

/// A JSON document as a tree of names and values; a text that was unfolded has its parts below it. Shows the children
/// of a node a few hundred at a time, as they are asked for, and of a long text its beginning.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };
    enum Role {
        /// Where the value is, as a filter names it: without the indices of arrays. Empty if no filter can.
        FilterPathRole = Qt::UserRole,
        /// Where the value is, exactly: target[0].alternateId
        PathRole,
        /// The whole text of a scalar, the JSON of a container.
        CopyRole,
        IsScalarRole, ///< bool: a filter can compare it
        /// For a part of a text that was unfolded: the comparison that asks for it. Empty if there is none.
        PartFilterRole,
    };

    explicit JsonTreeModel(QObject *parent = nullptr);
    ~JsonTreeModel() override;

    void setDocument(std::shared_ptr<const event::JsonNode> root);
    void clear() { setDocument(nullptr); }

    /// Where the text is part of a name or a value, in any case: rows from the root, for indexOf(). Bounded.
    QList<QList<int>> find(const QString &text) const;
    /// The node at these rows, fetched if it was not.
    QModelIndex indexOf(const QList<int> &rows);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Item;
    Item *itemOf(const QModelIndex &index) const;
    void addChildren(Item &item, std::size_t count) const;
    static QString path(const Item &item);
    static QString filterPath(const Item &item);
    QString partFilter(const Item &item) const;

    static constexpr std::size_t batch = 256; ///< children shown at once
    std::shared_ptr<const event::JsonNode> m_document;
    std::unique_ptr<Item> m_root;
};

/// The node as JSON text on one line, cut off after about limit bytes.
std::string toJson(const event::JsonNode &node, std::size_t limit);

} // namespace octotrail::ui
