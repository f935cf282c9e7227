// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/EntityProfile.h"
#include "store/Store.h"
#include "ui/models/TimeDisplay.h"

#include <QFrame>
#include <QPersistentModelIndex>
#include <QTimer>
#include <stop_token>

class QFormLayout;
class QLabel;

namespace octotrail::ui {

class EventTable;

/// What is known of the actor, address or target of a cell, in a card beside it: when it was first and last seen, how
/// often and with what result, and what its profile says. Comes where a tooltip would, or with a key for the current
/// cell; goes when the pointer, the selection or the rows move. The store is asked off the GUI thread, and stopped when
/// nobody waits any more.
class HoverCard : public QFrame
{
    Q_OBJECT

public:
    HoverCard(std::shared_ptr<store::Store> store, EventTable &table);
    ~HoverCard() override;

    /// For the current cell.
    void showForCurrent();
    void setTimeDisplay(const TimeDisplay &time) { m_time = time; }
    /// Whom it shows, while it does.
    const std::optional<store::Entity> &entity() const { return m_entity; }
    bool isReading() const { return m_reading; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool showFor(const QModelIndex &index);
    void showTargets(const event::LogEvent &event);
    void startCard(const QString &kind, const QString &title);
    void showEntity(const store::Entity &entity);
    void take(const store::EntityData &told);
    void addRow(const QString &label, const QString &text);
    void clearRows();
    void place();
    void dismiss();

    std::shared_ptr<store::Store> m_store;
    EventTable &m_table;
    QWidget *m_viewport; ///< the table is no table any more while its children are destroyed
    TimeDisplay m_time;
    QPersistentModelIndex m_index;
    std::optional<store::Entity> m_entity;
    std::stop_source m_stop;
    quint64 m_job = 0;
    bool m_reading = false;
    QLabel *m_kind;
    QLabel *m_title;
    QLabel *m_state;
    QFormLayout *m_rows;
};

} // namespace octotrail::ui
