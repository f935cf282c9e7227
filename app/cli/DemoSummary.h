// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/Store.h"

#include <QString>

namespace octotrail::cli {

/// What a store holds, for reading in a terminal: how many events of which types, users and devices, and the newest
/// failures. Waits for the store.
event::Result<QString> summarize(store::Store &store);

} // namespace octotrail::cli
