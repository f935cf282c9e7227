// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"
#include "store/duckdb/Connection.h"

#include <QString>

namespace octotrail::store {

/// Refused if the file in use has anything but tables: views and macros would run when the store is asked, and a macro
/// goes before the function of the same name. No store has them, so whoever put them there wants to deceive.
/// To be called before anything else is asked of the file.
event::Status checkCatalogue(duckdb::Connection &connection, const QString &file);

} // namespace octotrail::store
