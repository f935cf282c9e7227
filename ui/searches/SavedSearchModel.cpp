// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/searches/SavedSearchModel.h"

#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"

namespace octotrail::ui {

SavedSearchModel::SavedSearchModel(QObject *parent)
    : QStandardItemModel(parent)
{ }

QStandardItem *SavedSearchModel::folderItem(const QString &folder)
{
    QStandardItem *parent = invisibleRootItem();
    QString path;
    for (const QString &part : folder.split(QLatin1Char('/'), Qt::SkipEmptyParts)) {
        path += path.isEmpty() ? part : QLatin1Char('/') + part;
        QStandardItem *found = nullptr;
        for (int row = 0; row < parent->rowCount() && !found; ++row) {
            QStandardItem *child = parent->child(row);
            if (child->data(IdRole).toString().isEmpty() && child->data(FolderRole).toString() == path) {
                found = child;
            }
        }
        if (!found) {
            found = new QStandardItem(icon(u"archive", Tone::Muted), singleLine(part, 200));
            found->setData(path, FolderRole);
            found->setData(QString(), SearchRole);
            found->setEditable(false);
            found->setAccessibleText(tr("Folder %1").arg(singleLine(part, 200)));
            parent->appendRow(found);
        }
        parent = found;
    }
    return parent;
}

void SavedSearchModel::setSearches(const std::vector<SavedSearch> &searches)
{
    clear();
    for (const SavedSearch &search : searches) {
        const store::Document &document = search.document;
        const bool isFine = search.problem.isEmpty();
        auto *item = new QStandardItem(
            icon(isFine ? u"searches" : u"warning", isFine ? Tone::Muted : Tone::Warning), document.name);
        item->setData(document.id, IdRole);
        item->setData(document.folder, FolderRole);
        item->setData(QString(document.name + u' ' + document.folder + u' ' + search.state.filter), SearchRole);
        item->setToolTip(ui::toolTip(multiLine(isFine ? search.state.filter : search.problem, 2000)));
        folderItem(document.folder)->appendRow(item);
    }
}

QModelIndex SavedSearchModel::indexOf(const QString &id) const
{
    const QModelIndexList found = match(index(0, 0), IdRole, id, 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.value(0);
}

bool SavedSearchModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole) {
        return QStandardItemModel::setData(index, value, role);
    }
    const QString id = index.data(IdRole).toString();
    if (!id.isEmpty()) {
        Q_EMIT renameRequested(id, value.toString());
    }
    return false;
}

} // namespace octotrail::ui
