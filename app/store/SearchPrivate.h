// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Search.h"

#include <QMetaObject>
#include <mutex>
#include <stop_token>

namespace octotrail::store {

/// What a search and the reader that works for it share: the reader outlives the search if that is deleted early.
struct SearchLink
{
    std::mutex mutex;
    Search *search = nullptr; ///< null once it is gone

    /// Calls deliver with the search in its own thread, unless it is gone or was cancelled by then.
    template <class F>
    void post(F deliver)
    {
        const std::lock_guard lock(mutex);
        if (Search *receiver = search) {
            QMetaObject::invokeMethod(
                receiver,
                [receiver, deliver = std::move(deliver)] {
                    if (receiver->isRunning()) {
                        deliver(*receiver);
                    }
                },
                Qt::QueuedConnection);
        }
    }
};

struct Search::Private
{
    std::shared_ptr<SearchLink> link = std::make_shared<SearchLink>();
    std::stop_source stop;
    bool running = true; ///< of the search's own thread

    static void end(Search &search) { search.d->running = false; }
};

} // namespace octotrail::store
