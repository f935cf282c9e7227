// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QString>

namespace octotrail::store {

/// DuckDB's complaint about a store, in words that the analyst can act on.
event::Error worded(const event::Error &error, const QString &file);

} // namespace octotrail::store
