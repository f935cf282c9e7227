// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Entity.h"
#include "ui/models/FacetModel.h"

#include <QWidget>
#include <memory>

class QLabel;
class QLineEdit;
class QSettings;
class QToolButton;
class QTreeView;

namespace octotrail::ui {

/// The fields beside the table: which values the shown events have, how often. A value is included or excluded with the
/// signs in its row, its menu, Enter or Delete.
class FacetRail : public QWidget
{
    Q_OBJECT

public:
    FacetRail(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent = nullptr);
    ~FacetRail() override;

    FacetModel &model() { return m_model; }
    QTreeView *view() const { return m_view; }
    /// Adds the field that a path names; says so in the rail if it names none.
    void addField(const QString &path);

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    void filterRequested(const QString &path, const QString &value, bool exclude);
    void entityRequested(const octotrail::store::Entity &entity);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeHead();
    void request(const QModelIndex &index, bool exclude);
    bool handleKey(const QKeyEvent &event);
    bool handleClick(const QPoint &position);
    void showMenu(const QPoint &position);
    void showState();
    void openFields();

    FacetModel m_model;
    QToolButton *m_rare;
    QTreeView *m_view;
    QLineEdit *m_add;
    QLabel *m_note;
    QStringList m_closed; ///< fields whose values are folded away
};

} // namespace octotrail::ui
