// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/Worker.h"

#include <QObject>
#include <QThread>

namespace octotrail::collect {

/// A source's collecting thread. Lives, with its signals, in the thread that made it.
class SourceThread : public QObject
{
    Q_OBJECT

public:
    explicit SourceThread(WorkerSetup setup);
    /// Stops and waits for it: running requests are aborted, so that it takes milliseconds.
    ~SourceThread() override;

    /// Asks it to stop, for who stops several: the destructor then does not wait for each in turn.
    void stop();
    void pause();
    void resume();
    void pollNow();
    void pauseBackfill();
    void resumeBackfill();
    void cancelBackfill();
    void fill(const event::TimeRange &range);
    void setCredentials(const okta::Credentials &credentials);

Q_SIGNALS:
    void statusChanged(const octotrail::collect::SourceStatus &status);
    void caughtUp();

private:
    QThread m_thread;
    Worker *m_worker; ///< deletes itself when the thread ends
};

} // namespace octotrail::collect
