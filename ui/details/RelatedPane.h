// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/RelatedModel.h"

#include <QTreeView>

namespace octotrail::ui {

/// The events that go with the one that is shown. Asks the store only while it can be seen.
class RelatedPane : public QTreeView
{
    Q_OBJECT

public:
    explicit RelatedPane(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);

    RelatedModel &related() { return m_model; }
    void setEvent(const store::StoredEvent *event);
    void setTimeDisplay(const TimeDisplay &time) { m_model.setTimeDisplay(time); }

Q_SIGNALS:
    /// An event was chosen with Enter or a double click.
    void eventRequested(octotrail::store::Seq seq, const QString &uuid);
    /// A group is to be the result.
    void groupRequested(const QString &filter, const octotrail::event::TimeRange &range);

protected:
    void showEvent(QShowEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void ask();
    void activate(const QModelIndex &index);
    void addButtons();

    RelatedModel m_model;
    std::optional<store::StoredEvent> m_event;
    bool m_asked = false;
};

} // namespace octotrail::ui
