// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/searches/SavedSearch.h"

#include <QStandardItemModel>

namespace octotrail::ui {

/// Saved searches in their folders, as a tree.
class SavedSearchModel : public QStandardItemModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole, ///< empty for a folder
        FolderRole, ///< the whole path
        SearchRole, ///< what is looked through: name, folder and filter
    };

    explicit SavedSearchModel(QObject *parent = nullptr);

    void setSearches(const std::vector<SavedSearch> &searches);
    /// The search's place; invalid if it is not there.
    QModelIndex indexOf(const QString &id) const;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;

Q_SIGNALS:
    /// A name was written over; the model keeps the old one until it is told otherwise.
    void renameRequested(const QString &id, const QString &name);

private:
    QStandardItem *folderItem(const QString &folder);
};

} // namespace octotrail::ui
