// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Store.h"

#include <QStringList>

namespace octotrail::store {

/// A search as SQL for people: what the store would run, with its literals, for DuckDB as it is.
struct SearchSql
{
    QString text; ///< with what it lacks as comments at its head
    QStringList leftOut; ///< what columns cannot decide: words, and terms on paths without one
};

/// The query's SQL. Reads the profiles if the query asks for any.
QFuture<event::Result<SearchSql>> searchSql(Store &store, EventQuery query);

} // namespace octotrail::store
