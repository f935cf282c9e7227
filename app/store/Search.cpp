// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/SearchPrivate.h"

#include <utility>

namespace octotrail::store {

Search::Search(std::unique_ptr<Private> data)
    : d(std::move(data))
{ }

Search::~Search()
{
    cancel();
    const std::lock_guard lock(d->link->mutex);
    d->link->search = nullptr;
}

void Search::cancel()
{
    d->running = false;
    d->stop.request_stop();
}

bool Search::isRunning() const
{
    return d->running;
}

} // namespace octotrail::store
