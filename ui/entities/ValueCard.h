// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/entities/ValueModel.h"
#include "ui/sources/Panel.h"

class QLabel;
class QTreeView;

namespace octotrail::ui {

/// A title and values with their counts below it. Enter or a click asks for a value's events; a value that names
/// something itself can be opened with Ctrl+Enter, a middle click or its menu.
class ValueCard : public Panel
{
    Q_OBJECT

public:
    explicit ValueCard(const QString &title, QWidget *parent = nullptr);

    ValueModel &model() { return m_model; }
    QTreeView *view() const { return m_view; }
    /// distinct: how many values there are, of which the rows may be a part.
    void setRows(std::vector<ValueModel::Row> rows, qint64 distinct);

Q_SIGNALS:
    void filterRequested(const QString &filter);
    void entityRequested(const octotrail::store::Entity &entity);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void request(const QModelIndex &index, bool open);
    void showMenu(const QPoint &position);
    void fit();

    QString m_name;
    ValueModel m_model;
    QLabel *m_title;
    QLabel *m_count;
    QLabel *m_none;
    QTreeView *m_view;
};

} // namespace octotrail::ui
