// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/SourceThread.h"

namespace octotrail::collect {

SourceThread::SourceThread(WorkerSetup setup)
{
    m_thread.setObjectName(QStringLiteral("source %1").arg(setup.source.id));
    auto worker = std::make_unique<Worker>(std::move(setup));
    worker->moveToThread(&m_thread);
    m_worker = worker.release();
    connect(&m_thread, &QThread::started, m_worker, &Worker::begin);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &Worker::statusChanged, this, &SourceThread::statusChanged);
    connect(m_worker, &Worker::caughtUp, this, &SourceThread::caughtUp);
    m_thread.start();
}

SourceThread::~SourceThread()
{
    stop();
    m_thread.wait();
}

void SourceThread::stop()
{
    m_thread.quit();
}

void SourceThread::pause()
{
    QMetaObject::invokeMethod(m_worker, &Worker::pause, Qt::QueuedConnection);
}

void SourceThread::resume()
{
    QMetaObject::invokeMethod(m_worker, &Worker::resume, Qt::QueuedConnection);
}

void SourceThread::pollNow()
{
    QMetaObject::invokeMethod(m_worker, &Worker::pollNow, Qt::QueuedConnection);
}

void SourceThread::pauseBackfill()
{
    QMetaObject::invokeMethod(m_worker, &Worker::pauseBackfill, Qt::QueuedConnection);
}

void SourceThread::resumeBackfill()
{
    QMetaObject::invokeMethod(m_worker, &Worker::resumeBackfill, Qt::QueuedConnection);
}

void SourceThread::cancelBackfill()
{
    QMetaObject::invokeMethod(m_worker, &Worker::cancelBackfill, Qt::QueuedConnection);
}

void SourceThread::fill(const event::TimeRange &range)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, range] { worker->fill(range); }, Qt::QueuedConnection);
}

void SourceThread::setCredentials(const okta::Credentials &credentials)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, credentials] { worker->setCredentials(credentials); }, Qt::QueuedConnection);
}

} // namespace octotrail::collect
