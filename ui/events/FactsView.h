// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Entity.h"
#include "ui/events/EventSummary.h"

#include <QScrollArea>

class QGridLayout;

namespace octotrail::ui {

/// The facts of an event, to be read: a heading and two columns for each group, the groups side by side as far as there
/// is room. Values can be selected and copied, and have a menu that filters to them.
class FactsView : public QScrollArea
{
    Q_OBJECT

public:
    explicit FactsView(QWidget *parent = nullptr);

    void setGroups(const QList<EventFactGroup> &groups);

Q_SIGNALS:
    void filterRequested(const QString &path, const QString &value, bool exclude);
    void entityRequested(const octotrail::store::Entity &entity);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeGroup(const EventFactGroup &group);
    void arrange();
    void showMenu(const EventFact &fact, const QPoint &globalPosition);

    QGridLayout *m_grid = nullptr;
    QList<QWidget *> m_groups;
    int m_columns = 0;
};

} // namespace octotrail::ui
