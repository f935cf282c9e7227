// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/WhenFinished.h"

#include <QtConcurrentRun>

namespace octotrail::ui {

/// Has work done with the future's result by a thread of the pool, then calls then with what came of it, in this
/// thread, which is context's. Neither, if context has gone by then, or if the future ends without a result. To be used
/// instead of QFuture::then(pool, ...): Qt 6.4 runs a continuation twice that is attached in the moment in which the
/// future finishes, the second time without its promise.
template <class T, class Work, class Then>
void whenWorkFinished(const QFuture<T> &future, QObject *context, Work work, Then then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context,
        [watcher, context, work = std::move(work), then = std::move(then)]() mutable {
            watcher->deleteLater();
            const QFuture<T> done = watcher->future();
            if (!done.isCanceled() && done.resultCount() > 0) {
                // The result is copied there: it may be large.
                whenFinished(QtConcurrent::run([done, work = std::move(work)] { return work(done.result()); }), context,
                    std::move(then));
            }
        },
        Qt::QueuedConnection);
    watcher->setFuture(future);
}

} // namespace octotrail::ui
