// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace octotrail::ui {

class JsonTreeModel;

/// A JSON document as a tree, with a menu that copies a path or a value, and, where filters make sense, filters to it.
class JsonTreeView : public QTreeView
{
    Q_OBJECT

public:
    explicit JsonTreeView(QWidget *parent = nullptr);

    JsonTreeModel *jsonModel() const { return m_model; }
    /// Opens what a reader wants to see at once: everything, if it is not much, else the first level.
    void openUsual();
    /// Whether the menu offers to show a path as a column.
    void setColumnsOffered(bool offered) { m_columnsOffered = offered; }

Q_SIGNALS:
    void filterRequested(const QString &path, const QString &value, bool exclude);
    /// A comparison is to be joined to the filter.
    void narrowRequested(const QString &comparison);
    void columnRequested(const QString &path);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void copyValue();
    void copyPath();

    JsonTreeModel *m_model;
    bool m_columnsOffered = false;
};

} // namespace octotrail::ui
