// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <type_traits>
#include <utility>

namespace octotrail::ui {

/// Calls then with the future's result in this thread, which is context's, never from within this call. Not at all if
/// context has gone by then, or if the future ends without a result.
/// To be used instead of QFuture::then(context, ...): Qt 6.4 asserts there that context is still alive.
template <class T, class Then>
void whenFinished(const QFuture<T> &future, QObject *context, Then then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context,
        [watcher, then = std::move(then)]() mutable {
            watcher->deleteLater();
            if constexpr (std::is_void_v<T>) {
                then();
            } else if (!watcher->isCanceled() && watcher->future().resultCount() > 0) {
                then(watcher->result());
            }
        },
        Qt::QueuedConnection);
    watcher->setFuture(future);
}

/// The same with each result, in order, as it comes.
template <class T, class Then>
void whenEach(const QFuture<T> &future, QObject *context, Then then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::resultReadyAt, context,
        [watcher, then = std::move(then)](int at) mutable {
            if (!watcher->isCanceled()) {
                then(watcher->resultAt(at));
            }
        },
        Qt::QueuedConnection);
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater, Qt::QueuedConnection);
    watcher->setFuture(future);
}

} // namespace octotrail::ui
