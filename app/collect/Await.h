// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <utility>

namespace octotrail::collect {

/// Calls then with the future's result, in context's thread, never from within this call. Never if context is gone by
/// then. A future that was cancelled gives the error Cancelled.
/// (QFuture::then with a context looks at the context from the thread that finishes, where it may be just being
/// deleted.)
template <class T, class Then>
void whenFinished(const QFuture<event::Result<T>> &future, QObject *context, Then then)
{
    using Watcher = QFutureWatcher<event::Result<T>>;
    auto *watcher = new Watcher(context);
    QObject::connect(
        watcher, &Watcher::finished, context,
        [watcher, then = std::move(then)]() mutable {
            watcher->deleteLater();
            if (watcher->isCanceled() || watcher->future().resultCount() == 0) {
                then(event::Result<T>(event::failure(event::ErrorKind::Cancelled, QObject::tr("Cancelled."))));
            } else {
                then(watcher->result());
            }
        },
        Qt::QueuedConnection);
    watcher->setFuture(future);
}

} // namespace octotrail::collect
