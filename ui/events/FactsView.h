// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/events/EventSummary.h"

#include <QScrollArea>

namespace octotrail::ui {

/// The facts of an event, to be read: a heading and two columns for each group. Values can be selected and copied, and
/// have a menu that filters to them.
class FactsView : public QScrollArea
{
    Q_OBJECT

public:
    explicit FactsView(QWidget *parent = nullptr);

    void setGroups(const QList<EventFactGroup> &groups);

Q_SIGNALS:
    void filterRequested(const QString &path, const QString &value, bool exclude);

private:
    void showMenu(const EventFact &fact, const QPoint &globalPosition);
};

} // namespace octotrail::ui
