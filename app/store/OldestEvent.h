// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "event/Timestamp.h"

#include <QFuture>
#include <optional>

namespace octotrail::store {

class Store;

/// When the first of all events was published; nullopt as long as there are none. What is counted a day is counted from
/// there: before it nothing can have been found. May be called from any thread.
QFuture<event::Result<std::optional<event::Timestamp>>> oldestEvent(Store &store);

} // namespace octotrail::store
