// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"
#include "ui/events/EventTable.h"

#include <QToolButton>
#include <vector>

namespace octotrail::ui {

/// Says whether new events come, and whether they are in sight; a click holds them back or goes to the newest.
class FollowButton : public QToolButton
{
    Q_OBJECT

public:
    /// Where new events come from.
    enum class Feed {
        Live, ///< a source collects
        Paused, ///< all sources are paused
        None, ///< none collects: only imports bring events
    };

    explicit FollowButton(QWidget *parent = nullptr);

    void setFeed(Feed feed);
    void showState(EventTable::FollowState state, qint64 newEvents);

private:
    void updateLook();

    Feed m_feed = Feed::Live;
    EventTable::FollowState m_state = EventTable::FollowState::Following;
    qint64 m_new = 0;
};

/// What these sources bring; nothing into a case that is open for reading only.
FollowButton::Feed feedOf(const std::vector<store::SourceConfig> &sources, bool isReadOnly);

} // namespace octotrail::ui
