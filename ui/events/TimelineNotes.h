// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Alerts.h"
#include "store/Store.h"

#include <QTimer>
#include <chrono>

namespace octotrail::ui {

class TimelinePane;

/// Keeps a timeline's notes: the stretches of which the sources' logs are not in the store, and the alerts that are
/// still to be judged. They are read anew, now and then, when something has changed, and when another time is shown.
class TimelineNotes : public QObject
{
    Q_OBJECT

public:
    TimelineNotes(const std::shared_ptr<store::Store> &store, TimelinePane *pane);

    /// Okta's clock minus this computer's: what is missing up to now is missing by Okta's.
    void setClockSkew(std::chrono::milliseconds skew);

private:
    void readSoon();
    void read();
    void readMarks();

    std::shared_ptr<store::Store> m_store;
    TimelinePane *m_pane;
    store::Alerts m_alerts;
    std::chrono::milliseconds m_clockSkew{0};
    QTimer m_timer;
    quint64 m_reading = 0; ///< marks of an earlier time are not wanted any more
};

} // namespace octotrail::ui
